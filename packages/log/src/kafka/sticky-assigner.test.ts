import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignSticky } from './sticky-assigner.ts';

const claims = fc.dictionary(fc.stringMatching(/^[a-f]{1,3}$/), fc.array(fc.nat(20)), {
  minKeys: 1,
  maxKeys: 6,
});

test('every partition goes to one member, and no member has two more than another', () => {
  fc.assert(
    fc.property(fc.nat(16), claims, (partitions, claimed) => {
      const shares = [...assignSticky(partitions, new Map(Object.entries(claimed))).values()];
      const counts = shares.map((share) => share.length);

      expect(shares.flat().toSorted((a, b) => a - b)).toEqual([...Array(partitions).keys()]);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});

test('members keep what they have when that is even', () => {
  const before = { b: [0, 3], a: [1, 2] };
  expect(assigned(4, before)).toEqual(before);
});

test('a new member takes its share and nothing else moves', () => {
  expect(assigned(6, { a: [0, 1, 2], b: [3, 4, 5], c: [] })).toEqual({
    a: [0, 1],
    b: [3, 4],
    c: [2, 5],
  });
});

test('the partitions of a member that left go to those with the fewest', () => {
  expect(assigned(5, { a: [0, 1], b: [2] })).toEqual({ a: [0, 1, 4], b: [2, 3] });
});

test('of two members who claim the same partition one gets it', () => {
  expect(assigned(2, { a: [0, 1], b: [0, 1] })).toEqual({ a: [0], b: [1] });
});

function assigned(partitions: number, before: Record<string, readonly number[]>) {
  return Object.fromEntries(assignSticky(partitions, new Map(Object.entries(before))));
}
