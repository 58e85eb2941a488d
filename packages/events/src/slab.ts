/**
 * Memory for what is written and handed out, a batch at a time: filled from front to back, never
 * written twice and freed by the collector when nothing that lies in it is held any longer. What
 * is encoded straight into it needs no copy.
 */

/** Some hundred records; whoever keeps one of them for long keeps this much. */
const SLAB_BYTES = 65_536;

export type Slab = {
  /** Free from `at` on; what lies before belongs to others. */
  bytes: Buffer;
  at: number;
};

export function createSlab(): Slab {
  return { bytes: Buffer.alloc(0), at: 0 };
}

/** Makes room for so many bytes at `at`. */
export function makeRoom(slab: Slab, bytes: number): void {
  if (slab.bytes.length - slab.at >= bytes) return;
  slab.bytes = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, bytes));
  slab.at = 0;
}

/** Hands out what was written from `at` to `end`. */
export function takeUntil(slab: Slab, end: number): Buffer {
  const taken = slab.bytes.subarray(slab.at, end);
  slab.at = end;
  return taken;
}
