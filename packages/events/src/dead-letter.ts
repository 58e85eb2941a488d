/**
 * A record that is no valid event, kept so that a person can see what came and repair it. The BSN
 * must not spread even when a system publishes it by mistake, so any nine digits in a row that pass
 * the elfproef are overwritten with X: in the key, the value and the headers, also within a longer
 * row of digits, because the byte before a text, its length, can look like a digit. One number in
 * eleven passes by chance; what is lost then is a few digits of a record that was refused anyway.
 */
import type { DeadLetter } from '@smc/domain';
import type { LogRecord } from '@smc/log';
import type { Flaw } from './codec.ts';

/** A whole record of any of our topics; a longer one, from a topic set otherwise, is cut. */
export const DEAD_LETTER_VALUE_BYTES_MAX = 1_048_576;
export const DEAD_LETTER_KEY_BYTES_MAX = 4_096;
/** Four times what a reader accepts: enough to see whose headers they were. */
export const DEAD_LETTER_HEADERS_BYTES_MAX = 16_384;
const REASON_CHARACTERS_MAX = 300;

/**
 * The dead letter of a record. Publish it under its own `key`, which is masked too; the key of the
 * record is not.
 */
export function toDeadLetter(record: LogRecord, flaw: Flaw): DeadLetter {
  const key = keep(record.key, DEAD_LETTER_KEY_BYTES_MAX);
  const value = keep(record.value, DEAD_LETTER_VALUE_BYTES_MAX);
  const headers = keep(record.headers, DEAD_LETTER_HEADERS_BYTES_MAX);
  const notes = [
    flaw.reason.slice(0, REASON_CHARACTERS_MAX),
    ...cutNote('key', key, record.key),
    ...cutNote('value', value, record.value),
    ...cutNote('headers', headers, record.headers),
  ];
  return {
    type: 'DeadLetter',
    code: flaw.code,
    reason: notes.join('; '),
    source: { topic: record.topic, partition: record.partition, offset: record.offset },
    key: key?.bytes,
    value: value?.bytes,
    headers: headers.bytes,
    masked: headers.masked || (key?.masked ?? false) || (value?.masked ?? false),
  };
}

type Kept = { readonly bytes: Buffer; readonly masked: boolean };

/** A copy, masked before it is cut, so that no cut saves half a number from being seen. */
function keep(bytes: Buffer, bytesMax: number): Kept;
function keep(bytes: Buffer | undefined, bytesMax: number): Kept | undefined;
function keep(bytes: Buffer | undefined, bytesMax: number): Kept | undefined {
  if (bytes === undefined) return undefined;
  const whole = Buffer.from(bytes);
  const masked = maskBsns(bytes, whole);
  return { bytes: whole.subarray(0, bytesMax), masked };
}

function cutNote(what: string, kept: Kept | undefined, original: Buffer | undefined): string[] {
  if (kept === undefined || original === undefined) return [];
  if (kept.bytes.length === original.length) return [];
  return [`${what} cut from ${original.length} to ${kept.bytes.length} bytes`];
}

const BSN_DIGITS = 9;
const ZERO = 48;
const X = 88;

/**
 * Overwrites in `into`, a copy of `bytes`, every nine digits that could be a BSN; tells whether it
 * found any. The sums of the last nine digits slide along, so that a megabyte of digits costs no
 * more than a megabyte of anything: the elfproef is the sum weighted 9 to 1, less twice the last
 * digit, and nine zeros are no BSN.
 */
export function maskBsns(bytes: Uint8Array, into: Uint8Array): boolean {
  let row = 0;
  let plain = 0;
  let weighted = 0;
  let maskedTo = 0;
  for (let i = 0; i < bytes.length; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) {
      row = plain = weighted = 0;
      continue;
    }
    const leaving = row < BSN_DIGITS ? 0 : (bytes[i - BSN_DIGITS] ?? 0) - ZERO;
    weighted += plain - 10 * leaving + digit;
    plain += digit - leaving;
    row++;
    if (row < BSN_DIGITS || plain === 0 || (weighted - 2 * digit) % 11 !== 0) continue;
    for (let k = Math.max(maskedTo, i - BSN_DIGITS + 1); k <= i; k++) into[k] = X;
    maskedTo = i + 1;
  }
  return maskedTo > 0;
}
