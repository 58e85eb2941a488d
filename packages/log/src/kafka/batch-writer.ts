import type { OutgoingRecord } from '../txn-log.ts';
import { crc32c } from './crc32c.ts';

/** Bytes of a record batch (format v2) before its first record. */
export const BATCH_HEADER_BYTES = 61;

/** Where the fields of a batch stand, counted from its first byte. */
export const BATCH = {
  baseOffset: 0,
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
} as const;

/** The batch's own length field counts from here. */
export const BATCH_LENGTH_FROM = 12;
export const TRANSACTIONAL_BIT = 0x10;

const BUFFER_BYTES_AT_FIRST = 16_384;
/** Below this a loop copies faster than `set`, which costs a call out of JavaScript's code. */
const LOOP_COPY_BYTES_MAX = 32;

/** Who writes: -1 throughout for a writer without a transaction. */
export type BatchProducer = {
  readonly producerId: bigint;
  readonly epoch: number;
  readonly baseSequence: number;
  readonly transactional: boolean;
};

export const PLAIN_PRODUCER: BatchProducer = {
  producerId: -1n,
  epoch: -1,
  baseSequence: -1,
  transactional: false,
};

export type AddOutcome =
  | 'ADDED'
  /** The record alone is larger than the batch may be. */
  | 'RECORD_TOO_LARGE'
  /** It fits a batch, but not what is left of this one. Nothing was written. */
  | 'BATCH_FULL';

/**
 * One record batch, written straight into one growing buffer that is used again after `reset`:
 * no object per record, one copy of each byte. `seal` gives a view of that buffer, so it is good
 * until the next `add` or `reset`.
 */
export class BatchWriter {
  readonly #bytesMax: number;
  #bytes = Buffer.allocUnsafeSlow(BUFFER_BYTES_AT_FIRST);
  #at = BATCH_HEADER_BYTES;
  #count = 0;
  #baseTimestampMs = 0;
  #maxTimestampMs = 0;

  /** `bytesMax` is what the topic takes as one batch, header included. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get count(): number {
    return this.#count;
  }

  get byteLength(): number {
    return this.#at;
  }

  reset(): void {
    this.#at = BATCH_HEADER_BYTES;
    this.#count = 0;
  }

  /** Appends a record; `timestampMs` counts where the record brings no time of its own. */
  add(record: OutgoingRecord, timestampMs: number): AddOutcome {
    const { key, value, headers } = record;
    const timestamp = record.timestampMs ?? timestampMs;
    const sinceBase = this.#count === 0 ? 0 : timestamp - this.#baseTimestampMs;
    const keyLength = key === undefined ? -1 : key.length;
    const valueLength = value === undefined ? -1 : value.length;
    const length =
      1 +
      varintBytes(sinceBase) +
      varintBytes(this.#count) +
      varintBytes(keyLength) +
      varintBytes(valueLength) +
      (key === undefined ? 0 : keyLength) +
      (value === undefined ? 0 : valueLength) +
      headers.length;
    const end = this.#at + varintBytes(length) + length;
    if (end > this.#bytesMax) {
      const alone = BATCH_HEADER_BYTES + varintBytes(length) + length;
      return alone > this.#bytesMax ? 'RECORD_TOO_LARGE' : 'BATCH_FULL';
    }
    if (end > this.#bytes.length) this.#grow(end);

    const bytes = this.#bytes;
    let at = writeVarint(bytes, this.#at, length);
    bytes[at++] = 0;
    at = writeVarint(bytes, at, sinceBase);
    at = writeVarint(bytes, at, this.#count);
    at = writeVarint(bytes, at, keyLength);
    if (key !== undefined) at = copyInto(bytes, at, key);
    at = writeVarint(bytes, at, valueLength);
    if (value !== undefined) at = copyInto(bytes, at, value);
    this.#at = copyInto(bytes, at, headers);

    if (this.#count === 0) this.#baseTimestampMs = this.#maxTimestampMs = timestamp;
    else if (timestamp > this.#maxTimestampMs) this.#maxTimestampMs = timestamp;
    this.#count++;
    return 'ADDED';
  }

  /** The finished batch. It can be sealed again, for another producer, without writing it anew. */
  seal(producer: BatchProducer): Buffer {
    const bytes = this.#bytes;
    writeInt64(bytes, BATCH.baseOffset, 0);
    bytes.writeInt32BE(this.#at - BATCH_LENGTH_FROM, BATCH.length);
    bytes.writeInt32BE(-1, BATCH.leaderEpoch);
    bytes[BATCH.magic] = 2;
    bytes.writeInt16BE(producer.transactional ? TRANSACTIONAL_BIT : 0, BATCH.attributes);
    bytes.writeInt32BE(this.#count - 1, BATCH.lastOffsetDelta);
    writeInt64(bytes, BATCH.baseTimestamp, this.#baseTimestampMs);
    writeInt64(bytes, BATCH.maxTimestamp, this.#maxTimestampMs);
    bytes.writeBigInt64BE(producer.producerId, BATCH.producerId);
    bytes.writeInt16BE(producer.epoch, BATCH.producerEpoch);
    bytes.writeInt32BE(producer.baseSequence, BATCH.baseSequence);
    bytes.writeInt32BE(this.#count, BATCH.count);
    bytes.writeUInt32BE(crc32c(bytes, BATCH.attributes, this.#at), BATCH.crc);
    return bytes.subarray(0, this.#at);
  }

  #grow(needed: number): void {
    const wanted = Math.max(needed, Math.min(this.#bytes.length * 2, this.#bytesMax));
    const larger = Buffer.allocUnsafeSlow(wanted);
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }
}

function copyInto(target: Buffer, at: number, source: Uint8Array): number {
  const { length } = source;
  if (length > LOOP_COPY_BYTES_MAX) target.set(source, at);
  else for (let i = 0; i < length; i++) target[at + i] = source[i] ?? 0;
  return at + length;
}

/** Zig-zag varint of a whole number below 2^52, negative ones too. */
function writeVarint(target: Buffer, at: number, value: number): number {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest > 0x7f) {
    target[at++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  target[at] = rest;
  return at + 1;
}

function varintBytes(value: number): number {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  let bytes = 1;
  while (rest > 0x7f) {
    rest = Math.floor(rest / 0x80);
    bytes++;
  }
  return bytes;
}

function writeInt64(target: Buffer, at: number, value: number): void {
  target.writeInt32BE(Math.floor(value / 0x1_0000_0000), at);
  target.writeUInt32BE(value >>> 0, at + 4);
}
