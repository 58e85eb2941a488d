import { expect, test } from 'vitest';
import { NO_HEADERS } from '../headers.ts';
import { PartitionLog } from './partition-log.ts';

const FETCH_BYTES = 1_000_000;

function logOf(...keyValues: readonly (readonly [key: string, value: string | undefined])[]) {
  const place = { topic: 't', partition: 0 };
  const log = new PartitionLog(place, { compacted: true, maxMessageBytes: FETCH_BYTES });
  for (const [name, text] of keyValues) append(log, name, text);
  return log;
}

function append(log: PartitionLog, name: string, text: string | undefined, mark?: typeof open) {
  const key = Buffer.from(name);
  const value = text === undefined ? undefined : Buffer.from(text);
  return log.append({ topic: 't', partition: 0, key, value, headers: NO_HEADERS }, 0, mark);
}

const open = { taskId: 'open' };
const kept = (log: PartitionLog) =>
  log.read(log.start, FETCH_BYTES)?.records.map((r) => `${r.offset} ${String(r.key)}`);

test('compaction keeps the last record of a key at its offset, and tombstones until told', () => {
  const log = logOf(['a', '1'], ['b', '1'], ['a', '2'], ['b', undefined]);

  log.compact({ dropTombstones: false });
  expect(kept(log)).toEqual(['2 a', '3 b']);
  log.compact({ dropTombstones: true });
  expect(kept(log)).toEqual(['2 a']);
  expect(log.end).toBe(4);
});

test('a tombstone that is dropped does not bring back what it deleted', () => {
  const log = logOf(['a', '1'], ['a', undefined]);

  log.compact({ dropTombstones: true });

  expect(log.read(0, FETCH_BYTES)).toMatchObject({ records: [], nextOffset: 2 });
});

test('compaction leaves alone what is not decided', () => {
  const log = logOf(['a', '1']);
  append(log, 'a', '2', open);

  log.compact({ dropTombstones: true });
  log.decide(open, 'abort');

  expect(kept(log)).toEqual(['0 a']);
});

test('the stable end moves with the oldest open transaction, whoever ends first', () => {
  const log = logOf(['a', '1']);
  const other = { taskId: 'other' };
  append(log, 'a', 'open', open);
  append(log, 'a', 'other', other);

  log.decide(other, 'commit');
  expect(log.stableEnd).toBe(1);
  log.decide(open, 'commit');
  expect(log.stableEnd).toBe(log.end);
  expect(kept(log)).toEqual(['0 a', '1 a', '2 a']);
});

test('retention takes whole offsets and never what is undecided', () => {
  const log = logOf(['a', '1'], ['b', '1']);
  append(log, 'c', '1', open);

  log.truncate(99);

  expect(log.start).toBe(2);
  log.decide(open, 'commit');
  expect(kept(log)).toEqual(['2 c']);
});
