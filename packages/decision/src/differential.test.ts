import { expect, test } from 'vitest';
import { compareDecisions, neverOccurred } from './testing/naive/differential.ts';

test('the decision and the naive one agree on random lives in random organisations, and everything that can be decided occurs', () => {
  const found = compareDecisions({ cases: 20_000, seed: 4 });
  expect(found.difference).toBeUndefined();
  expect(neverOccurred(found)).toEqual([]);
  expect(found.cases).toBeGreaterThanOrEqual(20_000);
});
