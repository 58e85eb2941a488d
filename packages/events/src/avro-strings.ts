/**
 * Avro strings written at the speed that our values allow: nearly all are a few ASCII characters,
 * for which the way into the engine's own conversion costs more than the bytes themselves. The
 * bytes on the wire are avsc's, which does all that is long or not ASCII.
 */
import avsc, { type Schema, type Type } from 'avsc';

/** What avsc hands to a type: the bytes and how far they are written. */
type Tap = {
  readonly buf: Buffer;
  pos: number;
  writeString(text: string): void;
};

/** Shorter than this, the length is one byte, and copying in a loop beats a call of the engine. */
const SHORT_CHARACTERS = 64;

/** Writes what avsc's own type writes, and reads with avsc: making the text is what reading costs. */
class ShortStringType extends avsc.types.StringType {
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

const SHORT_STRING: Type = new ShortStringType();

/** For avsc's `typeHook`: every string of a schema becomes one of these. */
export function shortStrings(schema: Schema): Type | undefined {
  return schema === 'string' ? SHORT_STRING : undefined;
}
