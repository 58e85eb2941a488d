import { LogFault } from '../log-fault.ts';
import type { EncodedHeaders } from '../headers.ts';
import type { FetchSlice, LogRecord, OutgoingRecord } from '../txn-log.ts';

/** What a record and a batch cost beside their bytes: the upper bound of Kafka's record format. */
export const RECORD_OVERHEAD_BYTES = 32;
export const BATCH_OVERHEAD_BYTES = 61;

/** Stands for one transaction; a partition only needs to tell it from others. */
export type TransactionMark = { readonly taskId: string };

type Span = { readonly first: number; end: number };

/**
 * The log of one partition.
 *
 * One slot per offset: a record, or `undefined` for what takes an offset and is never delivered (a
 * control marker, an aborted record, a record that compaction removed). So appending is a push and
 * reading is an index, and nothing can leak that is not there any more.
 *
 * ```
 *   start                stableEnd            end
 *     | r r . r r r . . r  | u u w u w          |
 *       decided              undecided or behind something undecided
 * ```
 *
 * Undecided transactions are kept by their first offset. They enter in offset order, so the first
 * of the map is the last stable offset.
 */
export class PartitionLog {
  readonly topic: string;
  readonly partition: number;
  readonly compacted: boolean;
  readonly maxMessageBytes: number;
  #slots: (LogRecord | undefined)[] = [];
  #start = 0;
  readonly #undecided = new Map<TransactionMark, Span>();
  readonly #waiting = new Set<() => void>();

  constructor(
    at: { readonly topic: string; readonly partition: number },
    options: { readonly compacted: boolean; readonly maxMessageBytes: number },
  ) {
    this.topic = at.topic;
    this.partition = at.partition;
    this.compacted = options.compacted;
    this.maxMessageBytes = options.maxMessageBytes;
  }

  get start(): number {
    return this.#start;
  }

  /** One past the last slot, decided or not (Kafka's high watermark). */
  get end(): number {
    return this.#start + this.#slots.length;
  }

  /** The first undecided offset (Kafka's last stable offset). */
  get stableEnd(): number {
    for (const span of this.#undecided.values()) return span.first;
    return this.end;
  }

  /** Appends a copy of the record; inside a transaction it stays invisible until `decide`. */
  append(record: OutgoingRecord, nowMs: number, transaction?: TransactionMark): number {
    const offset = this.end;
    this.#slots.push(stored(record, { offset, timestampMs: record.timestampMs ?? nowMs }));
    if (transaction !== undefined) {
      const span = this.#undecided.get(transaction);
      if (span === undefined) this.#undecided.set(transaction, { first: offset, end: offset + 1 });
      else span.end = offset + 1;
    }
    return offset;
  }

  /** Writes the marker; answers how many records were thrown away. */
  decide(transaction: TransactionMark, outcome: 'commit' | 'abort'): number {
    const span = this.#undecided.get(transaction);
    if (span === undefined) return 0;
    this.#undecided.delete(transaction);
    this.#slots.push(undefined);
    let dropped = 0;
    if (outcome === 'abort') {
      dropped = span.end - span.first;
      this.#slots.fill(undefined, span.first - this.#start, span.end - this.#start);
    }
    this.announce();
    return dropped;
  }

  /** Committed records from `offset` on, at least one if there is one; undefined without progress. */
  read(offset: number, maxBytes: number): FetchSlice | undefined {
    this.#refuseOutside(offset);
    const lastStableOffset = this.stableEnd;
    const records: LogRecord[] = [];
    let room = maxBytes;
    let next = offset;
    for (; next < lastStableOffset; next++) {
      const record = this.#slots[next - this.#start];
      if (record === undefined) continue;
      room -= sizeOf(record);
      if (room < 0 && records.length > 0) break;
      records.push(record);
    }
    if (next <= offset) return undefined;
    const { topic, partition } = this;
    return { topic, partition, records, nextOffset: next, lastStableOffset };
  }

  /** The first committed offset with this timestamp or a later one; `stableEnd` without one. */
  offsetAt(timestampMs: number): number {
    const end = this.stableEnd;
    for (let offset = this.#start; offset < end; offset++) {
      const record = this.#slots[offset - this.#start];
      if (record !== undefined && record.timestampMs >= timestampMs) return offset;
    }
    return end;
  }

  /** Calls `wake` whenever decided records may have come; the answer ends that. */
  onProgress(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  announce(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Keeps the last decided record of each key, and a tombstone only where it is asked for. */
  compact(options: { readonly dropTombstones: boolean }): void {
    const seen = new Set<string>();
    for (let index = this.stableEnd - this.#start - 1; index >= 0; index--) {
      const record = this.#slots[index];
      if (record === undefined) continue;
      const key = record.key?.toString('latin1') ?? '';
      const stale = seen.has(key) || (options.dropTombstones && record.value === undefined);
      seen.add(key);
      if (stale) this.#slots[index] = undefined;
    }
  }

  /** Forgets everything before `offset`, as retention does. */
  truncate(offset: number): void {
    const start = Math.min(Math.max(offset, this.#start), this.stableEnd);
    this.#slots = this.#slots.slice(start - this.#start);
    this.#start = start;
  }

  #refuseOutside(offset: number): void {
    if (offset >= this.#start && offset <= this.end) return;
    const range = `${this.#start} to ${this.end}`;
    const at = `${this.topic}/${this.partition}`;
    throw new LogFault('OFFSET_OUT_OF_RANGE', `${at} has offsets ${range}, asked for ${offset}`);
  }
}

/** What the record takes of a batch, at most. */
export function sizeOf(record: LogRecord | OutgoingRecord): number {
  const { key, value, headers } = record;
  return RECORD_OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0) + headers.length;
}

/** A copy in one piece of memory: writers may use their buffers again once they are answered. */
function stored(
  record: OutgoingRecord,
  at: { readonly offset: number; readonly timestampMs: number },
): LogRecord {
  const { topic, partition, key, value, headers } = record;
  const keyEnd = key?.length ?? 0;
  const valueEnd = keyEnd + (value?.length ?? 0);
  const bytes = Buffer.allocUnsafe(valueEnd + headers.length);
  if (key !== undefined) bytes.set(key, 0);
  if (value !== undefined) bytes.set(value, keyEnd);
  bytes.set(headers, valueEnd);
  return {
    topic,
    partition,
    offset: at.offset,
    timestampMs: at.timestampMs,
    key: key === undefined ? undefined : bytes.subarray(0, keyEnd),
    value: value === undefined ? undefined : bytes.subarray(keyEnd, valueEnd),
    headers: bytes.subarray(valueEnd) as EncodedHeaders,
  };
}
