import { expect, test } from 'vitest';
import { Sequence } from './exchange.ts';

const bytes = (text: string) => Buffer.from(text);

function sequenceOf(...ids: readonly string[]): Sequence {
  const sequence = new Sequence();
  for (const id of ids) sequence.add(id, bytes(`value of ${id}`));
  return sequence;
}

test('equal sequences are the same, however long', () => {
  const ids = Array.from({ length: 1_000 }, (_, n) => `id-${n}`);
  const sequence = sequenceOf(...ids);
  const compared = ids.map((id) => sequence.compare(id, bytes(`value of ${id}`)));

  expect(compared).toEqual(ids.map(() => ({ before: 0, match: 'same' })));
  expect(sequence.left).toBe(0);
});

test('a value that differs, records that were left out and one too many are told apart', () => {
  const sequence = sequenceOf('a', 'b', 'c', 'd');

  expect(sequence.compare('a', bytes('another value'))).toEqual({ before: 0, match: 'different' });
  expect(sequence.compare('x', bytes('value of x'))).toEqual({ before: 0, match: 'missing' });
  expect(sequence.compare('c', bytes('value of c'))).toEqual({ before: 1, match: 'same' });
  expect(sequence.compare('c', bytes('value of c'))).toEqual({ before: 0, match: 'missing' });
  expect(sequence.left).toBe(1);
});
