/** The kinds of field: each reads from the bytes to the checked word of the domain, in one step. */
import {
  isBsnSuffix,
  isContentHash,
  isIdentifier,
  isPostcode,
  type AddressKind,
  type Brand,
  type BsnSuffix,
  type ClientKey,
  type ContentHash,
  type LocalDate,
  type Postcode,
} from '@smc/domain';
import avsc from 'avsc';
import './buffer-internals.ts';
import { dateOfDay } from './days.ts';
import { KNOWN_BYTES_MAX, KnownTexts } from './known-texts.ts';
import {
  DAMAGED,
  expectType,
  InvalidField,
  takeInt,
  takeLength,
  takeLong,
  type Kind,
} from './reading.ts';
import { readNumber } from './scan.ts';

/** The last millisecond of the year 9999: what an RFC 3339 time can still say. */
const INSTANT_MAX_MS = 253_402_300_799_999;
const IDENTIFIER = 'an identifier of 1 to 64 characters [A-Za-z0-9._:-]';

/** By byte: 1 where it can stand in an identifier, 3 where one can begin with it. */
const IN_IDENTIFIER = tableOf((c) => (/[A-Za-z0-9]/.test(c) ? 3 : /[._:-]/.test(c) ? 1 : 0));
const IN_CLIENT_KEY = tableOf((c) => (/[a-z2-7]/.test(c) ? 1 : 0));
const PRINTABLE = tableOf((c) => (c >= ' ' && c <= '~' ? 1 : 0));
// Control characters, and U+FFFD, which stands where the bytes were no UTF-8.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f\ufffd]/;

function tableOf(classOf: (character: string) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => classOf(String.fromCharCode(byte)));
}

/** A name that hardly ever comes twice; see `code` for those that do. */
export function identifier<Name extends string>(): Kind<Brand<string, Name>> {
  return (type, { field }) => {
    expectType(type, 'string', field);
    return (cursor) => {
      const length = takeLength(cursor);
      const { bytes, at } = cursor;
      let allowed = length > 0 && length <= 64 ? (IN_IDENTIFIER[bytes[at] ?? 0] ?? 0) >> 1 : 0;
      for (let i = at; i < at + length && allowed; i++) {
        allowed &= IN_IDENTIFIER[bytes[i] ?? 0] ?? 0;
      }
      if (allowed === 0) throw new InvalidField(field, IDENTIFIER);
      cursor.at += length;
      return bytes.latin1Slice(at, at + length) as Brand<string, Name>;
    };
  };
}

export const clientKey: Kind<ClientKey> = (type, { field }) => {
  expectType(type, 'string', field);
  return (cursor) => {
    const length = takeLength(cursor);
    const { bytes, at } = cursor;
    let allowed = length === 26 ? 1 : 0;
    for (let i = at; i < at + length && allowed; i++) allowed &= IN_CLIENT_KEY[bytes[i] ?? 0] ?? 0;
    if (allowed === 0) throw new InvalidField(field, '26 characters of lower-case base32');
    cursor.at += length;
    return bytes.latin1Slice(at, at + length) as ClientKey;
  };
};

/** A text of which there are few: what was read before is neither made nor checked again. */
function known<T extends string>(isOne: (text: unknown) => text is T, expected: string): Kind<T> {
  return (type, { field }) => {
    expectType(type, 'string', field);
    const texts = new KnownTexts<T>();
    return (cursor) => {
      const length = takeLength(cursor);
      const { bytes, at } = cursor;
      cursor.at += length;
      const before = texts.get(bytes, at, length);
      if (before !== undefined) return before;
      const text: unknown = bytes.utf8Slice(at, at + length);
      if (!isOne(text)) throw new InvalidField(field, expected);
      if (length <= KNOWN_BYTES_MAX) texts.set(bytes, at, text, length);
      return text;
    };
  };
}

/** The name of something of which there are few: a team, an office, a version. */
export function name<Name extends string>(): Kind<Brand<string, Name>> {
  return known(isIdentifier<Name>, IDENTIFIER);
}

