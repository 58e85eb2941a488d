import { LogFault } from '../log-fault.ts';
import type { OutgoingRecord, Publisher, TopicPartition } from '../txn-log.ts';
import type { Cluster } from './cluster.ts';
import { asFault, CODE, faultOf, isUnavailable } from './error-codes.ts';
import type { LinkSet } from './link-set.ts';
import { backOffMs, type Random } from './persist.ts';
import { fitsAlone, PublishCall, PublishQueue, weightOf } from './publish-queue.ts';
import { produceRequest, readProduce, type ProducedPartition } from './wire-write.ts';

export type PublisherOptions = {
  readonly requestTimeoutMs: number;
  readonly batchBytesMax: number;
  /** How long a batch is tried before its calls fail. */
  readonly patienceMs: number;
  readonly random: Random;
  readonly nowMs: () => number;
};

/** What may wait in memory. Beyond that the log is too slow for its callers, who must know. */
const WAITING_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Plain writing, acknowledged by all replicas in sync, at least once.
 *
 * Calls do not wait for each other: their records go into a queue per partition, and each turn of
 * the event loop sends what the partitions without a batch on its way have waiting, in one request
 * per leader. So batches grow with the load, without a linger. A batch that fails is sent again as
 * it is, before anything behind it.
 */
export class KafkaPublisher implements Publisher {
  readonly #cluster: Cluster;
  readonly #options: PublisherOptions;
  readonly #links: LinkSet<number>;
  readonly #queues = new Map<string, PublishQueue>();
  #waitingBytes = 0;
  #isScheduled = false;
  #closed = false;

  constructor(cluster: Cluster, options: PublisherOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#links = cluster.links();
  }

  async publish(records: readonly OutgoingRecord[]) {
    if (this.#closed) throw closedFault();
    const large = records.find((record) => !fitsAlone(record, this.#options.batchBytesMax));
    if (large !== undefined) {
      const where = `${large.topic}/${large.partition}`;
      throw new LogFault('RECORD_TOO_LARGE', `a record for ${where} is too large`);
    }
    const bytes = records.reduce((sum, record) => sum + weightOf(record), 0);
    if (this.#waitingBytes + bytes > WAITING_BYTES_MAX) {
      throw new LogFault('UNAVAILABLE', `${this.#waitingBytes} bytes wait to be published already`);
    }
    this.#waitingBytes += bytes;
    const call = new PublishCall(records);
    for (const [index, record] of records.entries()) {
      this.#queueOf(record).push({ record, call, index });
    }
    this.#schedule();
    return call.done;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#links.close();
    for (const queue of this.#queues.values()) queue.refuseAll(closedFault());
  }

  #queueOf({ topic, partition }: TopicPartition): PublishQueue {
    const key = `${topic}/${partition}`;
    const known = this.#queues.get(key);
    if (known !== undefined) return known;
    const queue = new PublishQueue({ topic, partition }, this.#options.batchBytesMax);
    this.#queues.set(key, queue);
    return queue;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#closed) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const ready = [...this.#queues.values()].filter((queue) => !queue.isBusy && !queue.isEmpty);
    const byLeader = Map.groupBy(ready, (queue) => this.#cluster.knownLeaderOf(queue));
    for (const [leader, queues] of byLeader) {
      for (const queue of queues) queue.isBusy = true;
      if (leader !== undefined) void this.#send(leader, queues);
      else for (const queue of queues) void this.#lookUp(queue);
    }
  }

  /** Never rejects: what goes wrong is told to the calls. */
  async #lookUp(queue: PublishQueue): Promise<void> {
    try {
      await this.#cluster.leaderOf(queue);
      this.#release(queue);
    } catch (thrown) {
      queue.batch(this.#options.nowMs());
      this.#failed(queue, asFault(thrown));
    }
  }

  /** Never rejects: what goes wrong is told to the calls. */
  async #send(leader: number, queues: readonly PublishQueue[]): Promise<void> {
    try {
      const { nowMs, requestTimeoutMs: timeoutMs } = this.#options;
      const time = nowMs();
      const batches = queues.map((queue) => {
        return { topic: queue.topic, partition: queue.partition, batch: queue.batch(time) };
      });
      const link = await this.#links.get(leader);
      const request = produceRequest(batches, { transactionalId: undefined, timeoutMs });
      const { partitions, throttleMs } = readProduce(await link.request(request));
      link.muted(throttleMs);
      for (const queue of queues) {
        const isIts = (one: ProducedPartition) =>
          one.topic === queue.topic && one.partition === queue.partition;
        this.#answered(queue, partitions.find(isIts));
      }
    } catch (thrown) {
      const fault = asFault(thrown);
      for (const queue of queues) this.#failed(queue, fault);
    }
  }

  #answered(queue: PublishQueue, answer: ProducedPartition | undefined): void {
    const code = answer?.errorCode ?? -1;
    if (answer !== undefined && code === CODE.none) {
      this.#waitingBytes -= queue.stored(answer.baseOffset);
      this.#release(queue);
      return;
    }
    const fault = faultOf(
      code,
      `Produce to ${queue.topic}/${queue.partition}`,
      answer?.errorMessage,
    );
    if (fault.code === 'BATCH_TOO_LARGE' && queue.split()) this.#release(queue);
    else this.#failed(queue, fault);
  }

  #failed(queue: PublishQueue, fault: LogFault): void {
    const now = performance.now();
    if (queue.failures++ === 0) queue.failingSinceMs = now;
    const isOver = now - queue.failingSinceMs > this.#options.patienceMs;
    if (!isUnavailable(fault) || isOver || this.#closed) {
      this.#waitingBytes -= queue.refused(fault);
      this.#release(queue);
      return;
    }
    const again = async () => {
      await this.#cluster.refresh().catch(() => undefined);
      this.#release(queue);
    };
    setTimeout(() => void again(), backOffMs(queue.failures, this.#options.random));
  }

  #release(queue: PublishQueue): void {
    queue.isBusy = false;
    if (!queue.isEmpty) this.#schedule();
  }
}

function closedFault(): LogFault {
  return new LogFault('CLOSED', 'the publisher is closed');
}
