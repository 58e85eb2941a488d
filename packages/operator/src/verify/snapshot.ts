import {
  CHECKPOINT_KEY,
  OFFICE_KEY_PREFIX,
  TOPICS,
  type Checkpoint,
  type ClientKey,
  type OfficeId,
  type SourcePosition,
} from '@smc/domain';
import type { ClientStateRecord, Codec, OfficeLoadRecord } from '@smc/events';
import type { LogReader } from '@smc/log';
import { readOwn } from './read-own.ts';
import { RecordCursor } from './record-cursor.ts';

/**
 * A partition as its changelog has it: one moment between two transactions of its task. What the
 * task has written since is not judged.
 */
export type Snapshot = {
  readonly states: ReadonlyMap<ClientKey, ClientStateRecord>;
  readonly loads: ReadonlyMap<OfficeId, OfficeLoadRecord>;
  readonly checkpoint: Checkpoint | undefined;
};

/** The last state of each client and office, and the last checkpoint, on a partition's changelog. */
export async function readSnapshot(
  reader: LogReader,
  codec: Codec,
  partition: number,
): Promise<Snapshot> {
  const cursor = await RecordCursor.open(reader, { topic: TOPICS.routerState, partition });
  const states = new Map<ClientKey, ClientStateRecord>();
  const loads = new Map<OfficeId, OfficeLoadRecord>();
  let checkpoint: Checkpoint | undefined;
  for (let record = await cursor.next(); record !== undefined; record = await cursor.next()) {
    const key = record.key?.toString('latin1') ?? '';
    if (key === CHECKPOINT_KEY) checkpoint = await readOwn(codec, record, 'Checkpoint');
    else if (key.startsWith(OFFICE_KEY_PREFIX)) {
      const load = await readOwn(codec, record, 'OfficeLoad');
      loads.set(load.office, load);
    } else if (record.value === undefined) states.delete(key as ClientKey);
    else states.set(key as ClientKey, await readOwn(codec, record, 'ClientState'));
  }
  return { states, loads, checkpoint };
}

/** Up to where the task had answered the topic. */
export function answeredUpTo({ checkpoint }: Snapshot, topic: string): number {
  switch (topic) {
    case TOPICS.intake:
      return checkpoint?.intakeNext ?? 0;
    case TOPICS.commands:
      return checkpoint?.commandsNext ?? 0;
    case TOPICS.officeIntake:
      return checkpoint?.officeIntakeNext ?? 0;
    default:
      return 0;
  }
}

/** Whether the input had been answered when the snapshots were taken. */
export function isAnswered(snapshots: readonly Snapshot[], source: SourcePosition): boolean {
  const snapshot = snapshots[source.partition];
  return snapshot !== undefined && source.offset < answeredUpTo(snapshot, source.topic);
}
