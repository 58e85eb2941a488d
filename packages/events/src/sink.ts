/**
 * Avro's primitives written into bytes: lengths and numbers are zig-zag varints. What does not fit
 * any more is counted and not written, so that the caller learns how much room is needed. Nothing
 * here checks a value: see `compile-write.ts`.
 */

import './buffer-internals.ts';

/** Where writing goes on; beyond the end of `bytes` nothing is written. */
export type Sink = { bytes: Buffer; at: number };

/** Shorter than this, copying in a loop beats a call of the engine. */
const LOOP_CHARACTERS_MAX = 10;
/** So many bytes have a length of one byte. */
const SHORT_BYTES_MAX = 63;

export function writeNumber(sink: Sink, value: number): void {
  const { bytes } = sink;
  if (value >= -0x4000_0000 && value < 0x4000_0000) {
    let rest = (value << 1) ^ (value >> 31);
    while (rest > 0x7f) {
      bytes[sink.at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[sink.at++] = rest;
    return;
  }
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest > 0x7f) {
    bytes[sink.at++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  bytes[sink.at++] = rest;
}

/** UTF-8 behind its length; a lone surrogate becomes U+FFFD. */
export function writeText(sink: Sink, text: string): void {
  const { bytes, at } = sink;
  const { length } = text;
  if (length <= LOOP_CHARACTERS_MAX) {
    let end = at + 1;
    for (let i = 0; i < length; i++) {
      const character = text.charCodeAt(i);
      if (character >= 0x80) return writeLongText(sink, text);
      bytes[end++] = character;
    }
    bytes[at] = length << 1;
    sink.at = end;
    return;
  }
  if (length > SHORT_BYTES_MAX || at + 1 + 3 * length > bytes.length) {
    return writeLongText(sink, text);
  }
  const written = bytes.utf8Write(text, at + 1, 3 * length);
  if (written > SHORT_BYTES_MAX) return writeLongText(sink, text);
  bytes[at] = written << 1;
  sink.at = at + 1 + written;
}

function writeLongText(sink: Sink, text: string): void {
  const length = Buffer.byteLength(text);
  writeNumber(sink, length);
  if (sink.at + length <= sink.bytes.length) sink.bytes.utf8Write(text, sink.at, length);
  sink.at += length;
}

export function writeBytes(sink: Sink, value: Uint8Array): void {
  writeNumber(sink, value.length);
  if (sink.at + value.length <= sink.bytes.length) sink.bytes.set(value, sink.at);
  sink.at += value.length;
}
