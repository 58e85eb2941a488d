/**
 * The sender of the open loop: a case is due at its own moment, whatever became of those before it.
 * What is due is sent at once, in one call, and nobody waits for an answer.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { connectRegistry, openCodec } from '@smc/events';
import { connectKafkaLog } from '@smc/log';
import { preciseNowMs, threadSide } from './bench-thread.ts';
import { latencyOf, type Pace } from './figures.ts';
import { createRecordOf, createWorkload } from './workload.ts';

export type GeneratorData = {
  readonly brokers: readonly string[];
  readonly registryUrl: string;
  readonly partitions: number;
  /** What the workload was made for. */
  readonly population: number;
  /** How many cases there were before. */
  readonly firstCase: number;
  readonly count: number;
  readonly perSecond: number;
};

/** The first case is due so long after the start, so that it is not late already. */
const LEAD_MS = 100;
const TICK_MS = 1;

const thread = threadSide<GeneratorData>();
const { data } = thread;
const workload = createWorkload(data.population);
const registry = connectRegistry({ url: data.registryUrl });
const codec = await openCodec({ registry, types: ['CaseRegistered'] });
const recordOf = createRecordOf(codec, data.partitions);
const log = await connectKafkaLog({ brokers: data.brokers, clientId: 'bench-generator' });
const publisher = await log.openPublisher();
thread.ready();
await thread.told('go');

const startMs = Math.ceil(preciseNowMs()) + LEAD_MS;
const dueMs = (n: number) => startMs + (n * 1000) / data.perSecond;
const lateness = new Float64Array(data.count);
let underWay = 0;
let failure: unknown;
let next = 0;
while (next < data.count) {
  const nowMs = preciseNowMs();
  const records = [];
  for (; next < data.count && dueMs(next) <= nowMs; next++) {
    const n = data.firstCase + next;
    // Whole milliseconds are carried: rounded down, so that no latency looks better than it was.
    records.push(recordOf(workload.caseOf(n, Math.floor(dueMs(next))), n));
    lateness[next] = nowMs - dueMs(next);
  }
  if (records.length > 0) {
    underWay++;
    publisher.publish(records).then(
      () => underWay--,
      (error: unknown) => (failure = error),
    );
  }
  await delay(TICK_MS);
}
const sentMs = preciseNowMs();
while (underWay > 0 && failure === undefined) await delay(TICK_MS);
if (failure !== undefined) throw failure;

const pace: Pace = {
  wantedPerSecond: data.perSecond,
  // The last case is due one interval before the end.
  achievedPerSecond: (data.count * 1000) / (sentMs - startMs + 1000 / data.perSecond),
  lateness: latencyOf(lateness),
};
await log.close();
thread.finish(pace);
