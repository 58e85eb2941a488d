import { expect, test } from 'vitest';
import { readVectors } from '../../../test/vectors/read-vectors.ts';
import { partitionOf } from './partition-of.ts';

test.each(readVectors('partitions.tsv'))('$key goes where a Kafka client sends it', (row) => {
  const key = String(row['key']);
  for (const count of [4, 12, 64]) {
    const expected = Number(row[`of ${count}`]);
    expect(partitionOf(key, count)).toBe(expected);
    expect(partitionOf(new TextEncoder().encode(key), count)).toBe(expected);
  }
});

test('with one partition every key goes there', () => {
  expect(partitionOf('', 1)).toBe(0);
});
