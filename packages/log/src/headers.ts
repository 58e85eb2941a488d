/**
 * Record headers in Kafka's own form: a count, then name and value with their lengths, all as
 * zig-zag varints. They are kept encoded, because most of them are constant per event type and are
 * copied far more often than they are read.
 */
declare const encoded: unique symbol;
export type EncodedHeaders = Buffer & { readonly [encoded]: true };

export type Header = readonly [name: string, value: string | Uint8Array];

/** What a reader accepts of one record; more is refused, not unpacked. */
export const HEADERS_MAX = 32;
export const HEADER_BYTES_MAX = 4096;

export type HeadersFlaw = 'TOO_MANY_HEADERS' | 'HEADERS_TOO_LARGE' | 'HEADERS_DAMAGED';

export const NO_HEADERS = Buffer.from([0]) as EncodedHeaders;

export function encodeHeaders(headers: readonly Header[]): EncodedHeaders {
  const parts: Buffer[] = [varint(headers.length)];
  for (const [name, value] of headers) {
    const nameBytes = Buffer.from(name, 'utf8');
    const valueBytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    parts.push(
      varint(nameBytes.length),
      nameBytes,
      varint(valueBytes.length),
      Buffer.from(valueBytes),
    );
  }
  return Buffer.concat(parts) as EncodedHeaders;
}

/**
 * What is wrong with the headers, if anything: looks at their lengths only. Every record that is
 * read is looked at, so lengths of one byte, which nearly all have, are read in place.
 */
export function flawOfHeaders(headers: EncodedHeaders): HeadersFlaw | undefined {
  if (headers.length > HEADER_BYTES_MAX) return 'HEADERS_TOO_LARGE';
  const first = headers[0] ?? 1;
  // An even byte below 0x80 is a count from 0 to 63.
  if (first >= 0x80 || (first & 1) === 1) return walkHeaders(headers, () => {});
  if (first > 2 * HEADERS_MAX) return 'TOO_MANY_HEADERS';
  let at = 1;
  for (let left = first; left > 0; left--) {
    const length = headers[at++] ?? 1;
    if (length >= 0x80 || (length & 1) === 1) return walkHeaders(headers, () => {});
    at += length >> 1;
  }
  return at === headers.length ? undefined : 'HEADERS_DAMAGED';
}

/** All headers by name (the last of a name wins), or what is wrong with them. */
export function decodeHeaders(headers: EncodedHeaders): ReadonlyMap<string, Buffer> | HeadersFlaw {
  const found = new Map<string, Buffer>();
  const flaw = walkHeaders(headers, (nameStart, nameEnd, valueStart, valueEnd) => {
    const name = headers.toString('utf8', nameStart, nameEnd);
    found.set(name, headers.subarray(valueStart, valueEnd));
  });
  return flaw ?? found;
}

/** The value of one header, `name` given as its bytes; undefined when absent or damaged. */
export function findHeader(headers: EncodedHeaders, name: Buffer): Buffer | undefined {
  let found: Buffer | undefined;
  walkHeaders(headers, (nameStart, nameEnd, valueStart, valueEnd) => {
    if (nameEnd - nameStart !== name.length) return;
    for (let i = 0; i < name.length; i++) if (headers[nameStart + i] !== name[i]) return;
    found = headers.subarray(valueStart, valueEnd);
  });
  return found;
}

type VisitHeader = (
  nameStart: number,
  nameEnd: number,
  valueStart: number,
  valueEnd: number,
) => void;

function walkHeaders(headers: EncodedHeaders, visit: VisitHeader): HeadersFlaw | undefined {
  if (headers.length > HEADER_BYTES_MAX) return 'HEADERS_TOO_LARGE';
  const at = { offset: 0 };
  const count = readVarint(headers, at);
  if (count === undefined || count < 0) return 'HEADERS_DAMAGED';
  if (count > HEADERS_MAX) return 'TOO_MANY_HEADERS';
  for (let i = 0; i < count; i++) {
    const nameLength = readLength(headers, at, 0);
    if (nameLength === undefined) return 'HEADERS_DAMAGED';
    const nameStart = at.offset;
    at.offset += nameLength;
    // A value may be null, written as length -1: it counts as empty.
    const valueLength = readLength(headers, at, -1);
    if (valueLength === undefined) return 'HEADERS_DAMAGED';
    const valueStart = at.offset;
    at.offset += Math.max(0, valueLength);
    visit(nameStart, nameStart + nameLength, valueStart, at.offset);
  }
  return at.offset === headers.length ? undefined : 'HEADERS_DAMAGED';
}

function readLength(from: Buffer, at: { offset: number }, min: number): number | undefined {
  const length = readVarint(from, at);
  return length === undefined || length < min || at.offset + length > from.length
    ? undefined
    : length;
}

function readVarint(from: Buffer, at: { offset: number }): number | undefined {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = from[at.offset];
    if (byte === undefined) return undefined;
    at.offset++;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
  }
  return undefined;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = (value << 1) ^ (value >> 31);
  while ((rest & ~0x7f) !== 0) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
