import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { identityOf, isAlive, parseIdentity } from './process-identity.ts';
import type { Report } from './progress.ts';

/** The folder of this checkout. */
export const checkoutFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Everything that is fetched or made once; git ignores it and it may be deleted at any time. */
export const cacheFolder = path.join(checkoutFolder, '.cache');

/** How long a waiting process sleeps before it looks at a lock again. */
const LOCK_POLL_MS = 200;
/** A lock that names no owner for this long was left by a process that died writing it. */
const LOCK_UNSIGNED_MS = 5_000;

export type MakeOptions = { readonly report: Report; readonly cache: string };

/**
 * Resolves with the path of `name` in the cache, made by `make` where it does not exist. `make`
 * fills a path beside it, which gets its final name only when it is complete: an interrupted run
 * leaves nothing that looks finished. Of several processes one makes it and the others wait; where
 * two make it nevertheless, the first to finish wins and both get the same complete thing.
 */
export async function makeOnce(
  name: string,
  make: (target: string) => Promise<void>,
  { report, cache }: MakeOptions,
): Promise<string> {
  const final = path.join(cache, name);
  if (existsSync(final)) return final;
  mkdirSync(cache, { recursive: true });
  const release = await takeLock(`${final}.lock`, () =>
    report(`waiting for ${name}, which another process makes`),
  );
  const unfinished = `${final}.${process.pid}`;
  try {
    if (existsSync(final)) return final;
    // We hold the lock: what others left unfinished is of processes that were killed.
    removeUnfinished(name, cache);
    await make(unfinished);
    try {
      renameSync(unfinished, final);
    } catch (error) {
      if (!existsSync(final)) throw error;
    }
    return final;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    release();
  }
}

function removeUnfinished(name: string, cache: string): void {
  for (const entry of readdirSync(cache)) {
    if (!entry.startsWith(`${name}.`) || !/^\d+(?:\.|$)/.test(entry.slice(name.length + 1)))
      continue;
    rmSync(path.join(cache, entry), { recursive: true, force: true });
  }
}

/** Takes the lock file, waiting for a living owner; returns what gives it back. */
export async function takeLock(file: string, onWait: () => void): Promise<() => void> {
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(file, identityOf(process.pid) ?? '', { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (ownerIsGone(file)) rmSync(file, { force: true });
    else {
      if (!waited) onWait();
      await delay(LOCK_POLL_MS);
    }
  }
}

function ownerIsGone(file: string): boolean {
  try {
    const owner = parseIdentity(readFileSync(file, 'utf8'));
    if (owner !== undefined) return !isAlive(owner);
    return Date.now() - statSync(file).mtimeMs > LOCK_UNSIGNED_MS;
  } catch {
    return false;
  }
}