/** A code of a code list: its form only, so that a new code needs no new reader. */
export const code: Kind<string> = known(isIdentifier<'Code'>, IDENTIFIER);

export const contentHash: Kind<ContentHash> = known(isContentHash, '64 hexadecimal digits');

export const bsnSuffix: Kind<BsnSuffix> = known(isBsnSuffix, 'two digits');

export const postcode: Kind<Postcode> = known(
  isPostcode,
  'four digits and two capitals such as 3511AB, or nothing',
);

/** Words for people, in one line. */
export function text(charactersMax: number): Kind<string> {
  return (type, { field }) => {
    expectType(type, 'string', field);
    return (cursor) => {
      const length = takeLength(cursor);
      const { bytes, at } = cursor;
      cursor.at += length;
      let printable = length <= charactersMax ? 1 : 0;
      for (let i = at; i < at + length && printable; i++)
        printable &= PRINTABLE[bytes[i] ?? 0] ?? 0;
      if (printable === 1) return bytes.latin1Slice(at, at + length);
      const words = bytes.utf8Slice(at, at + length);
      if (words.length <= charactersMax && !UNPRINTABLE.test(words)) return words;
      throw new InvalidField(field, `at most ${charactersMax} printable characters`);
    };
  };
}

export const date: Kind<LocalDate> = (type, { field }) => {
  expectType(type, 'logical:date', field);
  return (cursor) => {
    const read = dateOfDay(takeInt(cursor));
    if (read === undefined) throw new InvalidField(field, 'a day between 1900 and 2199');
    return read;
  };
};

/** A whole number within its bounds. */
export function count(min: number, max: number = Number.MAX_SAFE_INTEGER): Kind<number> {
  return (type, { field }) => {
    const take = type.typeName === 'int' ? takeInt : takeLong;
    if (take === takeLong) expectType(type, 'long', field);
    return (cursor) => {
      const number = take(cursor);
      if (number >= min && number <= max) return number;
      throw new InvalidField(field, `a whole number of at least ${min}`);
    };
  };
}

/** Milliseconds since 1970. */
export const instant: Kind<number> = count(0, INSTANT_MAX_MS);

export const flag: Kind<boolean> = (type, { field }) => {
  expectType(type, 'boolean', field);
  return (cursor) => {
    const byte = cursor.bytes[cursor.at++];
    if (byte === 0 || byte === 1) return byte === 1;
    throw DAMAGED;
  };
};

/**
 * One of a closed set: an enum, or a text where Avro's names do not allow the members. A symbol that
 * only a newer schema knows arrives as UNKNOWN and is refused.
 */
export function oneOf<T extends string>(set: ReadonlySet<T>): Kind<T> {
  const expected = `one of ${[...set].join(', ')}`;
  const isMember = (value: unknown): value is T => new Set<unknown>(set).has(value);
  return (type, place) => {
    if (!(type instanceof avsc.types.EnumType)) return known(isMember, expected)(type, place);
    const members = type.symbols.map((symbol) => (isMember(symbol) ? symbol : undefined));
    return (cursor) => {
      const number = readNumber(cursor);
      if (!(number >= 0 && number < members.length)) throw DAMAGED;
      const member = members[number];
      if (member !== undefined) return member;
      throw new InvalidField(place.field, expected);
    };
  };
}

/** A copy: who keeps a few bytes must not keep all that came with them. */
export const bytes: Kind<Uint8Array> = (type, { field }) => {
  expectType(type, 'bytes', field);
  return (cursor) => {
    const length = takeLength(cursor);
    const { bytes: from, at } = cursor;
    cursor.at += length;
    return Buffer.from(from.subarray(at, at + length));
  };
};

/** A home address and a postbus have a postcode; where nothing is known there is none either. */
export function checkPostcode(of: {
  readonly addressKind: AddressKind;
  readonly postcode: Postcode | undefined;
}): void {
  const wanted = of.addressKind === 'dutch' || of.addressKind === 'postbus';
  if (wanted === (of.postcode !== undefined)) return;
  const expected = `${wanted ? 'a' : 'no'} postcode with addressKind ${of.addressKind}`;
  throw new InvalidField('postcode', expected);
}
