import { parentPort, Worker, workerData } from 'node:worker_threads';
import { must } from '@smc/domain';

/**
 * A thread of the benchmark as its starter sees it: it says `ready` once, takes `go` and `stop`,
 * and ends with one result. An error in it rejects whatever is waited for.
 */
export class BenchThread<T> {
  readonly #worker: Worker;
  readonly ready: Promise<unknown>;
  readonly result: Promise<T>;

  constructor(file: string, data: object) {
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: data });
    this.ready = this.#message((said): said is 'ready' => said === 'ready');
    this.result = this.#message((said): said is T => said !== 'ready');
    // Each is waited for in its turn; until then a failure is not unhandled.
    for (const promise of [this.ready, this.result]) promise.catch(() => undefined);
  }

  tell(what: 'go' | 'stop'): void {
    this.#worker.postMessage(what);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #message<M>(isIt: (said: unknown) => said is M): Promise<M> {
    return new Promise((resolve, reject) => {
      this.#worker.on('message', (said: unknown) => isIt(said) && resolve(said));
      this.#worker.once('error', reject);
      this.#worker.once('exit', () => reject(new Error('a thread of the benchmark ended early')));
    });
  }
}

/** The other side. `T` is what the starter gave as data. */
export function threadSide<T>() {
  const port = must(parentPort, 'runs as a thread of the benchmark');
  const data: T = workerData;
  return {
    data,
    ready: () => port.postMessage('ready'),
    finish(result: object) {
      port.postMessage(result);
      port.close();
    },
    told: (what: 'go' | 'stop') =>
      new Promise<void>((resolve) => {
        port.on('message', (said: unknown) => said === what && resolve());
      }),
  };
}

/** Milliseconds since 1970 with a fraction: the same for every thread and process of a machine. */
export const preciseNowMs = (): number => performance.timeOrigin + performance.now();
