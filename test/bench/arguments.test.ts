import { expect, test } from 'vitest';
import { HELP, readArguments } from './arguments.ts';

const read = (...args: readonly string[]) => readArguments(args);

test('without options all three are measured, plain on fewer cases', () => {
  expect(read()).toMatchObject({
    ok: true,
    value: {
      workers: ['ours', 'good', 'plain'],
      cases: 200_000,
      plainCases: 20_000,
      perSecond: 1_000,
      seconds: 30,
      profile: false,
    },
  });
});

test('--quick is smaller, and what is given beats it', () => {
  expect(read('--quick', '--seconds', '9', '--only', 'good')).toMatchObject({
    ok: true,
    value: { workers: ['good'], cases: 20_000, seconds: 9 },
  });
});

test('a profile is of ours alone', () => {
  expect(read('--profile', '--only', 'plain')).toMatchObject({
    ok: true,
    value: { workers: ['ours'], profile: true },
  });
});

test.each([
  [['--cases', 'many'], '--cases takes a whole number'],
  [['--rate', '0'], '--rate takes a whole number'],
  [['--only', 'java'], '--only takes ours, good, plain'],
  [['--fast'], '--fast'],
])('%j is refused', (args, reason) => {
  expect(readArguments(args)).toMatchObject({
    ok: false,
    refusal: expect.stringContaining(reason),
  });
});

test('the help names every option and shows an example', () => {
  expect(read('--help', '--quick')).toEqual({ ok: true, value: 'help' });
  for (const option of [
    '--quick',
    '--cases',
    '--rate',
    '--seconds',
    '--only',
    '--profile',
    '--json',
  ]) {
    expect(HELP).toContain(option);
  }
  expect(HELP).toContain('Example:');
});
