/**
 * The transactional log: everything this system asks of Kafka, in one seam.
 *
 * A driver gives five things: readers that see committed records only, tasks that write one
 * transaction after another and are fenced when another owner takes over, plain publishers,
 * group membership, and the facts about topics. Two drivers exist (Kafka and memory), and the one
 * suite in `conformance/` runs on both.
 *
 * Three rules make exactly-once out of it, whatever dies:
 * 1. `openTask` fences every earlier owner before it resolves. Only then may the caller read state.
 * 2. After any error of a `TxnProducer` that producer is dead. The caller drops the whole task,
 *    memory included, and rebuilds it from the log.
 * 3. The position of a task is a record that the task writes in the same transaction as its output.
 *
 * Offsets, timestamps and counts are plain numbers: Kafka's 64 bits are checked against 2^53 at the
 * edge of the driver.
 */
import type { EncodedHeaders } from './headers.ts';

export type TopicPartition = { readonly topic: string; readonly partition: number };

/** A record to be written. The partition is always explicit: nothing is partitioned by accident. */
export type OutgoingRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly key: Uint8Array | undefined;
  readonly value: Uint8Array | undefined;
  readonly headers: EncodedHeaders;
  /** Milliseconds since 1970; the driver takes its clock's time where it is left out. */
  readonly timestampMs?: number;
};

/** A committed record. Its bytes may share memory with the fetch they came in: copy to keep. */
export type LogRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Buffer | undefined;
  readonly value: Buffer | undefined;
  readonly headers: EncodedHeaders;
};

export type FetchRequest = TopicPartition & { readonly offset: number; readonly maxBytes: number };

/** What one fetch brought for one partition. */
export type FetchSlice = TopicPartition & {
  /** Committed data records in offset order; control and aborted records are already gone. */
  readonly records: readonly LogRecord[];
  /** Where the next fetch continues; grows past markers, aborted records and compacted gaps too. */
  readonly nextOffset: number;
  /** The first offset that is not yet decided (Kafka's last stable offset). */
  readonly lastStableOffset: number;
};

export type OffsetRange = {
  /** The first offset that still exists. */
  readonly start: number;
  /** One past the last committed record: a reader that has reached it has read everything. */
  readonly end: number;
};

/** Reads committed records of partitions that the caller names. */
export type LogReader = {
  /**
   * First and committed end offset, asked of the leader (ListOffsets, read_committed), never taken
   * from a fetch, whose high watermark lags after an election.
   */
  range(of: TopicPartition): Promise<OffsetRange>;
  /** The first offset whose timestamp is `timestampMs` or later; the end where there is none. */
  offsetAt(of: TopicPartition, timestampMs: number): Promise<number>;
  /**
   * Waits until a record is there, at most `maxWaitMs`; then gives one slice per partition that
   * brought something, records or progress. Refuses an offset that no longer exists with the
   * fault OFFSET_OUT_OF_RANGE. A fetch under way ends early when `signal` aborts.
   */
  fetch(
    requests: readonly FetchRequest[],
    options: { readonly maxWaitMs: number; readonly signal?: AbortSignal },
  ): Promise<readonly FetchSlice[]>;
  close(): Promise<void>;
};

/** The one writer of a task. Every earlier writer of the same task is fenced. */
export type TxnProducer = {
  /**
   * Writes all records in one transaction and resolves when the commit is durable (which is a
   * moment before readers see it). Rejects with a LogFault; the producer is then dead, and nothing
   * is known of the outcome but that it is all or nothing. One call at a time.
   */
  run(records: readonly OutgoingRecord[]): Promise<void>;
  close(): Promise<void>;
};

/** Plain writing outside transactions, acknowledged by all replicas. */
export type Publisher = {
  /**
   * Resolves with the positions, in the order given, when all replicas in sync have the records. A
   * retry after a lost answer can write a record twice: readers de-duplicate by the event's id.
   */
  publish(
    records: readonly OutgoingRecord[],
  ): Promise<readonly (TopicPartition & { readonly offset: number })[]>;
  close(): Promise<void>;
};

export type GroupSpec = {
  readonly groupId: string;
  /** Topics with the same partition count; partition p of all of them goes to one member. */
  readonly topic: string;
  readonly sessionTimeoutMs: number;
};

export type GroupListener = {
  /** The partitions that are this member's from now on: the whole set, at every change. */
  readonly assigned: (partitions: readonly number[]) => void;
  /** Nothing is this member's any more until `assigned` is called again. */
  readonly lost: (reason: string) => void;
};

export type GroupMember = {
  /** Leaves in good order, so that the others take over at once. */
  leave(): Promise<void>;
};

export type TxnLog = {
  /** The partition count of each topic; fault TOPIC_MISSING names those that do not exist. */
  partitionCounts(topics: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Fences every earlier owner of `taskId`; what they committed is then visible, the rest aborted. */
  openTask(
    taskId: string,
    options: { readonly transactionTimeoutMs: number },
  ): Promise<TxnProducer>;
  openReader(): Promise<LogReader>;
  openPublisher(): Promise<Publisher>;
  joinGroup(spec: GroupSpec, listener: GroupListener): Promise<GroupMember>;
  /** A hint for lag tools: nothing in this system starts from a group's offsets. */
  commitGroupOffsets(
    groupId: string,
    positions: readonly (TopicPartition & { readonly offset: number })[],
  ): Promise<void>;
  close(): Promise<void>;
};
