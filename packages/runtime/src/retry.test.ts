import { expect, test } from 'vitest';
import { silentLogger } from './logger.ts';
import { createReadiness } from './readiness.ts';
import { createBackoff, untilReachable } from './retry.ts';

const away = () => Object.assign(new Error('no answer'), { retriable: true });
const backoff = { firstMs: 1, maxMs: 2 };

function waiting() {
  const readiness = createReadiness();
  const stopping = new AbortController();
  const common = { name: 'registry', random: () => 0.5, logger: silentLogger, backoff };
  return { readiness, stopping, options: { ...common, readiness, signal: stopping.signal } };
}

test('waits double up to the maximum and begin anew after success', () => {
  const waits = createBackoff({ firstMs: 100, maxMs: 1000 }, () => 0);
  const four = () => [waits.nextMs(), waits.nextMs(), waits.nextMs(), waits.nextMs()];

  expect([...four(), waits.nextMs(), waits.nextMs()]).toEqual([100, 200, 400, 800, 1000, 1000]);
  waits.reset();
  expect(waits.nextMs()).toBe(100);
  expect(createBackoff({ firstMs: 100, maxMs: 1000 }, () => 0.999).nextMs()).toBe(50);
});

test('a dependency that comes late is waited for, and readiness names it meanwhile', async () => {
  const { readiness, options } = waiting();
  const seen: (readonly string[])[] = [];
  const value = await untilReachable(async () => {
    seen.push(readiness.reasons());
    if (seen.length < 3) throw away();
    return 'here';
  }, options);

  expect(value).toBe('here');
  expect(seen).toEqual([[], ['registry: no answer'], ['registry: no answer']]);
  expect(readiness.reasons()).toEqual([]);
});

test('a fault that waiting cannot mend ends it at once', async () => {
  await expect(
    untilReachable(() => Promise.reject(new Error('wrong password')), waiting().options),
  ).rejects.toThrow('wrong password');
});

test('being told to stop ends the waiting', async () => {
  const { stopping, options } = waiting();
  const failing = async () => {
    stopping.abort(new Error('stopping'));
    throw away();
  };

  await expect(untilReachable(failing, options)).rejects.toThrow('stopping');
});
