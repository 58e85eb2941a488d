import { LogFault } from '../log-fault.ts';
import type { OutgoingRecord, TopicPartition } from '../txn-log.ts';
import { BATCH_HEADER_BYTES, BatchWriter, PLAIN_PRODUCER } from './batch-writer.ts';

type Position = TopicPartition & { readonly offset: number };

/** One call of `publish`, and which of its records are still on their way. */
export class PublishCall {
  readonly done: Promise<readonly Position[]>;
  readonly #positions: Position[];
  readonly #resolve: (positions: readonly Position[]) => void;
  readonly #reject: (fault: LogFault) => void;
  #left: number;

  constructor(records: readonly OutgoingRecord[]) {
    const { promise, resolve, reject } = Promise.withResolvers<readonly Position[]>();
    this.done = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#left = records.length;
    this.#positions = records.map(({ topic, partition }) => ({ topic, partition, offset: -1 }));
    if (records.length === 0) resolve([]);
  }

  stored(index: number, at: Position): void {
    this.#positions[index] = at;
    if (--this.#left === 0) this.#resolve(this.#positions);
  }

  failed(fault: LogFault): void {
    this.#reject(fault);
  }
}

type Entry = {
  readonly record: OutgoingRecord;
  readonly call: PublishCall;
  readonly index: number;
};

/** A batch may hold more; less keeps one call from waiting long behind a burst of others. */
const BATCH_RECORDS_MAX = 10_000;

/**
 * The records for one partition: at most one batch of them is on its way, and the others wait
 * behind it, so that their order stays. What waits together goes together.
 */
export class PublishQueue implements TopicPartition {
  readonly topic: string;
  readonly partition: number;
  readonly #writer: BatchWriter;
  #waiting: Entry[] = [];
  #sent: Entry[] = [];
  #recordsMax = BATCH_RECORDS_MAX;
  /** Set while its batch is with a broker, or waits to go there again. */
  isBusy = false;
  failures = 0;
  failingSinceMs = 0;

  constructor({ topic, partition }: TopicPartition, batchBytesMax: number) {
    this.topic = topic;
    this.partition = partition;
    this.#writer = new BatchWriter(batchBytesMax);
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#sent.length === 0;
  }

  push(entry: Entry): void {
    this.#waiting.push(entry);
  }

  /** The batch to send: the one that failed before, unchanged, or a new one. */
  batch(nowMs: number): Buffer {
    if (this.#sent.length === 0) this.#fill(nowMs);
    return this.#writer.seal(PLAIN_PRODUCER);
  }

  /** The bytes of the records that are no longer here, for the publisher's accounts. */
  stored(baseOffset: number): number {
    const { topic, partition } = this;
    for (const [i, { call, index }] of this.#sent.entries()) {
      call.stored(index, { topic, partition, offset: baseOffset + i });
    }
    this.#recordsMax = Math.min(BATCH_RECORDS_MAX, this.#recordsMax * 2);
    return this.#forget();
  }

  /** The calls that have a record in the batch fail; the queue goes on behind it. */
  refused(fault: LogFault): number {
    const alone = this.#sent.length === 1 && fault.code === 'BATCH_TOO_LARGE';
    const told = alone ? new LogFault('RECORD_TOO_LARGE', fault.message, fault) : fault;
    for (const { call } of this.#sent) call.failed(told);
    return this.#forget();
  }

  /** The topic takes less than we thought: half of the batch at a time. False for one record. */
  split(): boolean {
    if (this.#sent.length <= 1) return false;
    this.#recordsMax = Math.ceil(this.#sent.length / 2);
    this.#waiting = [...this.#sent, ...this.#waiting];
    this.#sent = [];
    return true;
  }

  refuseAll(fault: LogFault): void {
    for (const { call } of [...this.#sent, ...this.#waiting]) call.failed(fault);
    this.#sent = [];
    this.#waiting = [];
  }

  #fill(nowMs: number): void {
    this.#writer.reset();
    let taken = 0;
    for (const { record } of this.#waiting) {
      if (taken >= this.#recordsMax || this.#writer.add(record, nowMs) !== 'ADDED') break;
      taken++;
    }
    this.#sent = this.#waiting.slice(0, taken);
    this.#waiting = this.#waiting.slice(taken);
  }

  #forget(): number {
    const bytes = this.#sent.reduce((sum, { record }) => sum + weightOf(record), 0);
    this.#sent = [];
    this.failures = 0;
    return bytes;
  }
}

/** More than a record's lengths and deltas can take. */
const RECORD_OVERHEAD_BYTES = 40;

/** An upper bound of what a record takes in a batch. */
export function weightOf({ key, value, headers }: OutgoingRecord): number {
  return RECORD_OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0) + headers.length;
}

/** Whether a record is sure to fit a batch of its own. */
export function fitsAlone(record: OutgoingRecord, batchBytesMax: number): boolean {
  return BATCH_HEADER_BYTES + weightOf(record) <= batchBytesMax;
}
