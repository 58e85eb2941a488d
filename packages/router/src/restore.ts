import {
  CHECKPOINT_KEY,
  must,
  OFFICE_KEY_PREFIX,
  TOPICS,
  type ClientKey,
  type ClientState,
} from '@smc/domain';
import type { LogReader } from '@smc/log';
import type { ClientStore } from './client-store.ts';
import type { OfficeStore } from './office-store.ts';
import type { SchemaLessons } from './schema-lessons.ts';

/** How much of the state topic one fetch brings while a task is restored. */
const RESTORE_FETCH_BYTES = 4 * 1024 * 1024;
const RESTORE_WAIT_MS = 500;

/**
 * Reads a partition's changelog to its committed end into the stores, and gives the value of the
 * last checkpoint in it. The task must have been fenced before: an earlier owner could still add.
 */
export async function readChangelog(
  reader: LogReader,
  into: {
    readonly partition: number;
    readonly store: ClientStore;
    readonly offices: OfficeStore;
  },
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const at = { topic: TOPICS.routerState, partition: into.partition };
  const { start, end } = await reader.range(at);
  let checkpoint: Buffer | undefined;
  for (let offset = start; offset < end;) {
    signal.throwIfAborted();
    const slices = await reader.fetch([{ ...at, offset, maxBytes: RESTORE_FETCH_BYTES }], {
      maxWaitMs: RESTORE_WAIT_MS,
      signal,
    });
    for (const { records, nextOffset } of slices) {
      for (const record of records) {
        const key = must(record.key, 'a record of the state topic has a key').toString('latin1');
        // A small part must not keep the whole fetch alive: it is copied.
        if (key === CHECKPOINT_KEY) checkpoint = record.value && Buffer.from(record.value);
        else if (key.startsWith(OFFICE_KEY_PREFIX)) into.offices.restore(key, record.value);
        else into.store.restore(key as ClientKey, record.value);
      }
      offset = nextOffset;
    }
  }
  return checkpoint;
}

/** Between slices of so many clients, whatever else the process has to do comes to its turn. */
const SLICE_CLIENTS = 1_000;

/** All clients of a task that is between two transactions. */
export async function* sliceClients(
  store: ClientStore,
  lessons: SchemaLessons,
  signal: AbortSignal,
): AsyncGenerator<readonly (readonly [ClientKey, ClientState])[]> {
  let slice: (readonly [ClientKey, ClientState])[] = [];
  for (const client of store.keys()) {
    const state = await lessons.read(() => store.peek(client), signal);
    if (state !== undefined) slice.push([client, state]);
    if (slice.length < SLICE_CLIENTS) continue;
    yield slice;
    slice = [];
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  yield slice;
}
