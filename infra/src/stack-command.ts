import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder, takeLock } from './cache-folder.ts';
import { identityOf, isAlive, parseIdentity } from './process-identity.ts';
import { reportOnStderr, withProgress, type Report } from './progress.ts';
import { readState, writeState, type StackState, type StatePart } from './stack-state.ts';
import type { Stack } from './stack.ts';
import { startStack } from './start-stack.ts';

/**
 * The stack that stays: `up` starts the parts, writes their addresses and process identities to
 * `.cache/stack/state.json` and lets go of them; `down`, `status` and `reset` find them there. A
 * process is only ever signalled when it is the very one that `up` started. One command at a time
 * works on a checkout's stack; the others wait.
 */
export type StackCommandOptions = {
  readonly onProgress?: Report;
  /** `.cache/stack` of this checkout by default. */
  readonly folder?: string;
};

export type StackPartStatus = {
  readonly name: string;
  readonly running: boolean;
  readonly pid: number | undefined;
  readonly address: string;
  /** ISO time since which it runs. */
  readonly since: string | undefined;
  readonly logFile: string;
};

export type StackStatus = {
  /** Every part runs. */
  readonly running: boolean;
  /** Empty when the stack was never started, or reset. */
  readonly parts: readonly StackPartStatus[];
  /** Where the stack is, or was the last time. */
  readonly addresses: StackAddresses | undefined;
};

export type StackAddresses = Pick<StackState, 'bootstrapServers' | 'registryUrl' | 'redisUrl'>;

const STACK_FOLDER = path.join(cacheFolder, 'stack');
/** Kafka and the registry end within three seconds; then they are killed. */
const DOWN_MS = 20_000;
const POLL_MS = 50;

/** Starts the stack on its kept data, or finds it running; resolves when every part serves. */
export function stackUp(options: StackCommandOptions = {}): Promise<StackStatus> {
  return alone(options, async ({ folder, report }) => {
    if (statusIn(folder).running) return statusIn(folder);
    // A stack of which a part has died starts anew as a whole.
    await endParts(folder, report);
    const stack = await startStack({
      dataFolder: path.join(folder, 'data'),
      ports: readState(folder)?.ports ?? [],
      report,
    });
    writeState(folder, stateOf(stack));
    stack.detach();
    return statusIn(folder);
  });
}

/** Stops the stack in good order and keeps its data. */
export function stackDown(options: StackCommandOptions = {}): Promise<StackStatus> {
  return alone(options, async ({ folder, report }) => {
    await endParts(folder, report);
    return statusIn(folder);
  });
}

/** What runs, where, and since when. */
export function stackStatus({ folder = STACK_FOLDER }: StackCommandOptions = {}): StackStatus {
  return statusIn(folder);
}

/** Stops the stack and deletes topics, schemas and Redis, whose ids belong together. */
export function stackReset(options: StackCommandOptions = {}): Promise<StackStatus> {
  return alone(options, async ({ folder, report }) => {
    await endParts(folder, report);
    rmSync(path.join(folder, 'data'), { recursive: true, force: true });
    rmSync(path.join(folder, 'state.json'), { force: true });
    return statusIn(folder);
  });
}

type Workplace = { readonly folder: string; readonly report: Report };

async function alone<T>(
  { folder = STACK_FOLDER, onProgress = reportOnStderr }: StackCommandOptions,
  work: (place: Workplace) => Promise<T>,
): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const release = await takeLock(path.join(folder, 'lock'), () =>
    onProgress('waiting for another command that works on the stack'),
  );
  try {
    return await work({ folder, report: onProgress });
  } finally {
    release();
  }
}

function statusIn(folder: string): StackStatus {
  const state = readState(folder);
  if (state === undefined) return { running: false, parts: [], addresses: undefined };
  const { bootstrapServers, registryUrl, redisUrl } = state;
  const parts = state.parts.map((part) => {
    const { name, address, logFile, pid, since } = part;
    return runs(part)
      ? { name, running: true, pid, address, since, logFile }
      : { name, running: false, pid: undefined, address, since: undefined, logFile };
  });
  return {
    running: parts.every(({ running }) => running),
    parts,
    addresses: { bootstrapServers, registryUrl, redisUrl },
  };
}

function runs({ process: written }: StatePart): boolean {
  const identity = parseIdentity(written);
  return identity !== undefined && isAlive(identity);
}

async function endParts(folder: string, report: Report): Promise<void> {
  const running = (): readonly StatePart[] => readState(folder)?.parts.filter(runs) ?? [];
  if (running().length === 0) return;
  await withProgress('stopping the stack', report, async () => {
    // A paused part would take no notice of SIGTERM.
    for (const signal of ['SIGCONT', 'SIGTERM'] as const) signalAll(running(), signal);
    const deadline = Date.now() + DOWN_MS;
    while (running().length > 0) {
      if (Date.now() > deadline) signalAll(running(), 'SIGKILL');
      await delay(POLL_MS);
    }
  });
}

function signalAll(parts: readonly StatePart[], signal: NodeJS.Signals): void {
  for (const { pid } of parts) {
    try {
      process.kill(-pid, signal);
    } catch {
      // It ended since we looked.
    }
  }
}

function stateOf(stack: Stack): StackState {
  const since = new Date().toISOString();
  const parts = stack.parts.flatMap(({ name, address, logFile, pid }) => {
    const process = pid === undefined ? undefined : identityOf(pid);
    return pid === undefined || process === undefined
      ? []
      : [{ name, address, logFile, pid, process, since }];
  });
  const { bootstrapServers, registryUrl, redisUrl, ports } = stack;
  return { version: 1, bootstrapServers, registryUrl, redisUrl, ports, parts };
}
