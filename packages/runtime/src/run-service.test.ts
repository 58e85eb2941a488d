import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { integerSetting } from './settings.ts';
import type { ServiceHost } from './process-host.ts';
import { runService, type ServiceContext } from './run-service.ts';

const settings = {
  count: integerSetting('SMC_COUNT', { help: 'a count', fallback: '1', min: 1, max: 9 }),
};
type Context = ServiceContext<{ readonly count: number }>;

function playedHost(env: Record<string, string> = {}, args: readonly string[] = []) {
  const seen = { out: '', err: '', codes: [] as number[], exits: [] as number[] };
  const listeners: ((name: string, count: number) => void)[] = [];
  const printed = Promise.withResolvers<void>();
  const host: ServiceHost = {
    env,
    args,
    print(text) {
      seen.out += text;
      printed.resolve();
    },
    complain: (text) => (seen.err += text),
    setExitCode: (code) => seen.codes.push(code),
    exit: (code) => seen.exits.push(code),
    onSignal(listener) {
      listeners.push(listener);
      return () => undefined;
    },
    onCrash: () => undefined,
    exitWhenLingering: () => undefined,
  };
  const signal = (count: number) => listeners.forEach((listener) => listener('SIGTERM', count));
  return { host, seen, signal, printed: printed.promise };
}

test('a wrong configuration ends with code 2 and a list, and nothing is started', async () => {
  const { host, seen } = playedHost({ SMC_COUNT: 'x', SMC_LOG_LEVEL: 'loud' });
  await runService(
    { name: 'router', settings, start: () => Promise.reject(new Error('no')) },
    host,
  );

  expect(seen.codes).toEqual([2]);
  expect(seen.err).toContain('SMC_COUNT: a whole number from 1 to 9 expected');
  expect(seen.err).toContain('SMC_LOG_LEVEL: one of');
  expect(seen.err).not.toContain(' at ');
});

test('--help lists the settings and starts nothing', async () => {
  const { host, seen } = playedHost({ SMC_COUNT: 'x' }, ['--help']);
  await runService(
    { name: 'router', settings, start: () => Promise.reject(new Error('no')) },
    host,
  );

  expect(seen.out).toContain('SMC_COUNT');
  expect(seen.codes).toEqual([]);
});

test('the ready line comes when nothing is waited for any more, with the health door', async () => {
  const { host, seen, signal, printed } = playedHost();
  const started = Promise.withResolvers<Context>();
  const start = async (context: Context) => {
    context.readiness.set('kafka', 'kafka: no answer');
    started.resolve(context);
    return { stop: () => Promise.resolve(), doors: { http: 'http://127.0.0.1:1' } };
  };
  const ended = runService({ name: 'router', settings, start }, host);
  const { readiness } = await started.promise;
  expect(seen.out).toBe('');

  readiness.clear('kafka');
  await printed;
  const line = JSON.parse(seen.out);
  expect(line).toMatchObject({ event: 'service.ready', service: 'router' });
  expect(line.http).toBe('http://127.0.0.1:1');
  expect((await fetch(`${line.health}/health/ready`)).status).toBe(200);

  signal(1);
  await ended;
  expect(seen.codes).toEqual([]);
  await expect(fetch(`${line.health}/health/live`)).rejects.toThrow();
});

test('a second signal ends the process at once, also in the middle of draining', async () => {
  const { host, seen, signal, printed } = playedHost();
  const stopped = Promise.withResolvers<void>();
  const start = () => Promise.resolve({ stop: () => stopped.promise });
  const ended = runService({ name: 'router', settings, start }, host);
  await printed;

  signal(1);
  signal(2);
  expect(seen.exits).toEqual([1]);
  stopped.resolve();
  await ended;
});

test('a start that fails, and a service that gives up, end with code 1', async () => {
  const failing = playedHost();
  const start = () => Promise.reject(new Error('broken'));
  await runService({ name: 'router', settings, start }, failing.host);
  expect(failing.seen.codes).toEqual([1]);
  expect(failing.seen.err).toContain('service.failed');

  const givingUp = playedHost();
  let stops = 0;
  const stop = async () => void stops++;
  const giveUp = async ({ fail }: Context) => {
    fail(Object.assign(new Error('schema missing'), { retriable: false, code: 'X' }));
    return { stop };
  };
  await runService({ name: 'router', settings, start: giveUp }, givingUp.host);
  expect(givingUp.seen.codes).toEqual([1]);
  expect(stops).toBe(1);
});

test('being told to stop while it still waits to start is an end in good order', async () => {
  const { host, seen, signal } = playedHost();
  const start = async ({ signal: stopping }: Context) => {
    signal(1);
    stopping.throwIfAborted();
    return { stop: () => Promise.resolve() };
  };
  await runService({ name: 'router', settings, start }, host);

  expect(seen.codes).toEqual([]);
  expect(seen.out).toBe('');
});

test('a real process prints its ready line, drains on SIGTERM and ends with code 0', async () => {
  const main = `
    import { runService } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const start = async () => {
      const work = setInterval(() => {}, 1000);
      return { stop: async () => clearInterval(work) };
    };
    await runService({ name: 'played', settings: {}, start });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', main], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { SMC_LOG_LEVEL: 'error' },
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  expect(JSON.parse(String(line))).toMatchObject({ event: 'service.ready', service: 'played' });

  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
