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
 * A task that fails is dropped with its memory and built anew, after a pause that grows.
 *
 * While the group decides anew whose a partition is (`doubt`), tasks go on: fencing, not the
 * group, keeps two owners apart, and most partitions stay where they are, so nobody waits for a
 * restore that changes nothing. But a task that fails in doubt, fenced by the partition's next
 * owner for one, is not built anew until the group has spoken: it would only fence that owner.
 */
export class Supervisor {
  readonly #deps: SupervisorDeps;
  readonly #kept = new Map<number, KeptTask>();
  #certainty: PromiseWithResolvers<void> | undefined;

  constructor(deps: SupervisorDeps) {
    this.#deps = deps;
  }

  /** The group decides anew; what runs goes on, and nothing is begun until `assign`. */
  doubt(): void {
    this.#certainty ??= Promise.withResolvers<void>();
  }

  /** The partitions that are ours from now on; those that are no longer in the list are stopped. */
  assign(partitions: readonly number[]): void {
    this.#certainty?.resolve();
    this.#certainty = undefined;
    for (const partition of this.#kept.keys()) {
      if (!partitions.includes(partition)) void this.#release(partition);
    }
    for (const partition of partitions) {
      if (!this.#kept.has(partition)) {
        const certain = () => this.#certainty?.promise;
        this.#kept.set(partition, new KeptTask({ ...this.#deps, certain }, partition));
      }
    }
  }

  /** Stops every task and waits for the transactions under way. */
  async stop(): Promise<void> {
    this.#certainty?.resolve();
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

type KeptDeps = SupervisorDeps & {
  /** Undefined, or what to wait for while the group has not said whose the partition is. */
  readonly certain: () => Promise<void> | undefined;
};

/** One partition's task, and the one after it when it fails. */
class KeptTask {
  readonly #deps: KeptDeps;
  readonly #partition: number;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #limits: BatchLimits;
  task: RouterTask | undefined;

  constructor(deps: KeptDeps, partition: number) {
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
        await this.#deps.certain();
      }
    }
  }
}

function halved({ recordsMax, bytesMax }: BatchLimits): BatchLimits {
  return { recordsMax: Math.max(1, recordsMax >> 1), bytesMax: Math.max(1, bytesMax >> 1) };
}
