import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { StackFault } from './stack-fault.ts';
import type { Watchdog } from './watchdog.ts';

/** How long a part may take to end in good order before it is killed. */
const STOP_MS = 20_000;
/** How many of a log's last lines an error shows. */
const LOG_LINES = 30;
const READY_POLL_MS = 50;

/** How one process of the stack is run. */
export type PartSpec = {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** host:port, for people. */
  readonly address: string;
  /** Takes stdout and stderr; appended to, so that a restart keeps the story. */
  readonly logFile: string;
  /** One quick look at whether it serves; false while it starts. */
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs: number;
};

/** In good order, by force after `withinMs` (20 seconds); `fast` uses force at once. */
export type StopOptions = { readonly fast?: boolean; readonly withinMs?: number };

/**
 * One process of the stack, restartable. It runs in its own process group, so that Ctrl-C reaches
 * the program that owns the stack and not the parts behind its back.
 */
export class Part {
  readonly spec: PartSpec;
  readonly #watchdog: Watchdog;
  #child: ChildProcess | undefined;
  #exit: Promise<unknown> = Promise.resolve();
  #end: string | undefined;

  constructor(spec: PartSpec, watchdog: Watchdog) {
    this.spec = spec;
    this.#watchdog = watchdog;
  }

  /** The pid while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the process without waiting for it to serve; does nothing when it runs. */
  start(): void {
    if (this.#child !== undefined) return;
    const { program, args, folder, logFile, name } = this.spec;
    const log = openSync(logFile, 'a');
    const child = spawn(program, args, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    this.#end = undefined;
    const { pid } = child;
    if (pid !== undefined) this.#watchdog.watch(pid);
    this.#exit = once(child, 'exit').then(
      ([code, signal]) => this.#ended(pid, `${name} ended with ${String(code ?? signal)}`),
      (error: unknown) => this.#ended(pid, `${name} did not start: ${String(error)}`),
    );
  }

  #ended(pid: number | undefined, how: string): void {
    this.#child = undefined;
    this.#end = how;
    if (pid !== undefined) this.#watchdog.gone(pid);
  }

  /** Resolves when the part serves; faults with the end of its log when it ends or is late. */
  async ready(): Promise<void> {
    const deadline = Date.now() + this.spec.readyWithinMs;
    while (!(await this.spec.isReady())) {
      this.assertRunning();
      if (Date.now() > deadline) {
        throw this.#fault(`${this.spec.name} did not serve within ${this.spec.readyWithinMs} ms`);
      }
      await delay(READY_POLL_MS);
    }
  }

  /** Faults when the process has ended. */
  assertRunning(): void {
    if (this.#child === undefined)
      throw this.#fault(this.#end ?? `${this.spec.name} is not started`);
  }

  #fault(what: string): StackFault {
    const lines = lastLines(this.spec.logFile);
    const taken = /address already in use|failed to bind|port \d+ (?:is )?in use/i.test(lines);
    return new StackFault(
      taken ? 'PORT_TAKEN' : 'PART_FAILED',
      `${what}. The end of its log:\n${lines}`,
    );
  }

  /** Sends a signal to the process and all it has started; nothing when it does not run. */
  signal(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // It ended between the look and the call: what was wanted has happened.
    }
  }

  /** Sends a signal that ends the process, and waits for its end. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.signal(signal);
    await this.#exit;
  }

  async stop({ fast = false, withinMs = STOP_MS }: StopOptions = {}): Promise<void> {
    if (this.pid === undefined) return;
    // A paused process would take no notice of SIGTERM.
    this.signal('SIGCONT');
    this.signal(fast ? 'SIGKILL' : 'SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), withinMs);
    await this.#exit;
    clearTimeout(timer);
  }

  /** From now on the process outlives this program. */
  detach(): void {
    if (this.pid !== undefined) this.#watchdog.gone(this.pid);
    this.#child?.unref();
  }
}

/** The end of a text file, or a word that there is none. */
export function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n');
  } catch {
    return '(no log)';
  }
}
