import { OFFICE_KEY_PREFIX, type OfficeId, type OfficeLoad } from '@smc/domain';
import type { Codec } from '@smc/events';
import { decodeOwn } from './decode-own.ts';

/**
 * The counters of the offices whose one writer this task is: like its clients, they are the
 * changelog of its partition, in memory. There are few, so they stay unpacked once they are used.
 */
export class OfficeStore {
  readonly #codec: Codec;
  readonly #bytes = new Map<OfficeId, Buffer>();
  readonly #loads = new Map<OfficeId, OfficeLoad>();
  #changed = new Set<OfficeId>();

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  /** Takes in what stands on the changelog under an office's key. */
  restore(key: string, value: Buffer | undefined): void {
    const office = key.slice(OFFICE_KEY_PREFIX.length) as OfficeId;
    if (value === undefined) this.#bytes.delete(office);
    else this.#bytes.set(office, Buffer.from(value));
  }

  keys(): IterableIterator<OfficeId> {
    return this.#bytes.keys();
  }

  /** Throws SchemaUnlearned when the counters need a schema that must be fetched first. */
  get(office: OfficeId): OfficeLoad | undefined {
    const known = this.#loads.get(office);
    if (known !== undefined) return known;
    const bytes = this.#bytes.get(office);
    if (bytes === undefined) return undefined;
    const load = decodeOwn(this.#codec, bytes, 'OfficeLoad');
    this.#loads.set(office, load);
    return load;
  }

  set(load: OfficeLoad): void {
    this.#loads.set(load.office, load);
    this.#changed.add(load.office);
  }

  /** Whether the batch that is being built has changed the office. */
  isChanged(office: OfficeId): boolean {
    return this.#changed.has(office);
  }

  /** What the counters weighed when they were last written. */
  bytesOf(office: OfficeId): number {
    return this.#bytes.get(office)?.length ?? 0;
  }

  /** Ends a batch: gives the counters that it changed, with the bytes for the changelog. */
  takeChanged(): readonly { readonly load: OfficeLoad; readonly bytes: Buffer }[] {
    const taken: { load: OfficeLoad; bytes: Buffer }[] = [];
    for (const office of this.#changed) {
      const load = this.#loads.get(office);
      if (load === undefined) continue;
      const { entries } = load;
      const bytes = this.#codec.encode({ type: 'OfficeLoad', office, entries });
      this.#bytes.set(office, bytes);
      taken.push({ load, bytes });
    }
    this.#changed = new Set();
    return taken;
  }
}
