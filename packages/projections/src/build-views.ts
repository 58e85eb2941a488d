import { randomUUID } from 'node:crypto';
import { TOPICS } from '@smc/domain';
import type { Codec } from '@smc/events';
import type { TxnLog } from '@smc/log';
import type { Clock, Random } from '@smc/runtime';
import { Follower, type FollowerReports, type LogPosition } from '@smc/subscriber';
import { applyBatch } from './apply-batch.ts';
import { ASSIGNED_TYPES, type ProjectedType } from './project-batch.ts';
import type { Namespace, ReadModelStore } from './read-model-store.ts';

/** What reading the log for the read models takes. */
export type ProjectionSource = {
  readonly log: TxnLog;
  /** Opened with `PROJECTED_TYPES`. */
  readonly codec: Codec;
  readonly store: ReadModelStore;
  readonly reports: FollowerReports;
  readonly clock: Clock;
  readonly random: Random;
};

export type BuildProgress = (done: number, total: number) => void;

export function openFollower(
  { log, codec, reports, random }: ProjectionSource,
  positions: readonly LogPosition[],
): Follower<ProjectedType> {
  const topics = [
    { topic: TOPICS.assignments, types: ASSIGNED_TYPES },
    { topic: TOPICS.acknowledgements, types: ACKNOWLEDGED_TYPES },
  ];
  return new Follower({ log, codec, topics, reports, random }, positions);
}

const ACKNOWLEDGED_TYPES: readonly ProjectedType[] = ['Acknowledgement'];

/**
 * Builds all read models anew, beside the ones in use, from the first record to where the log ends
 * now; then makes them the current ones and removes the others. A running projector notices by
 * itself and goes on with the new ones. Undefined: another build was faster, or `signal` aborted.
 *
 * Rejects with a retriable fault when the store or the log can't be reached; what was built so far
 * is then given up.
 */
export async function buildViews(
  source: ProjectionSource,
  signal: AbortSignal,
  progress: BuildProgress = () => {},
): Promise<Namespace | undefined> {
  const { store } = source;
  const namespace = newNamespace();
  await store.create(namespace);
  const follower = openFollower(source, []);
  try {
    if (await fill(source, { namespace, follower, signal, progress })) {
      return (await store.publish(namespace)) ? namespace : undefined;
    }
    await store.drop(namespace);
    return undefined;
  } finally {
    await follower.close();
  }
}

type Filling = {
  readonly namespace: Namespace;
  readonly follower: Follower<ProjectedType>;
  readonly signal: AbortSignal;
  readonly progress: BuildProgress;
};

/** False: the namespace was taken away, or we were told to stop. */
async function fill(source: ProjectionSource, filling: Filling): Promise<boolean> {
  const { namespace, follower, signal, progress } = filling;
  const ends = await committedEnds(source.log);
  const total = ends.reduce((sum, { offset }) => sum + offset, 0);
  for (let version = 0; ;) {
    const left = remaining(follower.positions, ends);
    progress(total - left, total);
    if (left === 0) return true;
    const batch = await follower.next(signal);
    if (batch === undefined) return false;
    if (batch.next.length === 0) continue;
    const applied = await applyBatch(source, { namespace, version, batch });
    if (applied === 'refused') return false;
    version++;
  }
}

async function committedEnds(log: TxnLog): Promise<readonly LogPosition[]> {
  const counts = await log.partitionCounts([TOPICS.assignments, TOPICS.acknowledgements]);
  const reader = await log.openReader();
  try {
    const ends: LogPosition[] = [];
    for (const [topic, count] of counts) {
      for (let partition = 0; partition < count; partition++) {
        const { end } = await reader.range({ topic, partition });
        ends.push({ topic, partition, offset: end });
      }
    }
    return ends;
  } finally {
    await reader.close();
  }
}

function remaining(positions: readonly LogPosition[], ends: readonly LogPosition[]): number {
  const at = new Map(
    positions.map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset]),
  );
  let left = 0;
  for (const { topic, partition, offset } of ends) {
    left += Math.max(0, offset - (at.get(`${topic}/${partition}`) ?? 0));
  }
  return left;
}

function newNamespace(): Namespace {
  // Random, so that two builds never share one; 36 characters of [0-9a-f-].
  return randomUUID() as string as Namespace;
}
