import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process that can be told from a later one with the same pid: `<pid> <when it started>`. The
 * start is the kernel's own figure (ticks since boot with the boot's id on Linux, `ps` elsewhere).
 */
export type ProcessIdentity = { readonly pid: number; readonly startedAs: string };

/** The written form of a process's identity; undefined when there is no such process. */
export function identityOf(pid: number): string | undefined {
  const startedAs = startOf(pid);
  return startedAs === undefined ? undefined : `${pid} ${startedAs}`;
}

export function parseIdentity(text: string): ProcessIdentity | undefined {
  const match = /^(\d+) (.+)$/.exec(text.trim());
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { pid: Number(match[1]), startedAs: match[2] };
}

/** Whether this very process still runs; false for another process that has got its pid. */
export function isAlive(process: ProcessIdentity): boolean {
  return startOf(process.pid) === process.startedAs;
}

function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return stdout?.trim() || undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in brackets and may hold anything; fields count after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    // A zombie has ended; only its parent has not asked for its exit code yet.
    return state === 'Z' || state === 'X' || ticks === undefined
      ? undefined
      : `${bootId()}-${ticks}`;
  } catch {
    return undefined;
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
}
