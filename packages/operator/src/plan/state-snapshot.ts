/**
 * The clients as the routers know them, read from their changelog as anybody may who can read: no
 * group is joined, no task is fenced and nothing is written. Each partition is one moment between
 * two transactions; what its router has written since does not count.
 */
import {
  CHECKPOINT_KEY,
  must,
  OFFICE_KEY_PREFIX,
  TOPICS,
  type Checkpoint,
  type ClientKey,
} from '@smc/domain';
import type { Codec } from '@smc/events';
import type { LogReader } from '@smc/log';
import type { ClientSource, LogPosition } from '@smc/reassignment';
import { ByteStore } from '@smc/router';
import type { ReadableLog } from '../demarcations.ts';
import { readOwn } from '../verify/read-own.ts';
import { RecordCursor } from '../verify/record-cursor.ts';

export type StateSnapshot = {
  readonly clients: ClientSource & { readonly size: number };
  /** Up to where each partition's router had answered the log. */
  readonly positions: readonly LogPosition[];
};

export async function readStateSnapshot(
  log: ReadableLog,
  codec: Codec,
  onRecords: (read: number, of: number) => void = () => {},
): Promise<StateSnapshot> {
  const counts = await log.partitionCounts([TOPICS.routerState]);
  const partitions = [...Array(counts.get(TOPICS.routerState) ?? 0).keys()];
  const reader = await log.openReader();
  const packed = new PackedClients(codec);
  const positions: LogPosition[] = [];
  try {
    const cursors = await cursorsOf(reader, partitions);
    const total = cursors.reduce((sum, { start, end }) => sum + end - start, 0);
    let done = 0;
    for (const [partition, cursor] of cursors.entries()) {
      const checkpoint = await packed.take(cursor, (offset) => {
        onRecords(done + offset - cursor.start, total);
      });
      done += cursor.end - cursor.start;
      const { intakeNext = 0, commandsNext = 0 } = checkpoint ?? {};
      positions.push({ partition, intakeNext, commandsNext });
    }
  } finally {
    await reader.close();
  }
  return { clients: packed.source(), positions };
}

/** All ends are asked for first, so that the partitions lie close together in time. */
function cursorsOf(reader: LogReader, partitions: readonly number[]): Promise<RecordCursor[]> {
  return Promise.all(
    partitions.map((partition) => {
      return RecordCursor.open(reader, { topic: TOPICS.routerState, partition });
    }),
  );
}

const STATE = ['ClientState'] as const;
const SAY_EVERY = 10_000;

/** Clients as the bytes that stand on the log: a few hundred megabytes for a million. */
class PackedClients {
  readonly #codec: Codec;
  readonly #store = new ByteStore<ClientKey>();
  /** Schemas that the codec can read without asking. */
  readonly #learned = new Set<number>();

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  async take(
    cursor: RecordCursor,
    onOffset: (offset: number) => void,
  ): Promise<Checkpoint | undefined> {
    let checkpoint: Checkpoint | undefined;
    for (let record = await cursor.next(); record !== undefined; record = await cursor.next()) {
      if (record.offset % SAY_EVERY === 0) onOffset(record.offset);
      const key = must(record.key, 'a record of the state topic has a key').toString('latin1');
      if (key === CHECKPOINT_KEY) checkpoint = await readOwn(this.#codec, record, 'Checkpoint');
      else if (key.startsWith(OFFICE_KEY_PREFIX)) continue;
      else if (record.value === undefined) this.#store.delete(key as ClientKey);
      else {
        const schema = record.value.readInt32BE(1);
        if (!this.#learned.has(schema)) {
          await readOwn(this.#codec, record, 'ClientState');
          this.#learned.add(schema);
        }
        this.#store.set(key as ClientKey, record.value);
      }
    }
    return checkpoint;
  }

  source(): StateSnapshot['clients'] {
    const keys = [...this.#store.keys()].sort();
    return {
      size: keys.length,
      keys: () => keys,
      get: (key) => {
        const bytes = this.#store.get(key);
        const decoded = bytes && this.#codec.decode(bytes, STATE);
        return decoded?.ok === true ? decoded.value : undefined;
      },
    };
  }
}
