/**
 * The trace of a record where it lies, in its encoded headers: found, looked at and copied on byte
 * by byte. Every event that the router emits has one, and texts on the way would cost as much as
 * all other headers.
 */
import { assert } from '@smc/domain';
import type { EncodedHeaders } from '@smc/log';

/** Where the values of valid traceparents begin; -1 for both where the hop is none. */
export type LocatedTrace = { readonly hop: number; readonly origin: number };
/** Both halves of a span id, 32 bits each and not both zero. */
export type SpanId = { readonly high: number; readonly low: number };

export const TRACEPARENT_CHARACTERS = 55;
const SPAN_FROM = 36;
const SPAN_TO = 52;

const ZERO = 0x30;
const LETTER_A = 0x61;
const HYPHEN = 0x2d;

const NO_TRACE: LocatedTrace = { hop: -1, origin: -1 };

const HOP = encodedName('traceparent');
const ORIGIN = encodedName('ce_traceparent');

/** Name and length of the value as they stand in encoded headers. */
function encodedName(name: string): Buffer {
  return Buffer.from([name.length * 2, ...Buffer.from(name), TRACEPARENT_CHARACTERS * 2]);
}

/**
 * Walks over the headers once and looks at the digits where they lie. Whether the headers are
 * whole is another question (`flawOfHeaders`): from where they are damaged, nothing is found.
 */
export function locateTrace(headers: EncodedHeaders): LocatedTrace {
  let hop = -1;
  let origin = -1;
  let at = 1;
  // A reader accepts 32 headers, a count of one byte.
  for (let left = (headers[0] ?? 0) >>> 1; left > 0; left--) {
    const valueOfHop = behind(headers, at, HOP);
    if (valueOfHop > 0) hop = valueOfHop;
    const valueOfOrigin = behind(headers, at, ORIGIN);
    if (valueOfOrigin > 0) origin = valueOfOrigin;
    at = skip(headers, skip(headers, at));
    if (at < 0) break;
  }
  if (hop < 0 || !isTraceparentAt(headers, hop)) return NO_TRACE;
  return { hop, origin: origin >= 0 && isTraceparentAt(headers, origin) ? origin : hop };
}

/** Writes the next hop of a located trace, byte by byte: every event that is emitted has one. */
export function writeChild(
  into: Buffer,
  at: number,
  parent: { readonly headers: EncodedHeaders; readonly hop: number; readonly spanId: SpanId },
): void {
  const { headers, hop, spanId } = parent;
  assert((spanId.high | spanId.low) !== 0, 'a span id is not all zero');
  writeTraceparent(into, at, { headers, from: hop });
  writeHexadecimal(into, at + SPAN_FROM, spanId.high);
  writeHexadecimal(into, at + SPAN_FROM + 8, spanId.low);
}

/** Copies a located traceparent. */
export function writeTraceparent(
  into: Buffer,
  at: number,
  { headers, from }: { readonly headers: EncodedHeaders; readonly from: number },
): void {
  for (let i = 0; i < TRACEPARENT_CHARACTERS; i++) into[at + i] = headers[from + i] ?? 0;
}

function writeHexadecimal(into: Buffer, at: number, bits: number): void {
  for (let i = 0; i < 8; i++) {
    const digit = (bits >>> (28 - 4 * i)) & 0xf;
    into[at + i] = digit < 10 ? ZERO + digit : LETTER_A - 10 + digit;
  }
}

/** The end of these bytes when they stand at this place; else -1. */
function behind(bytes: Buffer, at: number, expected: Buffer): number {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return -1;
  return at + expected.length;
}

/** The end of what its length stands before, in two bytes at most: headers have 4,096 together. */
function skip(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === undefined) return -1;
  if (first < 0x80) return at + 1 + (first === NULL_LENGTH ? 0 : first >>> 1);
  const second = bytes[at + 1];
  if (second === undefined || second >= 0x80) return -1;
  return at + 2 + (((second << 7) | (first & 0x7f)) >>> 1);
}

/** -1, zig-zag. */
const NULL_LENGTH = 1;

function isTraceparentAt(bytes: Buffer, at: number): boolean {
  if (at + TRACEPARENT_CHARACTERS > bytes.length) return false;
  return (
    bytes[at] === ZERO &&
    bytes[at + 1] === ZERO &&
    bytes[at + 2] === HYPHEN &&
    isIdAt(bytes, at + 3, at + 35) &&
    bytes[at + 35] === HYPHEN &&
    isIdAt(bytes, at + SPAN_FROM, at + SPAN_TO) &&
    bytes[at + SPAN_TO] === HYPHEN &&
    isDigit(bytes[at + 53]) &&
    isDigit(bytes[at + 54])
  );
}

/** Lower-case hexadecimal digits, not all zero. */
function isIdAt(bytes: Buffer, from: number, to: number): boolean {
  let zero = true;
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    if (!isDigit(byte)) return false;
    if (byte !== ZERO) zero = false;
  }
  return !zero;
}

function isDigit(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= ZERO && byte <= 0x39) || (byte >= LETTER_A && byte <= 0x66);
}
