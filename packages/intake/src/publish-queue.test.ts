import { LogFault, NO_HEADERS, type OutgoingRecord } from '@smc/log';
import { createMetrics } from '@smc/runtime';
import { expect, test } from 'vitest';
import { PublishQueue, type QueueLimits } from './publish-queue.ts';

const LIMITS: QueueLimits = {
  recordsMax: 10,
  bytesMax: 1_000,
  batchRecordsMax: 4,
  batchBytesMax: 500,
};

function record(n: number, bytes = 10): OutgoingRecord {
  const value = Buffer.alloc(bytes, n);
  return { topic: 't', partition: 0, key: undefined, value, headers: NO_HEADERS };
}

/** A log whose answers the test gives. */
function playedLog(limits = LIMITS) {
  const batches: (readonly OutgoingRecord[])[] = [];
  const answers: PromiseWithResolvers<void>[] = [];
  const arrivals: (() => void)[] = [];
  let offset = 0;
  const publisher = {
    async publish(records: readonly OutgoingRecord[]) {
      batches.push(records);
      const answer = Promise.withResolvers<void>();
      answers.push(answer);
      for (const arrived of arrivals.splice(0)) arrived();
      await answer.promise;
      return records.map(() => ({ topic: 't', partition: 0, offset: offset++ }));
    },
    close: () => Promise.resolve(),
  };
  const queue = new PublishQueue({
    publisher,
    metrics: createMetrics({ ofProcess: false }),
    limits,
  });
  const batchArrives = () => new Promise<void>((resolve) => arrivals.push(resolve));
  const offer = (n: number, bytes?: number) => {
    const stored = queue.offer(record(n, bytes));
    if (stored !== 'full') stored.catch(() => undefined);
    return stored;
  };
  return { queue, batches, answers, batchArrives, offer };
}

test('what arrives together goes at once and together; what arrives meanwhile goes next', async () => {
  const { queue, batches, answers, batchArrives, offer } = playedLog();
  const first = [offer(1), offer(2)];
  await batchArrives();
  const later = [offer(3), offer(4), offer(5), offer(6), offer(7)];
  expect(batches.map((batch) => batch.length)).toEqual([2]);

  for (const batch of [1, 2, 3]) {
    const next = batch < 3 ? batchArrives() : undefined;
    answers[batch - 1]?.resolve();
    await next;
  }
  await queue.drained();
  expect(batches.map((batch) => batch.map(({ value }) => value?.[0]))).toEqual([
    [1, 2],
    [3, 4, 5, 6],
    [7],
  ]);
  const positions = await Promise.all([...first, ...later]);
  expect(positions.map((it) => it !== 'full' && it.offset)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a log that never answers fills the queue up to its limit and not beyond', async () => {
  const byCount = playedLog();
  const answers = Array.from({ length: 1_000 }, (_, n) => byCount.offer(n));
  expect(answers.filter((it) => it !== 'full')).toHaveLength(LIMITS.recordsMax);

  const byBytes = playedLog();
  expect([1, 2, 3].map((n) => byBytes.offer(n, 400) === 'full')).toEqual([false, false, true]);
});

test('a batch that fails tells its senders, and the next one is tried for itself', async () => {
  const { queue, answers, batchArrives, offer } = playedLog();
  const first = offer(1);
  await batchArrives();
  const second = offer(2);
  const next = batchArrives();
  answers[0]?.reject(new LogFault('UNAVAILABLE', 'away'));
  await next;
  answers[1]?.resolve();

  await expect(first).rejects.toThrow('away');
  await expect(second).resolves.toMatchObject({ offset: 0 });
  await queue.drained();
  expect(offer(3)).not.toBe('full');
});

test('a batch stays below the bytes that a topic takes at once', async () => {
  const { batches, batchArrives, offer } = playedLog();
  void offer(1, 300);
  void offer(2, 300);
  await batchArrives();

  expect(batches[0]).toHaveLength(1);
});
