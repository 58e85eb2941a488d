import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * Reads lines until its input ends, which happens when the process that holds the other end is
 * gone, however it died: then it kills the process groups it was told of and removes the folders.
 * A shell is enough for that, and costs one megabyte.
 */
const SCRIPT = `
trap '' INT TERM HUP
pids=''
set --
while read -r verb value; do
  case $verb in
    watch) pids="$pids $value" ;;
    gone) kept=''; for pid in $pids; do [ "$pid" = "$value" ] || kept="$kept $pid"; done; pids=$kept ;;
    folder) set -- "$@" "$value" ;;
  esac
done
for pid in $pids; do kill -9 "-$pid"; done
tries=0
for pid in $pids; do
  while kill -0 "-$pid" && [ $tries -lt 50 ]; do tries=$((tries + 1)); sleep 0.1; done
done
for folder in "$@"; do rm -rf -- "$folder"; done
`;

/** Cleans up after this process, also when it is killed with SIGKILL. */
export type Watchdog = {
  /** From now on the process group of `pid` does not outlive this process. */
  watch(pid: number): void;
  gone(pid: number): void;
  /** Everything was cleaned up in good order. */
  close(): void;
};

/** Starts the watchdog; `folders` are removed at the end, and their names hold no line end. */
export function startWatchdog(folders: readonly string[]): Watchdog {
  // Its own session: a Ctrl-C at the terminal must not reach it before it has done its work.
  const child = spawn('/bin/sh', ['-c', SCRIPT], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  const { stdin } = child;
  if (stdin instanceof Socket) stdin.unref();
  // A watchdog that was killed itself can't help any more; the stack goes on without it.
  stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  const say = (line: string): void => {
    if (stdin.writable) stdin.write(`${line}\n`);
  };
  for (const folder of folders) say(`folder ${folder}`);
  return {
    watch: (pid) => say(`watch ${pid}`),
    gone: (pid) => say(`gone ${pid}`),
    close: () => stdin.end(),
  };
}
