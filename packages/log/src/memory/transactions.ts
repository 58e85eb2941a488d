import { LogFault } from '../log-fault.ts';
import type { OutgoingRecord } from '../txn-log.ts';
import type { Caller, FaultPlan } from './fault-plan.ts';
import type { LogClock } from './log-clock.ts';
import type { PartitionLog, TransactionMark } from './partition-log.ts';
import { refuseUnfit, type Topics } from './topics.ts';

/** One owner's right to write a task: good until the epoch of the task is higher. */
export type Ownership = {
  readonly caller: Caller & { readonly taskId: string };
  readonly epoch: number;
  readonly transactionTimeoutMs: number;
};

/** What was decided since the broker began: an audit proves by it that aborts really happened. */
export type TransactionCounts = {
  readonly committed: number;
  readonly aborted: number;
  readonly abortedRecords: number;
};

type Transaction = TransactionMark & {
  readonly touched: Set<PartitionLog>;
  cancelTimeout: () => void;
};

type Task = {
  epoch: number;
  open: Transaction | undefined;
  /** Decided transactions whose markers are not written yet. */
  readonly outstanding: Set<Promise<void>>;
};

/**
 * The transaction coordinator.
 *
 * ```
 *   run      produce ──► commit (durable) ──► markers (visible)
 *                 │          an answer comes here, whether or not markers are held back
 *                 └─ fault: stays open until the next `open` of the task, or its time-out, aborts it
 *   open     epoch + 1 ──► abort what is open ──► wait for outstanding markers ──► answer
 * ```
 *
 * Producing and committing happen in one turn of the event loop, so no reader and no other writer
 * comes in between unless a test holds the transaction there. The epoch is checked at both steps:
 * a late request of an earlier owner finds a higher one and changes nothing.
 */
export class Transactions {
  readonly #tasks = new Map<string, Task>();
  readonly #topics: Topics;
  readonly #faults: FaultPlan;
  readonly #clock: LogClock;
  #markersHeld: PromiseWithResolvers<void> | undefined;
  #committed = 0;
  #aborted = 0;
  #abortedRecords = 0;

  constructor(parts: {
    readonly topics: Topics;
    readonly faults: FaultPlan;
    readonly clock: LogClock;
  }) {
    this.#topics = parts.topics;
    this.#faults = parts.faults;
    this.#clock = parts.clock;
  }

  get counts(): TransactionCounts {
    const abortedRecords = this.#abortedRecords;
    return { committed: this.#committed, aborted: this.#aborted, abortedRecords };
  }

  async open(
    caller: Caller & { readonly taskId: string },
    transactionTimeoutMs: number,
  ): Promise<Ownership> {
    const task = this.#task(caller.taskId);
    const epoch = ++task.epoch;
    this.#abortOpen(task);
    while (task.outstanding.size > 0) await Promise.all(task.outstanding);
    return { caller, epoch, transactionTimeoutMs };
  }

  async run(owner: Ownership, records: readonly OutgoingRecord[]): Promise<void> {
    const faults = this.#faults;
    if (!faults.quiet) await faults.pass('run', 'before', owner.caller);
    const task = this.#refuseFenced(owner);
    if (records.length === 0) return;
    const transaction = this.#produce(owner, records);
    if (!faults.quiet) await faults.pass('run', 'between', owner.caller);
    this.#refuseFenced(owner);
    task.open = undefined;
    transaction.cancelTimeout();
    this.#finish(task, transaction, 'commit');
    if (!faults.quiet) await faults.pass('run', 'after', owner.caller);
  }

  /** From now on commits are durable at once but visible only when the answer is called. */
  holdMarkers(): () => void {
    const held = (this.#markersHeld ??= Promise.withResolvers<void>());
    return () => {
      if (this.#markersHeld === held) this.#markersHeld = undefined;
      held.resolve();
    };
  }

  #task(taskId: string): Task {
    let task = this.#tasks.get(taskId);
    if (task === undefined) {
      task = { epoch: 0, open: undefined, outstanding: new Set() };
      this.#tasks.set(taskId, task);
    }
    return task;
  }

  #refuseFenced(owner: Ownership): Task {
    const { taskId } = owner.caller;
    const task = this.#task(taskId);
    if (task.epoch === owner.epoch) return task;
    throw new LogFault('FENCED', `task ${taskId} has a later owner`);
  }

  /** Partition after partition, as a broker does: a refusal leaves what came before it, open. */
  #produce(owner: Ownership, records: readonly OutgoingRecord[]): Transaction {
    const { taskId } = owner.caller;
    const batches = this.#topics.batches(records);
    const transaction: Transaction = { taskId, touched: new Set(), cancelTimeout: () => {} };
    this.#task(taskId).open = transaction;
    const nowMs = this.#clock.nowMs();
    try {
      for (const [log, batch] of batches) {
        refuseUnfit(log, batch);
        transaction.touched.add(log);
        for (const record of batch) log.append(record, nowMs, transaction);
      }
    } catch (error) {
      this.#abortLater(owner, transaction);
      throw error;
    }
    if (!this.#faults.quiet) this.#abortLater(owner, transaction);
    return transaction;
  }

  /** A transaction that nobody ends is ended by the coordinator, which fences its owner. */
  #abortLater(owner: Ownership, transaction: Transaction): void {
    const task = this.#task(owner.caller.taskId);
    transaction.cancelTimeout = this.#clock.after(owner.transactionTimeoutMs, () => {
      if (task.open !== transaction) return;
      task.epoch++;
      this.#abortOpen(task);
    });
  }

  #abortOpen(task: Task): void {
    const transaction = task.open;
    if (transaction === undefined) return;
    task.open = undefined;
    transaction.cancelTimeout();
    this.#finish(task, transaction, 'abort');
  }

  #finish(task: Task, transaction: Transaction, outcome: 'commit' | 'abort'): void {
    if (outcome === 'commit') this.#committed++;
    else this.#aborted++;
    const held = this.#markersHeld;
    if (held === undefined) {
      this.#writeMarkers(transaction, outcome);
      return;
    }
    const written = held.promise.then(() => {
      this.#writeMarkers(transaction, outcome);
      task.outstanding.delete(written);
    });
    task.outstanding.add(written);
  }

  #writeMarkers(transaction: Transaction, outcome: 'commit' | 'abort'): void {
    for (const log of transaction.touched) this.#abortedRecords += log.decide(transaction, outcome);
  }
}
