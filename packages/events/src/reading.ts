/**
 * What reading a value of one of our own schemas is made of. A kind of field is compiled with the
 * type that the schema gives the field, when a codec is opened; that the two fit is seen then.
 *
 * Two things can be wrong with bytes. `Damaged`: they are not what the schema says; the scan then
 * tells what and where. `InvalidField`: the value is none of the domain's; it names the field and
 * what was expected, never the value, which may be anything, a BSN too. Neither leaves this package.
 */
import type { Type } from 'avsc';
import { readNumber, type Cursor } from './scan.ts';

/** Reads the value and moves the cursor behind it; throws Damaged or InvalidField. */
export type Read<T> = (cursor: Cursor) => T;

export type Place = {
  /** Dotted, for the bounds of arrays; empty for the event itself. */
  readonly path: string;
  /** The last name of the path: what a refusal names. */
  readonly field: string;
  readonly bounds: ReadonlyMap<string, number>;
};

export type Kind<T> = (type: Type, place: Place) => Read<T>;

export class Damaged extends Error {
  override readonly name = 'Damaged';
}

export class InvalidField extends Error {
  override readonly name = 'InvalidField';

  constructor(field: string, expected: string) {
    super(`${field}: ${expected} expected`);
  }
}

/** Made once: where bytes are damaged is for the scan to find. */
export const DAMAGED = new Damaged();

/** Moves the cursor behind the length of a text or bytes that are all there. */
export function takeLength(cursor: Cursor): number {
  const length = readNumber(cursor);
  if (length >= 0 && cursor.at + length <= cursor.bytes.length) return length;
  throw DAMAGED;
}

export function takeInt(cursor: Cursor): number {
  const number = readNumber(cursor);
  if ((number | 0) === number) return number;
  throw DAMAGED;
}

export function takeLong(cursor: Cursor): number {
  const number = readNumber(cursor);
  if (!Number.isNaN(number)) return number;
  throw DAMAGED;
}

export function expectType(type: Type, typeName: string, field: string): void {
  if (type.typeName !== typeName) throw unfit(type, field);
}

export const unfit = (type: Type, field: string) =>
  new Error(`${field}: a ${type.typeName} of the schema is not what is read here`);
