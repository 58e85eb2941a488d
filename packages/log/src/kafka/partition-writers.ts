import { LogFault } from '../log-fault.ts';
import type { OutgoingRecord } from '../txn-log.ts';
import type { BatchWriter } from './batch-writer.ts';

/** A batch for one partition, not yet sealed. */
export type OpenBatch = {
  readonly topic: string;
  readonly partition: number;
  readonly writer: BatchWriter;
};

/**
 * What all batches of one transaction may weigh together. A broker closes the connection without
 * a word on a request larger than socket.request.max.bytes (100 MiB by default).
 */
export const TRANSACTION_BYTES_MAX = 64 * 1024 * 1024;

/** The batch writers of a task, one per partition it has ever written to, used again and again. */
export class PartitionWriters {
  readonly #make: () => BatchWriter;
  readonly #byTopic = new Map<string, (OpenBatch | undefined)[]>();
  readonly #inUse: OpenBatch[] = [];

  constructor(make: () => BatchWriter) {
    this.#make = make;
  }

  /**
   * One batch per partition, in order of first mention; good until the next call. Throws
   * RECORD_TOO_LARGE or BATCH_TOO_LARGE before anything is sent.
   */
  write(records: readonly OutgoingRecord[], timestampMs: number): readonly OpenBatch[] {
    this.#inUse.length = 0;
    for (const batches of this.#byTopic.values()) {
      for (const batch of batches) batch?.writer.reset();
    }
    for (const record of records) {
      const batch = this.#batchOf(record.topic, record.partition);
      if (batch.writer.count === 0) this.#inUse.push(batch);
      const outcome = batch.writer.add(record, timestampMs);
      if (outcome !== 'ADDED') throw tooLarge(outcome, record);
    }
    const bytes = this.#inUse.reduce((sum, { writer }) => sum + writer.byteLength, 0);
    if (bytes > TRANSACTION_BYTES_MAX) {
      throw new LogFault('BATCH_TOO_LARGE', `a transaction of ${bytes} bytes`);
    }
    return this.#inUse;
  }

  #batchOf(topic: string, partition: number): OpenBatch {
    const known = this.#byTopic.get(topic)?.[partition];
    if (known !== undefined) return known;
    const batch = { topic, partition, writer: this.#make() };
    const batches = this.#byTopic.get(topic) ?? [];
    batches[partition] = batch;
    this.#byTopic.set(topic, batches);
    return batch;
  }
}

function tooLarge(
  outcome: 'RECORD_TOO_LARGE' | 'BATCH_FULL',
  { topic, partition }: OutgoingRecord,
): LogFault {
  return outcome === 'RECORD_TOO_LARGE'
    ? new LogFault('RECORD_TOO_LARGE', `a record for ${topic}/${partition} is too large`)
    : new LogFault('BATCH_TOO_LARGE', `the batch for ${topic}/${partition} is too large`);
}
