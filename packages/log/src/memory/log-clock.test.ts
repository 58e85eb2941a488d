import { expect, test } from 'vitest';
import { manualClock } from './log-clock.ts';

test('a manual clock calls what falls due in order of its moment, and not what was cancelled', () => {
  const clock = manualClock(1_000);
  const called: string[] = [];
  const note = (name: string) => () => called.push(`${name} at ${clock.nowMs()}`);
  clock.after(30, note('late'));
  clock.after(10, note('early'));
  clock.after(20, note('never'))();

  clock.advance(29);
  expect(called).toEqual(['early at 1010']);
  clock.advance(1);
  expect(called).toEqual(['early at 1010', 'late at 1030']);
});

test('what is due at once does not wait for the clock to move', async () => {
  const clock = manualClock();
  const due = new Promise<string>((resolve) => clock.after(0, () => resolve('due')));

  expect(await due).toBe('due');
});
