import { expect, test } from 'vitest';
import { NO_HEADERS } from '../headers.ts';
import { LogFault } from '../log-fault.ts';
import type { OutgoingRecord } from '../txn-log.ts';
import { readBatches } from './batch-reader.ts';
import { fitsAlone, PublishCall, PublishQueue } from './publish-queue.ts';

const PLACE = { topic: 't', partition: 0 };
const BYTES_MAX = 10_000;
const TOO_LARGE = new LogFault('BATCH_TOO_LARGE', 'too large');

test('calls that wait together go in one batch, and each learns its own positions', async () => {
  const queue = new PublishQueue(PLACE, BYTES_MAX);
  const calls = [push(queue, ['a', 'b']), push(queue, ['c'])];

  expect(valuesOf(queue.batch(0))).toEqual(['a', 'b', 'c']);
  queue.stored(40);

  expect(await calls[0]?.done).toEqual([
    { ...PLACE, offset: 40 },
    { ...PLACE, offset: 41 },
  ]);
  expect(await calls[1]?.done).toEqual([{ ...PLACE, offset: 42 }]);
  expect(queue.isEmpty).toBe(true);
});

test('a batch that failed is sent again unchanged, and what came later stays behind it', () => {
  const queue = new PublishQueue(PLACE, BYTES_MAX);
  push(queue, ['a', 'b']);
  const first = Buffer.from(queue.batch(5));
  push(queue, ['c']);

  expect(queue.batch(9)).toEqual(first);
  queue.stored(0);
  expect(valuesOf(queue.batch(9))).toEqual(['c']);
});

test('what does not fit one batch goes in the next, in order', () => {
  const queue = new PublishQueue(PLACE, BYTES_MAX);
  const values = Array.from({ length: 25 }, (_, i) => `${i}`.padEnd(1_000, '.'));
  push(queue, values);

  const sent: string[] = [];
  while (!queue.isEmpty) {
    sent.push(...valuesOf(queue.batch(0)));
    queue.stored(0);
  }
  expect(sent).toEqual(values);
});

test('a batch that the topic does not take is halved until the record is found that is', async () => {
  const queue = new PublishQueue(PLACE, BYTES_MAX);
  const calls = ['a', 'b', 'too large', 'd'].map((value) => push(queue, [value]));
  const sent: string[] = [];
  while (!queue.isEmpty) {
    const values = valuesOf(queue.batch(0));
    if (!values.includes('too large')) {
      sent.push(...values);
      queue.stored(sent.length - values.length);
    } else if (!queue.split()) {
      queue.refused(TOO_LARGE);
    }
  }

  expect(sent).toEqual(['a', 'b', 'd']);
  await expect(calls[2]?.done).rejects.toMatchObject({ code: 'RECORD_TOO_LARGE' });
  expect(await calls[3]?.done).toEqual([{ ...PLACE, offset: 2 }]);
});

test('only the calls in a refused batch fail', async () => {
  const queue = new PublishQueue(PLACE, BYTES_MAX);
  const refused = push(queue, ['a']);
  queue.batch(0);
  const waiting = push(queue, ['b']);
  queue.refused(new LogFault('NOT_AUTHORISED', 'no'));

  await expect(refused.done).rejects.toMatchObject({ code: 'NOT_AUTHORISED' });
  queue.batch(0);
  queue.stored(7);
  expect(await waiting.done).toEqual([{ ...PLACE, offset: 7 }]);
});

test('a call without records is done at once', async () => {
  expect(await new PublishCall([]).done).toEqual([]);
});

test('a record that fits alone is never left over by a batch', () => {
  for (const length of [0, 9_800, 9_898, 9_899, 9_900, 20_000]) {
    const record = recordOf('x'.repeat(length));
    const queue = new PublishQueue(PLACE, BYTES_MAX);
    if (!fitsAlone(record, BYTES_MAX)) continue;
    queue.push({ record, call: new PublishCall([record]), index: 0 });
    expect(valuesOf(queue.batch(0))).toHaveLength(1);
  }
});

function push(queue: PublishQueue, values: readonly string[]): PublishCall {
  const records = values.map(recordOf);
  const call = new PublishCall(records);
  call.done.catch(() => undefined);
  for (const [index, record] of records.entries()) queue.push({ record, call, index });
  return call;
}

function recordOf(value: string): OutgoingRecord {
  return { ...PLACE, key: undefined, value: Buffer.from(value), headers: NO_HEADERS };
}

function valuesOf(bytes: Buffer): readonly string[] {
  const { records } = readBatches({ ...PLACE, bytes, from: 0, aborted: [] });
  return records.map(({ value }) => String(value));
}
