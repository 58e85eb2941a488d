import { LogFault, NO_HEADERS, type OutgoingRecord } from '@smc/log';
import { createMetrics } from '@smc/runtime';
import { expect, test } from 'vitest';
import { PublishGate } from './publish-gate.ts';

function record(bytes = 10): OutgoingRecord {
  const value = Buffer.alloc(bytes);
  return { topic: 't', partition: 0, key: undefined, value, headers: NO_HEADERS };
}

/** A log whose answers the test gives. */
function playedLog() {
  const answers: PromiseWithResolvers<
    readonly { topic: string; partition: number; offset: number }[]
  >[] = [];
  const publisher = {
    publish() {
      const answer =
        Promise.withResolvers<readonly { topic: string; partition: number; offset: number }[]>();
      answers.push(answer);
      return answer.promise;
    },
    close: () => Promise.resolve(),
  };
  const metrics = createMetrics({ ofProcess: false });
  const gate = new PublishGate({ publisher, metrics, limits: { recordsMax: 10, bytesMax: 1_000 } });
  return { gate, answers, metrics };
}

test('a log that never answers gets so many records and bytes, and no more', async () => {
  const byCount = playedLog();
  const answers = Array.from({ length: 1_000 }, () => byCount.gate.offer(record()));
  expect(answers.filter((it) => it !== 'full')).toHaveLength(10);
  expect(byCount.answers).toHaveLength(10);
  expect(await byCount.metrics.text()).toContain('intake_waiting_records 10');

  const byBytes = playedLog();
  const full = [1, 2, 3].map(() => byBytes.gate.offer(record(400)) === 'full');
  expect(full).toEqual([false, false, true]);
});

test('an answer, good or bad, makes room again, and the gate is drained when all have come', async () => {
  const { gate, answers } = playedLog();
  const [first, second] = [gate.offer(record(990)), gate.offer(record())];
  expect(second).toBe('full');
  answers[0]?.reject(new LogFault('UNAVAILABLE', 'away'));
  await expect(first).rejects.toThrow('away');

  const third = gate.offer(record(990));
  const drained = gate.drained();
  answers[1]?.resolve([{ topic: 't', partition: 0, offset: 7 }]);
  await expect(third).resolves.toMatchObject({ offset: 7 });
  await drained;
  await gate.drained();
});
