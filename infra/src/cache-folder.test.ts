import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOnce } from './cache-folder.ts';

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'smc cache '));
});
afterEach(() => rmSync(cache, { recursive: true }));

const options = () => ({ cache, report: () => undefined });

test('of several that want the same thing one makes it, and all get it', async () => {
  let made = 0;
  const make = async (target: string): Promise<void> => {
    made += 1;
    mkdirSync(target);
    writeFileSync(path.join(target, 'jar'), 'content');
    await new Promise(setImmediate);
  };

  const paths = await Promise.all([1, 2, 3].map(() => makeOnce('thing', make, options())));

  expect(made).toBe(1);
  expect(new Set(paths)).toEqual(new Set([path.join(cache, 'thing')]));
  expect(readdirSync(cache)).toEqual(['thing']);
});

test('what fails half way leaves nothing that looks finished, and can be made again', async () => {
  const broken = makeOnce(
    'thing',
    async (target) => {
      writeFileSync(target, 'half');
      throw new Error('no network');
    },
    options(),
  );
  await expect(broken).rejects.toThrow('no network');
  expect(readdirSync(cache)).toEqual([]);

  const file = await makeOnce('thing', async (target) => writeFileSync(target, 'whole'), options());

  expect(readFileSync(file, 'utf8')).toBe('whole');
});

test('the lock of a process that has died holds nobody up', async () => {
  writeFileSync(path.join(cache, 'thing.lock'), '4711 an-earlier-start');

  const file = await makeOnce('thing', async (target) => writeFileSync(target, ''), options());

  expect(existsSync(file)).toBe(true);
});

test('what a killed process left unfinished is cleared away, and nothing else is', async () => {
  for (const name of ['thing.4711', 'thing.4711.format', 'thing.aot', 'other.4711']) {
    mkdirSync(path.join(cache, name));
  }

  await makeOnce('thing', async (target) => writeFileSync(target, ''), options());

  expect(readdirSync(cache).sort()).toEqual(['other.4711', 'thing', 'thing.aot']);
});
