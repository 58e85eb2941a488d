import type { OutgoingRecord, Publisher } from '@smc/log';
import { createBackoff, delay, isRetriable, type Logger, type Random } from '@smc/runtime';

const BATCH_RECORDS_MAX = 1_000;
/** Well below what a topic takes at once. */
const BATCH_BYTES_MAX = 512 * 1024;
/** A file can wait: better a slow import than one that a person must start again. */
const BACKOFF = { firstMs: 200, maxMs: 10_000 };

export type SteadyPublisherOptions = {
  readonly publisher: Publisher;
  readonly random: Random;
  readonly logger: Logger;
  /** Ends the waiting for a log that is away; what it takes at once is still written. */
  readonly signal: AbortSignal;
};

/**
 * Writes a stream of records in order: one batch under way, one being gathered, and never more. A log
 * that is away is waited for; the batch is then written again, which readers take as a repeat.
 */
export class SteadyPublisher {
  readonly #options: SteadyPublisherOptions;
  #batch: OutgoingRecord[] = [];
  #bytes = 0;
  #underWay: Promise<void> = Promise.resolve();

  constructor(options: SteadyPublisherOptions) {
    this.#options = options;
  }

  /** Takes a record in; waits while a full batch can't leave. Throws when the log gave up. */
  async add(record: OutgoingRecord): Promise<void> {
    this.#batch.push(record);
    this.#bytes += (record.value?.length ?? 0) + record.headers.length;
    const full = this.#batch.length >= BATCH_RECORDS_MAX || this.#bytes >= BATCH_BYTES_MAX;
    if (full) await this.#flush();
  }

  /** Resolves when the log has everything. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#underWay;
  }

  async #flush(): Promise<void> {
    await this.#underWay;
    const batch = this.#batch;
    this.#batch = [];
    this.#bytes = 0;
    if (batch.length === 0) return;
    this.#underWay = this.#send(batch);
    // Its error is thrown by the next flush; until then nobody waits for it.
    this.#underWay.catch(() => undefined);
  }

  async #send(batch: readonly OutgoingRecord[]): Promise<void> {
    const { publisher, random, logger, signal } = this.#options;
    const waits = createBackoff(BACKOFF, random);
    for (;;) {
      try {
        await publisher.publish(batch);
        return;
      } catch (error) {
        if (!isRetriable(error) || signal.aborted) throw error;
        const retryMs = waits.nextMs();
        const reason = error instanceof Error ? error.message : String(error);
        logger.warn({ event: 'import.waiting', reason, retryMs }, 'the log is away');
        await delay(retryMs, signal);
      }
    }
  }
}
