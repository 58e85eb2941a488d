import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { identityOf } from './process-identity.ts';
import { Part } from './part.ts';
import { startStack } from './start-stack.ts';
import { startWatchdog } from './watchdog.ts';

/** A program that starts a Redis, says where it is, and stays. */
const OWNER = `
  const { startStack } = await import(process.argv[1]);
  const stack = await startStack({ parts: ['redis'] });
  console.log(JSON.stringify([stack.parts[0].pid, stack.dataFolder]));
  if (process.argv[2] === 'throw') setTimeout(() => { throw new Error('a bug'); });
  setInterval(() => {}, 60_000);
`;

const ownerEndsBy = async (how: 'SIGKILL' | 'SIGINT' | 'SIGTERM' | 'throw'): Promise<void> => {
  const url = new URL('start-stack.ts', import.meta.url).href;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', OWNER, url, how], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exit = once(owner, 'exit');
  const [line]: readonly [Buffer] = (await once(owner.stdout, 'data')) as [Buffer];
  const [pid, folder] = JSON.parse(line.toString()) as readonly [number, string];
  if (how !== 'throw') {
    expect(identityOf(pid)).toBeDefined();
    owner.kill(how);
  }
  await exit;

  await vi.waitFor(
    () => expect([identityOf(pid), existsSync(folder)]).toEqual([undefined, false]),
    {
      timeout: 10_000,
      interval: 20,
    },
  );
};

test.each(['SIGKILL', 'SIGINT', 'SIGTERM', 'throw'] as const)(
  'a stack does not outlive its program that ends by %s',
  ownerEndsBy,
);

test('two stacks that start at the same time do not disturb each other', async () => {
  const stacks = await Promise.all([1, 2].map(() => startStack({ parts: ['redis'] })));

  expect(new Set(stacks.map(({ redisUrl }) => redisUrl)).size).toBe(2);
  await Promise.all(stacks.map((stack) => stack.stop({ fast: true })));
});

test('data of a named folder is kept when the stack stops', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc named '));
  try {
    const stack = await startStack({ parts: ['redis'], dataFolder: folder });
    await stack.stop();
    expect(existsSync(path.join(folder, 'redis', 'redis.log'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a part that ends while it starts is reported with how it ended and the end of its log', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-part-'));
  const watchdog = startWatchdog([folder]);
  const part = new Part(
    {
      name: 'redis',
      program: 'redis-server',
      args: ['--no-such-setting', '1'],
      folder,
      address: '127.0.0.1:1',
      logFile: path.join(folder, 'redis.log'),
      isReady: () => Promise.resolve(false),
      readyWithinMs: 10_000,
    },
    watchdog,
  );

  part.start();

  await expect(part.ready()).rejects.toMatchObject({
    code: 'PART_FAILED',
    message: expect.stringMatching(/^redis ended with 1\. .*no-such-setting/s),
  });
  watchdog.close();
});
