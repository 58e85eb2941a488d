import { expect, test } from 'vitest';
import { NO_HEADERS } from '../headers.ts';
import type { OutgoingRecord } from '../txn-log.ts';
import { manualClock } from './log-clock.ts';
import { createMemoryBroker } from './memory-broker.ts';

const topics = [{ name: 't', partitions: 2 }];
const timeouts = { transactionTimeoutMs: 30_000 };

function record(value: string, partition = 0): OutgoingRecord {
  const bytes = Buffer.from(value);
  return { topic: 't', partition, key: bytes, value: bytes, headers: NO_HEADERS };
}

const from = (offset: number, partition = 0) => ({
  topic: 't',
  partition,
  offset,
  maxBytes: 1_000_000,
});

async function open(broker = createMemoryBroker({ topics, clock: manualClock() })) {
  const log = broker.connect('a');
  const [task, reader] = [await log.openTask('task', timeouts), await log.openReader()];
  const values = async (partition = 0) => {
    const slices = await reader.fetch([from(0, partition)], { maxWaitMs: 0 });
    return slices.flatMap((slice) => slice.records.map((r) => String(r.value)));
  };
  return { broker, log, task, reader, values };
}

test('a transaction is read as a whole, and its marker takes an offset', async () => {
  const { task, reader, values } = await open();

  await task.run([record('1'), record('2'), record('3', 1)]);

  expect(await values()).toEqual(['1', '2']);
  expect(await values(1)).toEqual(['3']);
  expect(await reader.range({ topic: 't', partition: 0 })).toEqual({ start: 0, end: 3 });
});

test('a commit whose markers are held back is durable but not visible', async () => {
  const { broker, log, task, values } = await open();
  const release = broker.holdMarkers();

  await task.run([record('1')]);
  await task.run([record('2')]);
  expect(await values()).toEqual([]);
  const next = log.openTask('task', timeouts);
  release();
  await next;

  expect(await values()).toEqual(['1', '2']);
});

test('a transaction that nobody ends is aborted when its time is over', async () => {
  const clock = manualClock();
  const { broker, log, task, values } = await open(createMemoryBroker({ topics, clock }));
  broker.fail({ operation: 'run', stage: 'between' });
  await expect(task.run([record('lost')])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const publisher = await log.openPublisher();
  await publisher.publish([record('behind')]);
  expect(await values()).toEqual([]);

  clock.advance(timeouts.transactionTimeoutMs);

  expect(await values()).toEqual(['behind']);
  expect(broker.transactionCounts()).toEqual({ committed: 0, aborted: 1, abortedRecords: 1 });
});

test('a writer may use its buffers again once it is answered', async () => {
  const { task, values } = await open();
  const reused = record('1');

  await task.run([reused]);
  reused.value?.fill(0x39);

  expect(await values()).toEqual(['1']);
});
