import { must, type ClientKey, type ClientState } from '@smc/domain';
import type { Codec } from '@smc/events';
import { ByteStore } from './byte-store.ts';
import { decodeOwn } from './decode-own.ts';

/**
 * What a task knows of its clients: the changelog of its partition, in memory.
 *
 * Clients are kept as the bytes that stand in the log and unpacked when a case of theirs comes;
 * most have none on a given day. Changes are made in place: a task that fails is thrown away with
 * this store, never rolled back.
 */
export class ClientStore {
  readonly #codec: Codec;
  readonly #clients = new ByteStore<ClientKey>();
  /** Clients of the batch that is being built: those who are touched again are unpacked already. */
  #touched = new Map<ClientKey, ClientState>();
  #changed = new Set<ClientKey>();

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  get size(): number {
    return this.#clients.size;
  }

  /** Takes in what stands on the changelog under a client's key. */
  restore(client: ClientKey, value: Buffer | undefined): void {
    if (value === undefined) this.#clients.delete(client);
    else this.#clients.set(client, value);
  }

  /** Throws SchemaUnlearned when the client's bytes need a schema that must be fetched first. */
  get(client: ClientKey): ClientState | undefined {
    const touched = this.#touched.get(client);
    if (touched !== undefined) return touched;
    const state = this.peek(client);
    if (state !== undefined) this.#touched.set(client, state);
    return state;
  }

  /** The state as of the last batch, which is not kept unpacked; throws as `get` does. */
  peek(client: ClientKey): ClientState | undefined {
    const bytes = this.#clients.get(client);
    return bytes && decodeOwn(this.#codec, bytes, 'ClientState');
  }

  keys(): IterableIterator<ClientKey> {
    return this.#clients.keys();
  }

  set(client: ClientKey, state: ClientState): void {
    this.#touched.set(client, state);
    this.#changed.add(client);
  }

  /**
   * Ends a batch: gives the clients that it changed, each once, however many cases it had, with
   * the bytes for the changelog.
   */
  takeChanged(): readonly (readonly [ClientKey, Buffer])[] {
    const taken: [ClientKey, Buffer][] = [];
    for (const client of this.#changed) {
      const state = must(this.#touched.get(client), 'a changed client was touched');
      const bytes = this.#codec.encodeState(state);
      this.#clients.set(client, bytes);
      taken.push([client, bytes]);
    }
    // New ones, never `clear`: the engine links a cleared table to the next one, so that once one
    // of them is old, all that the batches after it touched outlives the young generation.
    this.#changed = new Set();
    this.#touched = new Map();
    return taken;
  }
}
