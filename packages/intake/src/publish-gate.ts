import type { OutgoingRecord, Publisher, TopicPartition } from '@smc/log';
import type { Metrics } from '@smc/runtime';
import { must } from '@smc/domain';

export type Position = TopicPartition & { readonly offset: number };

/** What may be on its way to the log at a time. */
export type GateLimits = { readonly recordsMax: number; readonly bytesMax: number };

/** A fifth of a second at fifty thousand a second, and a few megabytes. */
export const GATE_LIMITS: GateLimits = { recordsMax: 10_000, bytesMax: 8 * 1024 * 1024 };

/**
 * Lets so many records on their way to the log and no more. What finds the gate closed is refused at
 * once: its sender is told to come back, and memory stays bounded whatever the log does. Gathering
 * what arrives together into batches is the publisher's.
 */
export class PublishGate {
  readonly #publisher: Publisher;
  readonly #limits: GateLimits;
  readonly #seconds;
  readonly #gauge;
  readonly #onIdle: (() => void)[] = [];
  #records = 0;
  #bytes = 0;

  constructor(options: {
    readonly publisher: Publisher;
    readonly metrics: Metrics;
    readonly limits?: GateLimits;
  }) {
    this.#publisher = options.publisher;
    this.#limits = options.limits ?? GATE_LIMITS;
    this.#seconds = options.metrics.histogram({
      name: 'intake_publish_seconds',
      help: 'from handing an event to the log until all replicas have it',
    });
    this.#gauge = options.metrics.gauge({
      name: 'intake_waiting_records',
      help: 'events taken in and not yet acknowledged by the log',
    });
  }

  /**
   * Resolves with the record's position when the log has it; rejects with the log's fault, after which
   * the record may stand there all the same. `full`: not taken in.
   */
  offer(record: OutgoingRecord): Promise<Position> | 'full' {
    const bytes = sizeOf(record);
    const { recordsMax, bytesMax } = this.#limits;
    if (this.#records >= recordsMax || this.#bytes + bytes > bytesMax) return 'full';
    return this.#publish(record, bytes);
  }

  /** Resolves when nothing is on its way any more. */
  async drained(): Promise<void> {
    if (this.#records === 0) return;
    await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  async #publish(record: OutgoingRecord, bytes: number): Promise<Position> {
    this.#count(1, bytes);
    const stop = this.#seconds.startTimer();
    try {
      const [position] = await this.#publisher.publish([record]);
      return must(position, 'the log gives a position for every record');
    } finally {
      stop();
      this.#count(-1, -bytes);
    }
  }

  #count(records: number, bytes: number): void {
    this.#records += records;
    this.#bytes += bytes;
    this.#gauge.set(this.#records);
    if (this.#records === 0) for (const idle of this.#onIdle.splice(0)) idle();
  }
}

function sizeOf({ key, value, headers }: OutgoingRecord): number {
  return (key?.length ?? 0) + (value?.length ?? 0) + headers.length;
}
