/** Which postcodes another office, or another arbeidsmarktregio, gets. */
import type { Area } from '@smc/decision';
import { rangesOf } from '../postcode-names.ts';
import type { PostcodeUnit } from './postcode-units.ts';

/** Postcodes as ranges, and how many four digits, single postcodes and people they are. */
export type Postcodes = {
  readonly ranges: readonly string[];
  readonly fourDigits: number;
  readonly single: number;
  /** Of the four digits; undefined where no population is given. */
  readonly inhabitants: number | undefined;
};

export type Population = ReadonlyMap<number, number>;

export type OfficeMove = {
  readonly before: Area | undefined;
  readonly after: Area | undefined;
  readonly postcodes: Postcodes;
};

export function officeMoves(
  units: readonly PostcodeUnit[],
  population: Population | undefined,
): readonly OfficeMove[] {
  const moved = units.filter(({ before, after }) => nameOf(before) !== nameOf(after));
  const alike = Map.groupBy(moved, ({ before, after }) => `${nameOf(before)} ${nameOf(after)}`);
  return [...alike.values()].map((group) => ({
    before: group[0]?.before,
    after: group[0]?.after,
    postcodes: postcodesOf(group, population),
  }));
}

export function postcodesOf(
  units: readonly PostcodeUnit[],
  population: Population | undefined,
): Postcodes {
  const four = units.filter(({ name }) => name.length === 4);
  const whole = new Set(four.map(({ name }) => name));
  // Single postcodes that share the fate of their four digits are not worth a word of their own.
  const told = units.filter(({ name }) => name.length === 4 || !whole.has(name.slice(0, 4)));
  const people = (sum: number, { name }: PostcodeUnit) =>
    sum + (population?.get(Number(name)) ?? 0);
  return {
    ranges: rangesOf(told.map(({ name }) => name)),
    fourDigits: four.length,
    single: told.length - four.length,
    inhabitants: population === undefined ? undefined : four.reduce(people, 0),
  };
}

const nameOf = (area: Area | undefined) =>
  area === undefined ? '' : `${area.office}/${area.arbeidsmarktregio}`;
