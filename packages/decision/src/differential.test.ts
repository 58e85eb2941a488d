import { expect, test } from 'vitest';
import { compareDecisions, neverOccurred } from './testing/naive/differential.ts';

/** `npm run test:long` compares a million; mutation testing, which repeats this, makes do with few. */
const CASES = Number(process.env['SMC_DIFFERENTIAL_CASES'] ?? 20_000);
const CASES_THAT_SHOW_ALL = 20_000;

test('the decision and the naive one agree on random lives in random organisations, in which everything that can be decided occurs', () => {
  const found = compareDecisions({ cases: CASES, seed: 4 });
  expect(found.difference).toBeUndefined();
  expect(found.cases).toBeGreaterThanOrEqual(CASES);
  expect(CASES < CASES_THAT_SHOW_ALL ? [] : neverOccurred(found)).toEqual([]);
});
