import { assert } from '@smc/domain';
import { LogFault } from '../log-fault.ts';
import type { OutgoingRecord, TopicPartition } from '../txn-log.ts';
import { BATCH_OVERHEAD_BYTES, PartitionLog, sizeOf } from './partition-log.ts';

export type MemoryTopic = {
  readonly name: string;
  readonly partitions: number;
  /** A compacted topic takes no record without a key. */
  readonly compact?: boolean;
  /** The largest batch that a partition takes at once; Kafka's default where it is left out. */
  readonly maxMessageBytes?: number;
};

/** Kafka's default for `max.message.bytes`. */
export const MAX_MESSAGE_BYTES = 1_048_588;

/** The topics of one broker and their partitions. */
export class Topics {
  readonly #partitions = new Map<string, readonly PartitionLog[]>();

  create(topic: MemoryTopic): void {
    const { name, partitions, compact = false, maxMessageBytes = MAX_MESSAGE_BYTES } = topic;
    assert(!this.#partitions.has(name), `topic ${name} exists`);
    assert(partitions > 0, `topic ${name} needs a partition`);
    const options = { compacted: compact, maxMessageBytes };
    const logs = Array.from({ length: partitions }, (_, partition) => {
      return new PartitionLog({ topic: name, partition }, options);
    });
    this.#partitions.set(name, logs);
  }

  /** All partitions of a topic, or the fault TOPIC_MISSING. */
  of(topic: string): readonly PartitionLog[] {
    const logs = this.#partitions.get(topic);
    if (logs === undefined) throw new LogFault('TOPIC_MISSING', `no topic ${topic}`);
    return logs;
  }

  at({ topic, partition }: TopicPartition): PartitionLog {
    const log = this.of(topic)[partition];
    if (log === undefined)
      throw new LogFault('TOPIC_MISSING', `no partition ${topic}/${partition}`);
    return log;
  }

  counts(topics: readonly string[]): ReadonlyMap<string, number> {
    const missing = topics.filter((topic) => !this.#partitions.has(topic));
    if (missing.length > 0) {
      throw new LogFault('TOPIC_MISSING', `no topic ${missing.join(', no topic ')}`);
    }
    return new Map(topics.map((topic) => [topic, this.of(topic).length]));
  }

  /** The records by partition, in order of first mention; each partition gets one batch. */
  batches(records: readonly OutgoingRecord[]): ReadonlyMap<PartitionLog, OutgoingRecord[]> {
    const batches = new Map<PartitionLog, OutgoingRecord[]>();
    for (const record of records) {
      const log = this.at(record);
      const batch = batches.get(log);
      if (batch === undefined) batches.set(log, [record]);
      else batch.push(record);
    }
    return batches;
  }
}

/** Refuses a batch as a broker does. */
export function refuseUnfit(log: PartitionLog, batch: readonly OutgoingRecord[]): void {
  let bytes = BATCH_OVERHEAD_BYTES;
  for (const record of batch) {
    const size = sizeOf(record);
    bytes += size;
    if (BATCH_OVERHEAD_BYTES + size > log.maxMessageBytes) {
      throw new LogFault('RECORD_TOO_LARGE', `${log.topic} takes no record of ${size} bytes`);
    }
    if (log.compacted && record.key === undefined) {
      throw new LogFault('CORRUPT', `${log.topic} is compacted and takes no record without a key`);
    }
  }
  if (bytes > log.maxMessageBytes) {
    throw new LogFault('BATCH_TOO_LARGE', `${log.topic} takes no batch of ${bytes} bytes`);
  }
}
