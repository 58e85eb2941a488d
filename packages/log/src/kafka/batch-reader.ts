import { NO_HEADERS, type EncodedHeaders } from '../headers.ts';
import { LogFault } from '../log-fault.ts';
import type { LogRecord } from '../txn-log.ts';
import { BATCH, BATCH_HEADER_BYTES, BATCH_LENGTH_FROM, TRANSACTIONAL_BIT } from './batch-writer.ts';
import { crc32c } from './crc32c.ts';

/** A transaction that was aborted, as the leader lists it beside the batches it touches. */
export type AbortedTransaction = { readonly producerId: bigint; readonly firstOffset: number };

/** What one fetch brought for one partition: whole batches, perhaps a cut one at the end. */
export type FetchedBytes = {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: Buffer;
  /** The offset asked for: the first batch may begin before it. */
  readonly from: number;
  readonly aborted: readonly AbortedTransaction[];
};

export type ReadBatches = { readonly records: readonly LogRecord[]; readonly nextOffset: number };

const COMPRESSION_BITS = 0x07;
const LOG_APPEND_TIME_BIT = 0x08;
const CONTROL_BIT = 0x20;
const ABORT_MARKER = 0;

/**
 * The committed records of fetched batches, from `from` on.
 *
 * - Every batch is checked against its checksum, every length against what is there.
 * - The next offset comes from the headers of the batches, so that it passes markers, aborted
 *   batches, and batches that compaction has emptied.
 * - A batch is skipped when its producer has an aborted transaction that began at or before it and
 *   has not reached its abort marker yet. The leader lists aborted transactions by where they end,
 *   hence the sort. Only a control batch can be a marker.
 * - Keys, values and headers are views of `bytes`. Headers stay encoded, whatever their number.
 * - A compressed batch is refused: the topics are uncompressed, so the broker has unpacked and
 *   judged what a producer packed. See decisions.md.
 *
 * Throws LogFault CORRUPT.
 */
