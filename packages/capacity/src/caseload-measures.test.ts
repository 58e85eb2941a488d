import { expect, test } from 'vitest';
import { loadPerHour, rankByLoad, spread, weightedLoad } from './caseload-measures.ts';
import { decimals, ratio } from './ratio.ts';

test('E39 a client who needs little weighs less: 60 of 1 and 90 of 0.1 are 69', () => {
  const parts = [
    { clients: 60, weightThousandths: 1000 },
    { clients: 90, weightThousandths: 100 },
  ];
  expect(weightedLoad(parts)).toBe(69_000);
});

test('a load without hours stands first, and is no figure', () => {
  const none = { name: 'none', perHour: loadPerHour(1000, 0) };
  expect(none.perHour).toBeUndefined();
  const loads = [
    { name: 'low', perHour: ratio(1) },
    none,
    { name: 'high', perHour: ratio(5, 2) },
    { name: 'also none', perHour: undefined },
  ];
  expect(rankByLoad(loads).map(({ name }) => name)).toEqual(['none', 'also none', 'high', 'low']);
});

test('D08 the spread is the highest over the lowest, and none when one has no load or no hours', () => {
  const two = spread([ratio(4), ratio(2), ratio(3)]);
  expect(two && decimals(two, 2)).toBe('2.00');
  expect(spread([ratio(4), ratio(0)])).toBeUndefined();
  expect(spread([ratio(4), undefined])).toBeUndefined();
  expect(spread([])).toBeUndefined();
});
