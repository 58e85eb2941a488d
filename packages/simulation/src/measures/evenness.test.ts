import { expect, test } from 'vitest';
import { evenness, WeightedMean } from './evenness.ts';

test('all of one kind is 0, all kinds alike is 1', () => {
  expect(evenness([8], 4)).toBe(0);
  expect(evenness([2, 2, 2, 2], 4)).toBeCloseTo(1);
  expect(evenness([1, 1], 4)).toBeCloseTo(0.5);
});

test('where there is nothing to spread, or nothing to spread over, there is no evenness', () => {
  expect(evenness([], 4)).toBeUndefined();
  expect(evenness([0, 0], 4)).toBeUndefined();
  expect(evenness([5], 1)).toBeUndefined();
});

test('a mean weighs its values, and of nothing there is none', () => {
  const mean = new WeightedMean();
  expect(mean.value).toBeUndefined();
  mean.add(1, 3);
  mean.add(0, 1);
  expect(mean.value).toBe(0.75);
});
