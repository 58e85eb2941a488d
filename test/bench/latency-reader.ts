/**
 * The reader of the open loop, as a division reads: committed records only. A case's latency is the
 * time from its intended moment, which stands in the event, until its outcome is here.
 */
import { TOPICS } from '@smc/domain';
import { connectRegistry, openCodec } from '@smc/events';
import { connectKafkaLog } from '@smc/log';
import { preciseNowMs, threadSide } from './bench-thread.ts';
import { latencyOf, type Latency } from './figures.ts';
import { caseNumber } from './workload.ts';

export type ReaderData = {
  readonly brokers: readonly string[];
  readonly registryUrl: string;
  readonly partitions: number;
  readonly firstCase: number;
  readonly count: number;
  /** So many of the first are not counted. */
  readonly warmUp: number;
};

export type ReaderResult = {
  readonly latency: Latency;
  /** Cases of the measured time that had no outcome when the reader was told to stop. */
  readonly unanswered: number;
};

const OUTCOMES = ['CaseAssigned', 'CaseParked', 'ClientHandedOver', 'CaseReleased'] as const;
const FETCH_BYTES = 1024 * 1024;
const FETCH_WAIT_MS = 500;

const thread = threadSide<ReaderData>();
const { data } = thread;
const registry = connectRegistry({ url: data.registryUrl });
const codec = await openCodec({ registry, types: OUTCOMES });
const log = await connectKafkaLog({ brokers: data.brokers, clientId: 'bench-reader' });
const reader = await log.openReader();
const topic = TOPICS.assignments;
const positions = new Map<number, number>();
for (let partition = 0; partition < data.partitions; partition++) {
  positions.set(partition, (await reader.range({ topic, partition })).end);
}
const stopping = new AbortController();
void thread.told('stop').then(() => stopping.abort());
const latencies = new Float64Array(data.count).fill(Number.NaN);
let left = data.count;
thread.ready();

while (left > 0 && !stopping.signal.aborted) {
  const requests = [...positions].map(([partition, offset]) => {
    return { topic, partition, offset, maxBytes: FETCH_BYTES };
  });
  const waiting = { maxWaitMs: FETCH_WAIT_MS, signal: stopping.signal };
  for (const { partition, nextOffset, records } of await reader.fetch(requests, waiting)) {
    const nowMs = preciseNowMs();
    for (const record of records) take(record.value, nowMs);
    positions.set(partition, nextOffset);
  }
}

function take(value: Buffer | undefined, nowMs: number): void {
  const decoded = codec.decode(value, OUTCOMES);
  if (decoded.ok !== true) return;
  const event = decoded.value;
  if (event.type !== 'CaseAssigned' && event.type !== 'CaseParked') return;
  const n = (caseNumber(event.caseId) ?? -1) - data.firstCase;
  // A second outcome of the same case does not count: the audit finds it.
  if (n < 0 || n >= data.count || !Number.isNaN(latencies[n])) return;
  latencies[n] = nowMs - event.receivedAtMs;
  left--;
}

const measured = latencies.subarray(data.warmUp);
const answered = measured.filter((ms) => !Number.isNaN(ms));
const result: ReaderResult = {
  latency: latencyOf(answered),
  unanswered: measured.length - answered.length,
};
await log.close();
thread.finish(result);
