import { createGunzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';

/** A line of a file: its number from 1, and its bytes without the line end. */
export type Line = { readonly number: number; readonly bytes: Buffer | 'too-long' };

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Lines come in larger lots than zlib's own 16 kB would give. */
const UNPACKED_BYTES = 64 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b];
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The lines of a stream of bytes, as many at a time as a chunk brings. Memory holds one chunk and one
 * unfinished line: a line over the maximum is given as `too-long` and its bytes are let go. Line ends
 * are LF or CRLF, a byte order mark is skipped, empty lines count but are not given.
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  lineBytesMax: number,
): AsyncGenerator<readonly Line[]> {
  let rest: Buffer = Buffer.alloc(0);
  let tooLong = false;
  let number = 0;
  const lineOf = (bytes: Buffer): Line[] => {
    number++;
    const wasTooLong = tooLong || bytes.length > lineBytesMax;
    tooLong = false;
    if (wasTooLong) return [{ number, bytes: 'too-long' }];
    const marked = number === 1 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK);
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    const line = bytes.subarray(marked ? 3 : 0, end);
    return line.length === 0 ? [] : [{ number, bytes: line }];
  };

  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      const part = chunk.subarray(from, at);
      lines.push(...lineOf(rest.length === 0 ? part : Buffer.concat([rest, part])));
      rest = Buffer.alloc(0);
      from = at + 1;
    }
    rest = rest.length === 0 ? chunk.subarray(from) : Buffer.concat([rest, chunk.subarray(from)]);
    if (rest.length > lineBytesMax) {
      tooLong = true;
      rest = Buffer.alloc(0);
    }
    yield lines;
  }
  if (rest.length > 0 || tooLong) yield lineOf(rest);
}

/** The bytes themselves, unpacked where they begin as gzip does. Throws zlib's error when damaged. */
export async function* unpacked(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = raw[Symbol.asyncIterator]();
  const head = await source.next();
  if (head.done === true) return;
  const chunks = prepend(head.value, source);
  if (GZIP_MAGIC.some((byte, i) => head.value[i] !== byte)) {
    yield* chunks;
    return;
  }
  const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES });
  // Errors of the source and of zlib surface where the bytes are read.
  pipeline(Readable.from(chunks), gunzip, () => undefined);
  for await (const chunk of gunzip) if (Buffer.isBuffer(chunk)) yield chunk;
}

async function* prepend(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}
