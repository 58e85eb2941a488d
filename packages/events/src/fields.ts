/**
 * The checks between a decoded Avro value and the words of the domain: one function per kind of
 * field. Each gives the checked value or throws an InvalidField, which never leaves this package:
 * it unwinds the reading of one event and becomes the flaw FIELD_INVALID. It names the field and
 * what was expected, never the value, which may be anything, a BSN too.
 */
import {
  isBsnSuffix,
  isClientKey,
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
  type SourcePosition,
} from '@smc/domain';

/** A record as avsc gives it: the reader's schema guarantees the fields and their Avro types. */
export type Wire = { readonly [field: string]: unknown };

export class InvalidField extends Error {
  override readonly name = 'InvalidField';

  constructor(field: string, expected: string) {
    super(`${field}: ${expected} expected`);
  }
}

/** The last millisecond of the year 9999: what an RFC 3339 time can still say. */
const INSTANT_MAX_MS = 253_402_300_799_999;
// Control characters, and U+FFFD, which stands where the bytes were no UTF-8.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f\ufffd]/;

const IDENTIFIER = 'an identifier of 1 to 64 characters [A-Za-z0-9._:-]';

export function identifier<Name extends string>(
  value: unknown,
  field: string,
): Brand<string, Name> {
  if (isIdentifier<Name>(value)) return value;
  throw new InvalidField(field, IDENTIFIER);
}

/** Null is Avro's word for what is undefined here. */
export function optional<T>(value: unknown, check: (value: unknown) => T): T | undefined {
  return value === null ? undefined : check(value);
}

export function optionalIdentifier<Name extends string>(
  value: unknown,
  field: string,
): Brand<string, Name> | undefined {
  return value === null ? undefined : identifier<Name>(value, field);
}

export function identifiers<Name extends string>(
  value: unknown,
  field: string,
): readonly Brand<string, Name>[] {
  const items = list(value, field);
  if (items.every(isIdentifier<Name>)) return items;
  throw new InvalidField(field, `${IDENTIFIER}, each`);
}

/** A code of a code list: its form only, so that a new code needs no new reader. */
export function code(value: unknown, field: string): string {
  return identifier<'Code'>(value, field);
}

export function optionalCode(value: unknown, field: string): string | undefined {
  return value === null ? undefined : code(value, field);
}

export function codes(value: unknown, field: string): readonly string[] {
  return identifiers<'Code'>(value, field);
}

export function clientKey(value: unknown): ClientKey {
  if (isClientKey(value)) return value;
  throw new InvalidField('clientKey', '26 characters of lower-case base32');
}

export function contentHash(value: unknown, field: string): ContentHash {
  if (isContentHash(value)) return value;
  throw new InvalidField(field, '64 hexadecimal digits');
}

export function bsnSuffix(value: unknown): BsnSuffix {
  if (isBsnSuffix(value)) return value;
  throw new InvalidField('bsnSuffix', 'two digits');
}

export function date(value: unknown, field: string): LocalDate {
  if (isDecodedDate(value)) return value;
  throw new InvalidField(field, 'a day between 1900 and 2199');
}

/** The logical type `date` gives a LocalDate or nothing at all. */
function isDecodedDate(value: unknown): value is LocalDate {
  return typeof value === 'string';
}

export function instant(value: unknown, field: string): number {
  return count(value, field, 0, INSTANT_MAX_MS);
}

/** A whole number within its bounds. */
export function count(
  value: unknown,
  field: string,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new InvalidField(field, `a whole number of at least ${min}`);
}

export function flag(value: unknown): boolean {
  return value === true;
}

/** One of a closed set. A symbol that only a newer schema knows arrives as UNKNOWN and is refused. */
export function oneOf<T extends string>(set: ReadonlySet<T>, value: unknown, field: string): T {
  if (isMember<T>(set, value)) return value;
  throw new InvalidField(field, `one of ${[...set].join(', ')}`);
}

function isMember<T extends string>(set: ReadonlySet<string>, value: unknown): value is T {
  return typeof value === 'string' && set.has(value);
}

export function optionalOneOf<T extends string>(
  set: ReadonlySet<T>,
  value: unknown,
  field: string,
): T | undefined {
  return value === null ? undefined : oneOf(set, value, field);
}

export function postcode(value: unknown): Postcode | undefined {
  if (value === null) return undefined;
  if (isPostcode(value)) return value;
  throw new InvalidField('postcode', 'four digits and two capitals such as 3511AB, or nothing');
}

/** A home address and a postbus have a postcode; where nothing is known there is none either. */
export function postcodeOf(kind: AddressKind, value: unknown): Postcode | undefined {
  const known = postcode(value);
  const wanted = kind === 'dutch' || kind === 'postbus';
  if (wanted === (known !== undefined)) return known;
  throw new InvalidField('postcode', `${wanted ? 'a' : 'no'} postcode with addressKind ${kind}`);
}

/** Words for people, in one line. */
export function text(value: unknown, field: string, charactersMax: number): string {
  return checkedText(value, field, charactersMax);
}

export function texts(value: unknown, field: string, charactersMax: number): readonly string[] {
  return list(value, field).map((value) => checkedText(value, field, charactersMax));
}

function checkedText(value: unknown, field: string, charactersMax: number): string {
  const valid =
    typeof value === 'string' && value.length <= charactersMax && !UNPRINTABLE.test(value);
  if (valid) return value;
  throw new InvalidField(field, `at most ${charactersMax} printable characters`);
}

export function bytes(value: unknown, field: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new InvalidField(field, 'bytes');
}

export function optionalBytes(value: unknown, field: string): Uint8Array | undefined {
  return value === null ? undefined : bytes(value, field);
}

/** The items of an array, whose number the scan has bounded. */
function list(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new InvalidField(field, 'a list');
}

export function records(value: unknown, field: string): readonly Wire[] {
  const items = list(value, field);
  if (items.every(isWire)) return items;
  throw new InvalidField(field, 'records');
}

export function sourcePosition(value: unknown): SourcePosition {
  const source = record(value, 'source');
  return {
    topic: identifier(source['topic'], 'topic'),
    partition: count(source['partition'], 'partition', 0),
    offset: count(source['offset'], 'offset', 0),
  };
}

export function record(value: unknown, field: string): Wire {
  if (isWire(value)) return value;
  throw new InvalidField(field, 'a record');
}

function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null;
}
