import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { must } from '@smc/domain';
import { startWatchdog, type Watchdog } from '@smc/infra';
import { endsWithin } from '@smc/runtime';

/** The checkout: this file is packages/operator/src/demo/service-process.ts. */
export const CHECKOUT = path.resolve(import.meta.dirname, '../../../..');

export type ServiceSpec = {
  /** The folder under `services/`. */
  readonly service: string;
  /** Its name in logs, where several of one service run: `router-2`. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where its log is written. */
  readonly logFolder: string;
  /** Another program than the service's own main.ts; for tests. */
  readonly program?: string;
};

/** How long a service may take to be ready, and to stop when it is told to. */
const READY_MS = 60_000;
const STOP_MS = 12_000;
const LOG_LINES_SHOWN = 15;

/** A service did not start, or ended by itself. Its message holds the end of its log. */
export class ServiceEnded extends Error {
  override readonly name = 'ServiceEnded';
}

/** One service as a process of its own; never left behind. */
export class ServiceProcess {
  readonly name: string;
  readonly logFile: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;
  readonly #ready: Promise<Readonly<Record<string, string>>>;
  #stopping = false;

  private constructor(spec: ServiceSpec) {
    this.name = spec.name;
    this.logFile = path.join(spec.logFolder, `${spec.name}.log`);
    const program = spec.program ?? path.join(CHECKOUT, 'services', spec.service, 'src/main.ts');
    const log = openSync(this.logFile, 'a');
    this.#child = spawn(process.execPath, [program], {
      cwd: CHECKOUT,
      stdio: ['ignore', 'pipe', log],
      // A group of its own: Ctrl-C reaches us alone, and we stop the services in order.
      detached: true,
      env: { ...process.env, ...spec.environment },
    });
    closeSync(log);
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
      this.#child.once('error', (error) => resolve(error.message));
    });
    this.#ready = this.#readyLine();
  }

  /** Starts the service; `ready` tells when it can work. */
  static start(spec: ServiceSpec): ServiceProcess {
    const service = new ServiceProcess(spec);
    watchdog ??= startWatchdog([]);
    const { pid } = service;
    watchdog.watch(pid);
    void service.#ended.then(() => watchdog?.gone(pid));
    return service;
  }

  get pid(): number {
    return must(this.#child.pid, `${this.name} has a process`);
  }

  /** The addresses of its doors, once it can work. Throws ServiceEnded when it never can. */
  async ready(): Promise<Readonly<Record<string, string>>> {
    const ended = this.#ended.then((how) => {
      throw this.#failure(`${this.name} ended before it was ready (${how})`);
    });
    if (!(await endsWithin(Promise.race([this.#ready, ended]), READY_MS))) {
      throw this.#failure(`${this.name} was not ready within ${READY_MS / 1000} s`);
    }
    return this.#ready;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves with how the process ended. */
  get ended(): Promise<string> {
    return this.#ended;
  }

  /** Told to stop; killed when it does not. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#child.kill('SIGTERM');
    if (!(await endsWithin(this.#ended, STOP_MS))) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #readyLine(): Promise<Readonly<Record<string, string>>> {
    return new Promise((resolve) => {
      const lines = createInterface({ input: must(this.#child.stdout, 'stdout is piped') });
      lines.on('line', (line) => {
        const ready: unknown = parse(line);
        if (isReady(ready)) resolve(ready);
      });
    });
  }

  #failure(what: string): ServiceEnded {
    const tail = readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN);
    return new ServiceEnded([`${what}; the end of ${this.logFile}:`, ...tail].join('\n  '));
  }
}

/** Whatever way this process ends, SIGKILL too, no service outlives it. */
let watchdog: Watchdog | undefined;

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isReady(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'event' in value &&
    value.event === 'service.ready'
  );
}