export function readBatches(fetched: FetchedBytes): ReadBatches {
  const { bytes, from } = fetched;
  const aborted = [...fetched.aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const open = new Set<bigint>();
  const records: LogRecord[] = [];
  let abortedSeen = 0;
  let nextOffset = from;
  let start = 0;
  while (start + BATCH_HEADER_BYTES <= bytes.length) {
    const end = start + BATCH_LENGTH_FROM + bytes.readInt32BE(start + BATCH.length);
    if (end > bytes.length) break;
    const batch = batchAt(fetched, start, end);
    for (let next = aborted[abortedSeen]; next !== undefined; next = aborted[++abortedSeen]) {
      if (next.firstOffset > batch.lastOffset) break;
      open.add(next.producerId);
    }
    if ((batch.attributes & CONTROL_BIT) !== 0) {
      if (open.size > 0 && isAbortMarker(batch)) open.delete(producerOf(batch));
    } else if (open.size === 0 || !isOf(open, batch)) {
      readRecords(batch, from, records);
    }
    nextOffset = Math.max(nextOffset, batch.lastOffset + 1);
    start = end;
  }
  return { records, nextOffset };
}

type Batch = {
  readonly of: FetchedBytes;
  readonly start: number;
  readonly end: number;
  readonly attributes: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
};

function batchAt(of: FetchedBytes, start: number, end: number): Batch {
  const { bytes } = of;
  if (end < start + BATCH_HEADER_BYTES) throw corrupt(of, start, 'has an impossible length');
  if (bytes[start + BATCH.magic] !== 2) throw corrupt(of, start, 'is not in record format 2');
  const crc = bytes.readUInt32BE(start + BATCH.crc);
  if (crc32c(bytes, start + BATCH.attributes, end) !== crc) {
    throw corrupt(of, start, 'fails its checksum');
  }
  const attributes = bytes.readInt16BE(start + BATCH.attributes);
  const baseOffset = readInt64(bytes, start + BATCH.baseOffset);
  const lastOffset = baseOffset + bytes.readInt32BE(start + BATCH.lastOffsetDelta);
  if (baseOffset < 0 || lastOffset < baseOffset || !Number.isSafeInteger(lastOffset)) {
    throw corrupt(of, start, 'has impossible offsets');
  }
  if ((attributes & COMPRESSION_BITS) !== 0) {
    throw corrupt(of, start, 'is compressed: the topic needs compression.type=uncompressed');
  }
  return { of, start, end, attributes, baseOffset, lastOffset };
}

function isOf(producers: ReadonlySet<bigint>, batch: Batch): boolean {
  return (batch.attributes & TRANSACTIONAL_BIT) !== 0 && producers.has(producerOf(batch));
}

function producerOf({ of, start }: Batch): bigint {
  return of.bytes.readBigInt64BE(start + BATCH.producerId);
}

/** The key of a control record is an int16 version and an int16 type. */
function isAbortMarker(batch: Batch): boolean {
  const [marker] = readRecords(batch, 0, []);
  return (
    marker?.key !== undefined &&
    marker.key.length >= 4 &&
    marker.key.readInt16BE(2) === ABORT_MARKER
  );
}

/** Appends the records at `from` or later to `into`. The loop makes nothing but the records. */
function readRecords(batch: Batch, from: number, into: LogRecord[]): readonly LogRecord[] {
  const { of, start, end, baseOffset, lastOffset } = batch;
  const { bytes, topic, partition } = of;
  const count = bytes.readInt32BE(start + BATCH.count);
  const baseTimestamp = readInt64(bytes, start + BATCH.baseTimestamp);
  const appendedMs =
    (batch.attributes & LOG_APPEND_TIME_BIT) === 0
      ? undefined
      : readInt64(bytes, start + BATCH.maxTimestamp);
  const cursor = new Cursor(bytes, start + BATCH_HEADER_BYTES);
  let previous = baseOffset - 1;
  for (let i = 0; i < count; i++) {
    const length = cursor.varint();
    const stop = cursor.at + length;
    cursor.at++;
    const timestampMs = baseTimestamp + cursor.varint();
    const offset = baseOffset + cursor.varint();
    const keyLength = cursor.varint();
    const keyAt = cursor.at;
    if (keyLength > 0) cursor.at += keyLength;
    const valueLength = cursor.varint();
    const valueAt = cursor.at;
    const headersAt = valueLength > 0 ? valueAt + valueLength : valueAt;
    if (
      !(length > 0 && stop <= end && headersAt < stop && offset > previous && offset <= lastOffset)
    ) {
      throw corrupt(of, start, `has an impossible record (number ${i})`);
    }
    previous = offset;
    cursor.at = stop;
    if (offset < from) continue;
    into.push({
      topic,
      partition,
      offset,
      timestampMs: appendedMs ?? timestampMs,
      key: keyLength < 0 ? undefined : bytes.subarray(keyAt, keyAt + keyLength),
      value: valueLength < 0 ? undefined : bytes.subarray(valueAt, headersAt),
      headers: headersOf(bytes, headersAt, stop),
    });
  }
  if (cursor.at !== end) throw corrupt(of, start, 'is longer or shorter than its records');
  return into;
}

function headersOf(bytes: Buffer, start: number, end: number): EncodedHeaders {
  if (end - start === 1 && bytes[start] === 0) return NO_HEADERS;
  return bytes.subarray(start, end) as EncodedHeaders;
}

/** Reads zig-zag varints; past the end of the bytes, or of a number, it reads NaN. */
class Cursor {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  varint(): number {
    const first = this.#bytes[this.at] ?? Number.NaN;
    if (first < 0x80) {
      this.at++;
      return (first >>> 1) ^ -(first & 1);
    }
    return this.#long();
  }

  #long(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 64; scale *= 0x80) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) return Number.NaN;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    return Number.NaN;
  }
}

function readInt64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);
}

function corrupt(of: FetchedBytes, start: number, flaw: string): LogFault {
  const offset = readInt64(of.bytes, start);
  return new LogFault('CORRUPT', `the batch at ${offset} of ${of.topic}/${of.partition} ${flaw}`);
}
