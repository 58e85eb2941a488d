import { expect, test } from 'vitest';
import { NO_HEADERS, type FetchSlice, type LogReader, type LogRecord } from '@smc/log';
import { TaskInput } from './task-input.ts';

const AT = { topic: 'smc.intake', partition: 3 } as const;

function sliceOf(offsets: readonly number[], nextOffset: number): FetchSlice {
  const records = offsets.map((offset): LogRecord => {
    const bytes = { key: undefined, value: undefined, headers: NO_HEADERS };
    return { ...AT, ...bytes, offset, timestampMs: 0 };
  });
  return { ...AT, records, nextOffset, lastStableOffset: nextOffset };
}

function logFrom(start: number): LogReader {
  const none = () => Promise.reject(new Error('not asked here'));
  return {
    range: () => Promise.resolve({ start, end: 100 }),
    offsetAt: none,
    fetch: none,
    close: none,
  };
}

test('it fetches on when all that has arrived is answered, past what is no record', async () => {
  const input = new TaskInput(AT.topic, AT.partition);
  await input.startAt(undefined, logFrom(10));
  expect(input.request()).toMatchObject({ ...AT, offset: 10 });

  input.arrived(sliceOf([10, 11, 14], 17));
  expect(input.request()).toBeUndefined();
  input.answered(2);
  expect([input.next, input.waiting()?.offset, input.waiting(1)]).toEqual([14, 14, undefined]);
  input.answered(1);
  expect(input.request()).toMatchObject({ offset: 17 });

  // The end of somebody's transaction brings progress and no record.
  input.arrived(sliceOf([], 19));
  expect([input.next, input.waiting()]).toEqual([19, undefined]);
});

test('a position whose records are gone is refused: nobody has answered them', async () => {
  const input = new TaskInput(AT.topic, AT.partition);
  await expect(input.startAt(9, logFrom(10))).rejects.toMatchObject({
    code: 'OFFSET_OUT_OF_RANGE',
    message: expect.stringContaining(
      'smc.intake-3: the task stands at 9, but the log begins at 10',
    ),
  });
});
