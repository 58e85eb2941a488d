import { CHECKPOINT_KEY, must, TOPICS, type ClientKey, type ClientState } from '@smc/domain';
import type { Codec } from '@smc/events';
import type { LogReader, LogRecord } from '@smc/log';
import { ByteStore } from './byte-store.ts';
import { decodeOwn } from './decode-own.ts';

/** How much of the state topic one fetch brings while a task is restored. */
const RESTORE_FETCH_BYTES = 4 * 1024 * 1024;
const RESTORE_WAIT_MS = 500;

/**
 * What a task knows of its clients: the changelog of its partition, in memory.
 *
 * Clients are kept as the bytes that stand in the log and unpacked when a case of theirs comes;
 * most have none on a given day. Changes are made in place: a task that fails is thrown away with
 * this store, never rolled back.
 */
export class ClientStore {
  readonly #codec: Codec;
  readonly #clients = new ByteStore();
  /** Clients of the batch that is being built: those who are touched again are unpacked already. */
  #touched = new Map<ClientKey, ClientState>();
  #changed = new Set<ClientKey>();

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  get size(): number {
    return this.#clients.size;
  }

  /** Throws SchemaUnlearned when the client's bytes need a schema that must be fetched first. */
  get(client: ClientKey): ClientState | undefined {
    const touched = this.#touched.get(client);
    if (touched !== undefined) return touched;
    const bytes = this.#clients.get(client);
    if (bytes === undefined) return undefined;
    const state = decodeOwn(this.#codec, bytes, 'ClientState');
    this.#touched.set(client, state);
    return state;
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

  /**
   * Reads the partition's changelog to its committed end and gives the value of the last
   * checkpoint in it. The task must have been fenced before: an earlier owner could still add.
   */
  async restore(
    reader: LogReader,
    partition: number,
    signal: AbortSignal,
  ): Promise<Buffer | undefined> {
    const at = { topic: TOPICS.routerState, partition };
    const { start, end } = await reader.range(at);
    let checkpoint: Buffer | undefined;
    for (let offset = start; offset < end;) {
      signal.throwIfAborted();
      const slices = await reader.fetch([{ ...at, offset, maxBytes: RESTORE_FETCH_BYTES }], {
        maxWaitMs: RESTORE_WAIT_MS,
        signal,
      });
      for (const slice of slices) {
        for (const record of slice.records) checkpoint = this.#apply(record) ?? checkpoint;
        offset = slice.nextOffset;
      }
    }
    return checkpoint;
  }

  /** Takes in one changelog record; gives its value back when it is the checkpoint. */
  #apply(record: LogRecord): Buffer | undefined {
    const key = must(record.key, 'a record of the state topic has a key').toString('latin1');
    const { value } = record;
    // A small part must not keep the whole fetch alive.
    if (key === CHECKPOINT_KEY) return value && Buffer.from(value);
    if (value === undefined) this.#clients.delete(key);
    else this.#clients.set(key, value);
    return undefined;
  }
}
