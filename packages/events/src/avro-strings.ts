/**
 * Avro strings at the speed that our values allow: nearly all of them are a few ASCII characters,
 * for which the way into the engine's own conversion costs more than the bytes themselves. The
 * bytes on the wire are avsc's, which does all that is long or not ASCII.
 */
import avsc, { type Schema, type Type } from 'avsc';

/** What avsc hands to a type: the bytes and how far they are written or read. */
type Tap = {
  readonly buf: Buffer & { latin1Slice(from: number, end: number): string };
  pos: number;
  readString(): string | undefined;
  writeString(text: string): void;
};

/** Shorter than this, the length is one byte, and copying in a loop beats a call of the engine. */
const SHORT_CHARACTERS = 64;
/**
 * Codes, postcodes and teams come again and again: one text for all of them is found by its bytes,
 * without a new one being made. A power of two; an identifier that is met once displaces one of so
 * many, so that what comes often is nearly always there.
 */
const REMEMBERED_TEXTS = 4096;
/** A longer text is an identifier that does not come back: it is not worth a place. */
const REMEMBERED_CHARACTERS_MAX = 16;

const remembered: string[] = Array.from({ length: REMEMBERED_TEXTS }, () => '');

/** Reads and writes what avsc's own type does, and nothing else: see the tests. */
class ShortStringType extends avsc.types.StringType {
  /** Not bound to `this`: avsc also calls it on the resolver of another version's schema. */
  protected _read(tap: Tap): string | undefined {
    const { buf, pos } = tap;
    const prefix = buf[pos] ?? 0x80;
    // A length of 64 or more has a second byte, an odd one is negative.
    if (prefix >= 0x80 || (prefix & 1) === 1) return tap.readString();
    const length = prefix >>> 1;
    const from = pos + 1;
    const end = from + length;
    if (end > buf.length) return tap.readString();
    let hash = length;
    let bits = 0;
    for (let at = from; at < end; at++) {
      const byte = buf[at] ?? 0;
      bits |= byte;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    if (bits >= 0x80) return tap.readString();
    tap.pos = end;
    if (length > REMEMBERED_CHARACTERS_MAX) return buf.latin1Slice(from, end);
    const place = (hash ^ (hash >>> 12)) & (REMEMBERED_TEXTS - 1);
    const known = remembered[place] ?? '';
    if (isTextAt(buf, from, { text: known, length })) return known;
    const text = buf.latin1Slice(from, end);
    remembered[place] = text;
    return text;
  }

  protected _write(tap: Tap, text: unknown): void {
    if (typeof text !== 'string') throw new TypeError('a string expected');
    const { buf, pos } = tap;
    const { length } = text;
    if (length >= SHORT_CHARACTERS || pos + length >= buf.length) return tap.writeString(text);
    buf[pos] = length << 1;
    let at = pos + 1;
    for (let i = 0; i < length; i++) {
      const character = text.charCodeAt(i);
      if (character >= 0x80) return tap.writeString(text);
      buf[at++] = character;
    }
    tap.pos = at;
  }
}

function isTextAt(bytes: Buffer, from: number, { text, length }: { text: string; length: number }) {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) if (bytes[from + i] !== text.charCodeAt(i)) return false;
  return true;
}

const SHORT_STRING: Type = new ShortStringType();

/** For avsc's `typeHook`: every string of a schema becomes one of these. */
export function shortStrings(schema: Schema): Type | undefined {
  return schema === 'string' ? SHORT_STRING : undefined;
}
