import { expect, test } from 'vitest';
import { assert, BugError, must, unreachable } from './assert.ts';
import { accept, refuse, type Result } from './result.ts';

test('an outcome is either a value or a refusal', () => {
  const outcomes: Result<number, string>[] = [accept(7), refuse('TOO_LARGE')];
  const told = outcomes.map((outcome) => (outcome.ok ? outcome.value : outcome.refusal));
  expect(told).toEqual([7, 'TOO_LARGE']);
});

test('what the program guarantees and does not hold is a bug', () => {
  expect(() => assert(Number.isNaN(1), 'one is a number')).toThrow(BugError);
  expect(() => must(undefined, 'there is one')).toThrow(BugError);
  expect(() => must(null, 'there is one')).toThrow('there is one');
  expect(() => unreachable('a new kind' as never)).toThrow('unexpected value "a new kind"');
});

test('a value that is there is given back, also when it is empty', () => {
  expect([must(0, 'zero'), must('', 'text'), must(false, 'no')]).toEqual([0, '', false]);
});
