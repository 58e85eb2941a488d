import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withProgress } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const takes = (ms: number) => () =>
  new Promise<string>((done) => setTimeout(() => done('made'), ms));

test('work under two seconds is not talked about', async () => {
  const lines: string[] = [];

  const value = withProgress('fetching', (line) => lines.push(line), takes(1_900));
  await vi.advanceTimersByTimeAsync(10_000);

  expect(await value).toBe('made');
  expect(lines).toEqual([]);
});

test('longer work says what is being done and how long so far, and when it is done', async () => {
  const lines: string[] = [];

  const value = withProgress('fetching', (line) => lines.push(line), takes(8_000));
  await vi.advanceTimersByTimeAsync(20_000);

  expect(await value).toBe('made');
  expect(lines).toEqual([
    'fetching: 2.0 s so far',
    'fetching: 7.0 s so far',
    'fetching: done in 8.0 s',
  ]);
});
