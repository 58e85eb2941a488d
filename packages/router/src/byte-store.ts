/**
 * Many small values by key, kept as bytes outside the garbage collector's sight.
 *
 * A million clients as objects, or as Buffers, are millions of things that the collector visits
 * again and again; here they are a few large chunks of memory and one number each. A value lies in
 * a slot of whole units, its length first. A slot that becomes free is used again by the next
 * value of that size, so memory follows the most that was ever kept, and nothing is ever moved.
 */
import { assert } from '@smc/domain';

const UNIT_BYTES = 64;
const CHUNK_BYTES = 4 * 1024 * 1024;
const CHUNK_UNITS = CHUNK_BYTES / UNIT_BYTES;
const LENGTH_BYTES = 4;

export class ByteStore<K extends string = string> {
  /** Key to the first unit of its slot, counted over all chunks. */
  readonly #slots = new Map<K, number>();
  readonly #chunks: Buffer[] = [];
  /** Free slots by their number of units. */
  readonly #free: number[][] = [];
  /** The first unit that was never used. */
  #end = 0;

  get size(): number {
    return this.#slots.size;
  }

  keys(): IterableIterator<K> {
    return this.#slots.keys();
  }

  /** A view that is right until the key is set or deleted. */
  get(key: K): Buffer | undefined {
    const slot = this.#slots.get(key);
    if (slot === undefined) return undefined;
    const { chunk, at } = this.#place(slot);
    const start = at + LENGTH_BYTES;
    return chunk.subarray(start, start + chunk.readUInt32LE(at));
  }

  /** Copies the value. */
  set(key: K, value: Uint8Array): void {
    const units = unitsOf(value.length);
    let slot = this.#slots.get(key);
    if (slot === undefined || this.#unitsAt(slot) !== units) {
      if (slot !== undefined) this.#release(slot);
      slot = this.#free[units]?.pop() ?? this.#extend(units);
      this.#slots.set(key, slot);
    }
    const { chunk, at } = this.#place(slot);
    chunk.writeUInt32LE(value.length, at);
    chunk.set(value, at + LENGTH_BYTES);
  }

  delete(key: K): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    this.#release(slot);
    this.#slots.delete(key);
  }

  #release(slot: number): void {
    (this.#free[this.#unitsAt(slot)] ??= []).push(slot);
  }

  /** A new slot; one that would cross the border of a chunk begins in the next. */
  #extend(units: number): number {
    assert(units <= CHUNK_UNITS, `a value of ${units * UNIT_BYTES} bytes is larger than a chunk`);
    const left = CHUNK_UNITS - (this.#end % CHUNK_UNITS);
    const slot = units <= left ? this.#end : this.#end + left;
    this.#end = slot + units;
    if (slot >= this.#chunks.length * CHUNK_UNITS) {
      this.#chunks.push(Buffer.allocUnsafeSlow(CHUNK_BYTES));
    }
    return slot;
  }

  #unitsAt(slot: number): number {
    const { chunk, at } = this.#place(slot);
    return unitsOf(chunk.readUInt32LE(at));
  }

  #place(slot: number): { readonly chunk: Buffer; readonly at: number } {
    const chunk = this.#chunks[Math.floor(slot / CHUNK_UNITS)];
    assert(chunk !== undefined, 'a slot lies in a chunk');
    return { chunk, at: (slot % CHUNK_UNITS) * UNIT_BYTES };
  }
}

const unitsOf = (bytes: number) => Math.ceil((LENGTH_BYTES + bytes) / UNIT_BYTES);
