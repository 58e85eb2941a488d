import { LogFault } from '@smc/log';
import type { BatchLimits } from './batch.ts';
import type { RouterReports } from './reports.ts';
import type { RouterTask } from './router-task.ts';

/** What a supervised task needs of the outside. */
export type SupervisorDeps = {
  readonly createTask: (partition: number, limits: BatchLimits) => RouterTask;
  readonly limits: BatchLimits;
  readonly reports: RouterReports;
  /** Waits a little longer at each call in a row; ends early when `signal` aborts. */
  readonly pause: (attempt: number, signal: AbortSignal) => Promise<void>;
  /** A bug, not a fault: the process must end and start again. */
  readonly onBug: (error: unknown) => void;
};

/** After a fault that no rebuild mends (a missing right, a lost stretch of the log), look rarely. */
const HOPELESS_ATTEMPT = 1_000;

/**
 * Keeps one task alive for each partition that the group has given us.
 *
 * A task that fails is dropped with its memory and built anew, after a pause that grows; one that
 * was fenced waits the same way, so that two processes which both believe that they own a
 * partition do not fence each other in a circle: the group's next word stops the wrong one.
 */
export class Supervisor {
  readonly #deps: SupervisorDeps;
  readonly #kept = new Map<number, KeptTask>();

  constructor(deps: SupervisorDeps) {
    this.#deps = deps;
  }

  /** The partitions that are ours from now on; those that are no longer in the list are stopped. */
  assign(partitions: readonly number[]): void {
    for (const partition of this.#kept.keys()) {
      if (!partitions.includes(partition)) void this.#release(partition);
    }
    for (const partition of partitions) {
      if (!this.#kept.has(partition)) {
        this.#kept.set(partition, new KeptTask(this.#deps, partition));
      }
    }
  }

  /** Stops every task and waits for the transactions under way. */
  async stop(): Promise<void> {
    await Promise.all([...this.#kept.keys()].map((partition) => this.#release(partition)));
  }

  /** Where each running task stands in its intake partition. */
  positions(): ReadonlyMap<number, number> {
    const positions = new Map<number, number>();
    for (const [partition, { task }] of this.#kept) {
      if (task?.state === 'running') positions.set(partition, task.intakeNext);
    }
    return positions;
  }

  async #release(partition: number): Promise<void> {
    const kept = this.#kept.get(partition);
    this.#kept.delete(partition);
    await kept?.stop();
    if (!this.#kept.has(partition)) this.#deps.reports.released(partition);
  }
}

/** One partition's task, and the one after it when it fails. */
class KeptTask {
  readonly #deps: SupervisorDeps;
  readonly #partition: number;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #limits: BatchLimits;
  task: RouterTask | undefined;

  constructor(deps: SupervisorDeps, partition: number) {
    this.#deps = deps;
    this.#partition = partition;
    this.#limits = deps.limits;
    this.#ended = this.#keepAlive();
  }

  stop(): Promise<void> {
    this.#stopping.abort();
    return this.#ended;
  }

  async #keepAlive(): Promise<void> {
    const { signal } = this.#stopping;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const task = this.#deps.createTask(this.#partition, this.#limits);
      this.task = task;
      try {
        await task.run(signal);
        return;
      } catch (error) {
        if (!(error instanceof LogFault)) return this.#deps.onBug(error);
        if (signal.aborted) return;
        if (task.hasWorked) attempt = 0;
        this.#deps.reports.taskFailed(this.#partition, error);
        if (error.code === 'BATCH_TOO_LARGE') this.#limits = halved(this.#limits);
        await this.#deps.pause(error.retriable ? attempt : HOPELESS_ATTEMPT, signal);
      }
    }
  }
}

function halved({ recordsMax, bytesMax }: BatchLimits): BatchLimits {
  return { recordsMax: Math.max(1, recordsMax >> 1), bytesMax: Math.max(1, bytesMax >> 1) };
}
