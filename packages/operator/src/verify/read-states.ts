import { CHECKPOINT_KEY, TOPICS, type Checkpoint, type ClientKey } from '@smc/domain';
import type { ClientStateRecord, Codec } from '@smc/events';
import type { LogReader } from '@smc/log';
import { readOwn } from './read-own.ts';
import { RecordCursor } from './record-cursor.ts';

export type WrittenStates = {
  readonly states: ReadonlyMap<ClientKey, ClientStateRecord>;
  readonly checkpoint: Checkpoint | undefined;
};

/** The last state of each client and the last checkpoint on a partition of the changelog. */
export async function readStates(
  reader: LogReader,
  codec: Codec,
  partition: number,
): Promise<WrittenStates> {
  const cursor = await RecordCursor.open(reader, { topic: TOPICS.routerState, partition });
  const states = new Map<ClientKey, ClientStateRecord>();
  let checkpoint: Checkpoint | undefined;
  for (let record = await cursor.next(); record !== undefined; record = await cursor.next()) {
    const key = record.key?.toString('latin1');
    if (key === CHECKPOINT_KEY) checkpoint = await readOwn(codec, record, 'Checkpoint');
    else if (record.value === undefined) states.delete(key as ClientKey);
    else states.set(key as ClientKey, await readOwn(codec, record, 'ClientState'));
  }
  return { states, checkpoint };
}
