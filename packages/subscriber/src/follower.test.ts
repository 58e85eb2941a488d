import { expect, test } from 'vitest';
import { must, TOPICS } from '@smc/domain';
import { Follower, type LogPosition } from './follower.ts';
import { ASSIGNMENT_TYPES } from './local-store.ts';
import { clientKey, createTestLog, EventMaker, type TestLog } from './testing/index.ts';

const topic = TOPICS.assignments;
const { signal } = new AbortController();

function follow(log: TestLog, positions: readonly LogPosition[] = []) {
  const lost: { from: LogPosition; to: number }[] = [];
  const follower = new Follower(
    {
      log: log.broker.connect('reader'),
      codec: log.codec,
      topics: [{ topic, types: ASSIGNMENT_TYPES }],
      reports: { away: () => {}, back: () => {}, lost: (from, to) => void lost.push({ from, to }) },
      random: () => 1,
    },
    positions,
  );
  return { follower, lost };
}

async function logWith(events: number): Promise<TestLog> {
  const log = await createTestLog(1);
  const make = new EventMaker();
  const assign = (n: number) => make.assigned({ clientKey: clientKey(n) });
  await log.publish(
    Array.from({ length: events }, (_, n) => assign(n)),
    { timestampMs: 5_000 },
  );
  return log;
}

const offsets = (batch: { readonly records: readonly LogPosition[] } | undefined) =>
  must(batch, 'not aborted').records.map(({ offset }) => offset);

test('it reads from where it is told, and knows how far behind it is', async () => {
  const log = await logWith(5);
  const { follower } = follow(log, [{ topic, partition: 0, offset: 3 }]);
  expect(offsets(await follower.next(signal))).toEqual([3, 4]);
  expect(follower.positions).toEqual([{ topic, partition: 0, offset: 5 }]);
  expect(follower.lag).toBe(0);
  expect(follower.ageMs(9_000)).toBe(0);
  follower.seek([]);
  expect(offsets(await follower.next(signal))).toEqual([0, 1, 2, 3, 4]);
  await follower.close();
});

test('a bounded batch leaves the rest for the next, and says how old it is', async () => {
  const log = await logWith(1);
  const make = new EventMaker();
  for (let n = 0; n < 400; n += 100) {
    const events = Array.from({ length: 100 }, (_, i) =>
      make.assigned({ clientKey: clientKey(n + i) }),
    );
    await log.publish(events, { timestampMs: 5_000 });
  }
  const reader = log.broker.connect('small');
  const reports = { away: () => {}, back: () => {}, lost: () => {} };
  const topics = [{ topic, types: ASSIGNMENT_TYPES }];
  const follower = new Follower(
    {
      log: reader,
      codec: log.codec,
      topics,
      reports,
      random: () => 1,
      bytesPerPartitionMax: 1_000,
    },
    [],
  );
  const first = offsets(await follower.next(signal)).length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(401);
  expect(follower.lag).toBe(401 - first);
  expect(follower.ageMs(9_000)).toBe(4_000);
  await follower.close();
});

test('what retention deleted before it was read is reported, and reading goes on behind it', async () => {
  const log = await logWith(5);
  log.broker.truncate({ topic, partition: 0, offset: 3 });
  const { follower, lost } = follow(log, [{ topic, partition: 0, offset: 1 }]);
  expect(offsets(await follower.next(signal))).toEqual([3, 4]);
  expect(lost).toMatchObject([{ from: { topic, partition: 0, offset: 1 }, to: 3 }]);
  await follower.close();
});

test('a reader that begins at the beginning has lost nothing, wherever that is by now', async () => {
  const log = await logWith(5);
  log.broker.truncate({ topic, partition: 0, offset: 3 });
  const { follower, lost } = follow(log);
  expect(offsets(await follower.next(signal))).toEqual([3, 4]);
  expect(lost).toEqual([]);
  await follower.close();
});

test('a schema that the registry does not know is a flaw of the record', async () => {
  const log = await logWith(1);
  const value = log.codec.encode(new EventMaker().assigned({ clientKey: clientKey(1) }));
  value.writeUInt32BE(4_711, 1);
  await log.publishBytes(topic, 0, value);
  const { follower } = follow(log);
  const batch = must(await follower.next(signal), 'not aborted');
  expect(batch.records.map(({ event }) => (event.ok ? 'event' : event.refusal.code))).toEqual([
    'event',
    'UNKNOWN_SCHEMA',
  ]);
  await follower.close();
});

test('it ends when it is told to, also while it waits', async () => {
  const log = await createTestLog(1);
  const { follower } = follow(log);
  const stopping = new AbortController();
  const back = log.broker.outage('reader');
  const next = follower.next(stopping.signal);
  stopping.abort();
  expect(await next).toBeUndefined();
  back();
  await follower.close();
});
