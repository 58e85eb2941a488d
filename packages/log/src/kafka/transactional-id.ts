import { setTimeout as sleep } from 'node:timers/promises';
import { LogFault } from '../log-fault.ts';
import type { Cluster } from './cluster.ts';
import { asFault, CODE, COORDINATOR_MOVED, faultOf, isUnavailable } from './error-codes.ts';
import type { Link } from './link.ts';
import type { LinkSet } from './link-set.ts';
import type { OpenBatch } from './partition-writers.ts';
import { backOffMs, persist } from './persist.ts';
import type { TaskOptions } from './task-producer.ts';
import type { Request } from './wire.ts';
import {
  commitRequest,
  initProducerIdRequest,
  produceRequest,
  readEndTxn,
  readInitProducerId,
  readProduce,
  type ProducedPartition,
} from './wire-write.ts';

/** Between two questions while the markers of a transaction are being written (1 to 4 ms). */
const MARKERS_WAIT_MS = 2;
/** Markers that take longer than this will not come before the caller has rebuilt the task. */
const MARKERS_MS_MAX = 10_000;
/** A coordinator that dies is replaced after the brokers' session timeout, 9 s by default. */
const COORDINATOR_MS_MAX = 30_000;

export type TransactionalIdParts = {
  readonly cluster: Cluster;
  readonly links: LinkSet<number>;
  readonly options: TaskOptions;
};

/**
 * One transactional id under transactions v2 (KIP-890): two requests per transaction. Produce adds
 * its partitions to the transaction by itself; EndTxn raises the epoch and says which identity
 * comes next, so that a late request of an earlier transaction is refused, and sequences start at
 * 0 each time. Each method throws a LogFault, after which the id must not be used.
 */
export class TransactionalId {
  readonly #name: string;
  readonly #parts: TransactionalIdParts;
  #producerId = -1n;
  #epoch = -1;
  #coordinator: number | undefined;

  constructor(name: string, parts: TransactionalIdParts) {
    this.#name = name;
    this.#parts = parts;
  }

