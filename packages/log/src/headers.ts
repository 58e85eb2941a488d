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
    parts.push(varint(nameBytes.length), nameBytes, varint(valueBytes.length), Buffer.from(valueBytes));
  }
  return Buffer.concat(parts) as EncodedHeaders;
}

/** All headers by name (the last of a name wins), or what is wrong with them. */
export function decodeHeaders(headers: EncodedHeaders): ReadonlyMap<string, Buffer> | HeadersFlaw {
  if (headers.length > HEADER_BYTES_MAX) return 'HEADERS_TOO_LARGE';
  const at = { offset: 0 };
  const count = readVarint(headers, at);
  if (count === undefined || count < 0) return 'HEADERS_DAMAGED';
  if (count > HEADERS_MAX) return 'TOO_MANY_HEADERS';
  const found = new Map<string, Buffer>();
  for (let i = 0; i < count; i++) {
    const name = readBytes(headers, at);
    if (name === undefined || name === null) return 'HEADERS_DAMAGED';
    const value = readBytes(headers, at);
    if (value === undefined) return 'HEADERS_DAMAGED';
    found.set(name.toString('utf8'), value ?? Buffer.alloc(0));
  }
  return at.offset === headers.length ? found : 'HEADERS_DAMAGED';
}

function readBytes(from: Buffer, at: { offset: number }): Buffer | null | undefined {
  const length = readVarint(from, at);
  if (length === undefined || length < -1 || at.offset + length > from.length) return undefined;
  if (length === -1) return null;
  const bytes = from.subarray(at.offset, at.offset + length);
  at.offset += length;
  return bytes;
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
