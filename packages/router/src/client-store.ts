import { CHECKPOINT_KEY, must, TOPICS, type ClientKey, type ClientState } from '@smc/domain';
import type { Codec } from '@smc/events';
import type { LogReader, LogRecord } from '@smc/log';
import { decodeOwn } from './decode-own.ts';

/** How much of the state topic one fetch brings while a task is restored. */
const RESTORE_FETCH_BYTES = 4 * 1024 * 1024;
const RESTORE_WAIT_MS = 500;

/**
 * What a task knows of its clients: the changelog of its partition, in memory.
 *
 * A client that was restored is kept as the bytes that stood in the log and unpacked when a case
 * of that client comes; most never do, and bytes are several times smaller than objects. Changes
 * are made in place: a task that fails is thrown away with this store, never rolled back.
 */
export class ClientStore {
  readonly #codec: Codec;
  readonly #clients = new Map<string, ClientState | Buffer>();
  #changed = new Map<ClientKey, ClientState>();

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  get size(): number {
    return this.#clients.size;
  }

  /** Throws SchemaUnlearned when the client's bytes need a schema that must be fetched first. */
  get(client: ClientKey): ClientState | undefined {
    const known = this.#clients.get(client);
    if (!Buffer.isBuffer(known)) return known;
    const state = decodeOwn(this.#codec, known, 'ClientState');
    this.#clients.set(client, state);
    return state;
  }

  set(client: ClientKey, state: ClientState): void {
    this.#clients.set(client, state);
    this.#changed.set(client, state);
  }

  /** The clients changed since the last call, each once, however many cases it had in between. */
  takeChanged(): ReadonlyMap<ClientKey, ClientState> {
    const changed = this.#changed;
    this.#changed = new Map();
    return changed;
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
    // The fetched bytes are a part of one large buffer, which a small part must not keep alive.
    const value = record.value && Buffer.from(record.value);
    if (key === CHECKPOINT_KEY) return value;
    if (value === undefined) this.#clients.delete(key);
    else this.#clients.set(key, value);
    return undefined;
  }
}
