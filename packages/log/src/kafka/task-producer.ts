import { assert } from '@smc/domain';
import { LogFault } from '../log-fault.ts';
import type { OutgoingRecord, TxnProducer } from '../txn-log.ts';
import { BatchWriter } from './batch-writer.ts';
import type { Cluster } from './cluster.ts';
import { asFault } from './error-codes.ts';
import type { LinkSet } from './link-set.ts';
import { PartitionWriters } from './partition-writers.ts';
import type { Random } from './persist.ts';
import { TransactionalId } from './transactional-id.ts';

export type TaskOptions = {
  readonly transactionTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly batchBytesMax: number;
  readonly random: Random;
  readonly nowMs: () => number;
};

/**
 * The one writer of a task: two transactional ids, used in turn.
 *
 * ```
 * id 0   init ─────────────── produce, commit │ markers │ produce, commit │ markers
 * id 1          init ────────────────────── (waits) produce, commit │ markers │ (waits) ...
 * ```
 *
 * A commit is answered when it is durable; the markers that make it visible follow, and whoever
 * begins with the same id before they are written is held up. The other id is not. Transaction
 * k + 1 is sent only after the commit of k was answered, so at most one is ever open.
 *
 * Why two ids fence as one. An owner initialises id 0, then id 1, and its first transaction is on
 * id 0. Let L be the last owner that initialised id 0.
 * - Whoever did so before L and has not written yet fails at its first transaction: it is on id 0.
 * - Whoever did so before L and has written holds an id 1 older than L's, so that it can commit
 *   nothing once L's id 1 is initialised, and L reads no state before that.
 * Initialised side by side, the ids could end with two owners, one each, of which one has already
 * written on id 0 and goes on with id 1 behind the other's back.
 *
 * After any error the producer is dead: its links are closed, which also ends what is in flight.
 */
export class TaskProducer implements TxnProducer {
  readonly #links: LinkSet<number>;
  readonly #ids: readonly [TransactionalId, TransactionalId];
  readonly #writers: PartitionWriters;
  readonly #nowMs: () => number;
  #turn: 0 | 1 = 0;
  #running = false;
  #dead: LogFault | undefined;

  private constructor(parts: {
    readonly links: LinkSet<number>;
    readonly ids: readonly [TransactionalId, TransactionalId];
    readonly options: TaskOptions;
  }) {
    this.#links = parts.links;
    this.#ids = parts.ids;
    this.#nowMs = parts.options.nowMs;
    const { batchBytesMax } = parts.options;
    this.#writers = new PartitionWriters(() => new BatchWriter(batchBytesMax));
  }

  /** Resolves when every earlier owner of the task is fenced and its last transaction decided. */
  static async open(taskId: string, cluster: Cluster, options: TaskOptions): Promise<TaskProducer> {
    const links = cluster.links();
    try {
      await cluster.refresh();
      const id = (turn: 0 | 1) =>
        new TransactionalId(`${taskId}-${turn}`, { cluster, links, options });
      const ids = [id(0), id(1)] as const;
      await ids[0].init();
      await ids[1].init();
      return new TaskProducer({ links, ids, options });
    } catch (thrown) {
      links.close();
      throw asFault(thrown);
    }
  }

  async run(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.#dead !== undefined) throw this.#dead;
    assert(!this.#running, 'one transaction of a task at a time');
    if (records.length === 0) return;
    this.#running = true;
    try {
      const batches = this.#writers.write(records, this.#nowMs());
      const id = this.#ids[this.#turn];
      await id.produce(batches);
      await id.commit();
      this.#turn = this.#turn === 0 ? 1 : 0;
    } catch (thrown) {
      const closed = this.#dead;
      this.#end('a transaction of it has failed');
      throw closed ?? asFault(thrown);
    } finally {
      this.#running = false;
    }
  }

  async close(): Promise<void> {
    this.#end('it was closed');
  }

  #end(why: string): void {
    if (this.#dead !== undefined) return;
    this.#dead = new LogFault('CLOSED', `the producer of the task is dead: ${why}`);
    this.#links.close();
  }
}
