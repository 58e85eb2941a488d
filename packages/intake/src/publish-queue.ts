/**
 * Between many requests and one publisher: bounded, in order, and as quick as the log.
 *
 *   offer ──► waiting (bounded in records and bytes) ──► one batch under way ──► positions
 *
 * While nothing is under way, what arrived in this turn of the event loop goes at once; while a batch
 * is under way, what arrives is gathered into the next. So batches are small when it is quiet and
 * large when it is not, without a timer. What can't be taken in is refused at once: the sender is told
 * to come back, and memory stays bounded whatever the log does.
 */
import { LogFault, type OutgoingRecord, type Publisher, type TopicPartition } from '@smc/log';
import type { Metrics } from '@smc/runtime';

export type Position = TopicPartition & { readonly offset: number };

export type QueueLimits = {
  /** Waiting and under way together. */
  readonly recordsMax: number;
  readonly bytesMax: number;
  readonly batchRecordsMax: number;
  /** Well below what a topic takes at once. */
  readonly batchBytesMax: number;
};

/** Half a second of the busiest hour at most, and a few megabytes. */
export const QUEUE_LIMITS: QueueLimits = {
  recordsMax: 10_000,
  bytesMax: 8 * 1024 * 1024,
  batchRecordsMax: 1_000,
  batchBytesMax: 512 * 1024,
};

type Waiting = {
  readonly record: OutgoingRecord;
  readonly bytes: number;
  readonly resolve: (position: Position) => void;
  readonly reject: (error: unknown) => void;
};

export class PublishQueue {
  readonly #publisher: Publisher;
  readonly #limits: QueueLimits;
  readonly #seconds: { readonly startTimer: () => () => void };
  #waiting: Waiting[] = [];
  #records = 0;
  #bytes = 0;
  #busy = false;
  #idle = Promise.resolve();

  constructor(options: {
    readonly publisher: Publisher;
    readonly metrics: Metrics;
    readonly limits?: QueueLimits;
  }) {
    this.#publisher = options.publisher;
    this.#limits = options.limits ?? QUEUE_LIMITS;
    this.#seconds = options.metrics.histogram({
      name: 'intake_publish_seconds',
      help: 'from handing a batch to the log until all replicas have it',
    });
    const gauge = options.metrics.gauge({
      name: 'intake_waiting_records',
      help: 'events taken in and not yet acknowledged by the log',
    });
    this.#report = () => gauge.set(this.#records);
  }

  readonly #report: () => void;

  /**
   * Resolves with the record's position when the log has it; rejects with the log's fault, after which
   * the record may stand there all the same. `full`: not taken in.
   */
  offer(record: OutgoingRecord): Promise<Position> | 'full' {
    const bytes = sizeOf(record);
    const { recordsMax, bytesMax } = this.#limits;
    if (this.#records >= recordsMax || this.#bytes + bytes > bytesMax) return 'full';
    this.#records++;
    this.#bytes += bytes;
    this.#report();
    const { promise, resolve, reject } = Promise.withResolvers<Position>();
    this.#waiting.push({ record, bytes, resolve, reject });
    if (!this.#busy) this.#idle = this.#work();
    return promise;
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#idle;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    // The rest of the requests of this turn join the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#send(this.#nextBatch());
    this.#busy = false;
  }

  #nextBatch(): readonly Waiting[] {
    const { batchRecordsMax, batchBytesMax } = this.#limits;
    let count = 0;
    let bytes = 0;
    for (const { bytes: size } of this.#waiting) {
      if (count === batchRecordsMax || (count > 0 && bytes + size > batchBytesMax)) break;
      count++;
      bytes += size;
    }
    return this.#waiting.splice(0, count);
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    const stop = this.#seconds.startTimer();
    try {
      const positions = await this.#publisher.publish(batch.map(({ record }) => record));
      batch.forEach(({ resolve, reject }, i) => {
        const position = positions[i];
        if (position !== undefined) resolve(position);
        else reject(new LogFault('CORRUPT', 'the log gave fewer positions than records'));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    stop();
    this.#records -= batch.length;
    for (const { bytes } of batch) this.#bytes -= bytes;
    this.#report();
  }
}

function sizeOf({ key, value, headers }: OutgoingRecord): number {
  return (key?.length ?? 0) + (value?.length ?? 0) + headers.length;
}