  /** Fences every earlier user of the id and waits until its transaction is decided. */
  async init(): Promise<void> {
    const { options } = this.#parts;
    const request = initProducerIdRequest(this.#name, options.transactionTimeoutMs);
    const initOnce = async () => {
      const link = await this.#coordinatorLink();
      const until = performance.now() + MARKERS_MS_MAX;
      for (;;) {
        const answer = readInitProducerId(await link.request(request));
        link.muted(answer.throttleMs);
        if (answer.errorCode === CODE.none) return answer;
        if (answer.errorCode !== CODE.concurrentTransactions || performance.now() > until) {
          throw faultOf(answer.errorCode, `InitProducerId of ${this.#name}`);
        }
        await sleep(MARKERS_WAIT_MS);
      }
    };
    const identity = await persist(
      () => initOnce().catch((fault: unknown) => this.#forgetCoordinator(fault)),
      { forMs: COORDINATOR_MS_MAX, random: options.random },
    );
    this.#producerId = identity.producerId;
    this.#epoch = identity.epoch;
  }

  /**
   * Appends the batches to their partitions, one leader first and then the others side by side:
   * leaders that add their partitions to the transaction at the same moment hold each other up
   * inside the broker. A leader that has acknowledged is never sent to again.
   */
  async produce(batches: readonly OpenBatch[]): Promise<void> {
    const leaders = new Map<number, OpenBatch[]>();
    for (const batch of batches) {
      const { cluster } = this.#parts;
      const leader = cluster.knownLeaderOf(batch) ?? (await cluster.leaderOf(batch));
      const together = leaders.get(leader);
      if (together === undefined) leaders.set(leader, [batch]);
      else together.push(batch);
    }
    const [first, ...others] = leaders;
    if (first !== undefined) await this.#produceTo(...first);
    await Promise.all(others.map(([leader, its]) => this.#produceTo(leader, its)));
  }

  /**
   * Commits. Resolves when the commit is durable. An EndTxn without an answer is repeated with the
   * same identity: under transactions v2 the coordinator can tell the repeated commit of this
   * transaction from that of any other.
   */
  async commit(): Promise<void> {
    const { options } = this.#parts;
    const identity = { producerId: this.#producerId, epoch: this.#epoch };
    const request = commitRequest(this.#name, identity);
    const startedAt = performance.now();
    for (let failures = 1; ;) {
      const answer = await this.#endOnce(request);
      if (answer.errorCode === CODE.none) {
        this.#producerId = answer.producerId;
        this.#epoch = answer.epoch;
        return;
      }
      const isMarking = answer.errorCode === CODE.concurrentTransactions;
      if (!isMarking && !COORDINATOR_MOVED.has(answer.errorCode)) throw answer.fault;
      const waitMs = isMarking ? MARKERS_WAIT_MS : backOffMs(failures++, options.random);
      const limitMs = isMarking ? MARKERS_MS_MAX : COORDINATOR_MS_MAX;
      if (performance.now() - startedAt + waitMs > limitMs) throw answer.fault;
      if (!isMarking) this.#coordinator = undefined;
      await sleep(waitMs);
    }
  }

  /** One EndTxn; a connection on which no answer came is a coordinator that is not available. */
  async #endOnce(request: Request) {
    const what = `EndTxn of ${this.#name}`;
    try {
      const link = await this.#coordinatorLink();
      const answer = readEndTxn(await link.request(request));
      link.muted(answer.throttleMs);
      return { ...answer, fault: faultOf(answer.errorCode, what) };
    } catch (thrown) {
      const fault = asFault(thrown);
      if (!isUnavailable(fault)) throw fault;
      return { errorCode: CODE.coordinatorNotAvailable, producerId: -1n, epoch: -1, fault };
    }
  }

  /**
   * To one leader. CONCURRENT_TRANSACTIONS from every partition says that nothing was appended
   * there: the same bytes go to this leader again. Anything else ends the task.
   */
  async #produceTo(leader: number, batches: readonly OpenBatch[]): Promise<void> {
    const { links, options } = this.#parts;
    const link = await links.get(leader);
    const request = produceRequest(
      batches.map(({ topic, partition, writer }) => ({
        topic,
        partition,
        batch: writer.seal({
          producerId: this.#producerId,
          epoch: this.#epoch,
          baseSequence: 0,
          transactional: true,
        }),
      })),
      { transactionalId: this.#name, timeoutMs: options.requestTimeoutMs },
    );
    for (const until = performance.now() + MARKERS_MS_MAX; ;) {
      const { partitions, throttleMs } = readProduce(await link.request(request));
      link.muted(throttleMs);
      const failed = partitions.filter(({ errorCode }) => errorCode !== CODE.none);
      const [failure] = failed;
      if (failure === undefined && partitions.length === batches.length) return;
      const nothingAppended =
        failed.length === batches.length &&
        failed.every(({ errorCode }) => errorCode === CODE.concurrentTransactions);
      if (!nothingAppended || performance.now() > until) throw produceFault(failure, batches);
      await sleep(MARKERS_WAIT_MS);
    }
  }

  async #coordinatorLink(): Promise<Link> {
    this.#coordinator ??= await this.#parts.cluster.coordinatorOf('transaction', this.#name);
    return this.#parts.links.get(this.#coordinator);
  }

  #forgetCoordinator(fault: unknown): never {
    this.#coordinator = undefined;
    throw fault;
  }
}

function produceFault(
  failure: ProducedPartition | undefined,
  batches: readonly OpenBatch[],
): LogFault {
  if (failure === undefined) {
    return new LogFault('CORRUPT', 'the answer to Produce names other partitions than were sent');
  }
  const { topic, partition, errorCode, errorMessage } = failure;
  const what = `Produce to ${topic}/${partition}`;
  const sent = batches.find((batch) => batch.topic === topic && batch.partition === partition);
  const fault = faultOf(errorCode, what, errorMessage);
  return fault.code === 'BATCH_TOO_LARGE' && sent?.writer.count === 1
    ? new LogFault('RECORD_TOO_LARGE', `${what}: its one record is too large`, fault)
    : fault;
}
