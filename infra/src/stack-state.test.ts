import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identityOf } from './process-identity.ts';
import { stackDown, stackStatus } from './stack-command.ts';
import { readState, stateFileIn, writeState, type StackState } from './stack-state.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'smc-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const stateWith = (pid: number, process: string): StackState => ({
  version: 1,
  bootstrapServers: '127.0.0.1:1',
  registryUrl: 'http://127.0.0.1:2',
  redisUrl: 'redis://127.0.0.1:3',
  ports: [2, 3, 1, 4],
  parts: [
    {
      name: 'redis',
      address: '127.0.0.1:3',
      logFile: 'redis.log',
      pid,
      process,
      since: '2026-01-01T00:00:00.000Z',
    },
  ],
});

/** A process in a group of its own, as the parts are. */
function sleeper() {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  return { pid: child.pid ?? 0, child, ended: once(child, 'exit') };
}

test('a state that was written is read back', () => {
  const state = stateWith(4711, '4711 boot-5');

  writeState(folder, state);

  expect(readState(folder)).toEqual(state);
});

test('a damaged or foreign state file is as good as none, so nothing is signalled for it', () => {
  expect(readState(folder)).toBeUndefined();
  for (const content of ['{', '[]', '{"version":2}', JSON.stringify(stateWith(1, '1 x'))]) {
    writeFileSync(stateFileIn(folder), content);
    expect(readState(folder), content).toBeUndefined();
  }
});

test('a part runs when its very process does, and down ends it', async () => {
  const { pid, ended } = sleeper();
  writeState(folder, stateWith(pid, identityOf(pid) ?? ''));

  expect(stackStatus({ folder })).toMatchObject({ running: true, parts: [{ name: 'redis', pid }] });
  const after = await stackDown({ folder, onProgress: () => undefined });

  expect(after).toMatchObject({ running: false, parts: [{ name: 'redis', running: false }] });
  expect(await ended).toEqual([null, 'SIGTERM']);
});

test('another process that has got the pid of a part is left alone', async () => {
  const { pid, child, ended } = sleeper();
  writeState(folder, stateWith(pid, `${pid} an-earlier-start`));

  const after = await stackDown({ folder, onProgress: () => undefined });

  expect(after.parts).toMatchObject([{ running: false, pid: undefined }]);
  expect(identityOf(pid)).toBeDefined();
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
});
