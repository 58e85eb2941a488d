import { decimals, MINUTES_PER_HOUR, parseHours, ratio, type Ratio } from '@smc/capacity';
import type { Field } from './read-input.ts';

/** Nobody has more; a slip of the keyboard does. */
export const CLIENTS_MAX = 100_000;
const HOURS_PER_WEEK = 168;

const DECIMAL = /^([0-9]{1,7})(?:[.,]([0-9]{1,3}))?$/;

/** `2.64` as 2640; nothing for what has more decimals or is no number. A comma is a point. */
export function parseThousandths(text: string): number | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
}

/** A whole number from 0. */
export function parseCount(text: string, max: number): number | undefined {
  const count = /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined;
  return count !== undefined && count <= max ? count : undefined;
}

export const readCount = (at: Field, max = CLIENTS_MAX): number | undefined =>
  at.text((text) => parseCount(text, max), `a whole number from 0 to ${max}`);

/** Hours a week, as minutes. */
export const readHours = (at: Field, hoursMax = HOURS_PER_WEEK): number | undefined =>
  at.text((text) => {
    const minutes = parseHours(text.replace(',', '.'));
    return minutes !== undefined && minutes <= hoursMax * MINUTES_PER_HOUR ? minutes : undefined;
  }, `hours from 0 to ${hoursMax}, in whole minutes: 36, 28.8 or 28:48`);

export const readThousandths = (at: Field): number | undefined =>
  at.text(parseThousandths, 'a number with at most three decimals, such as 2.64');

/**
 * An exact figure as a number for JSON and for people: rounded once, here, so that `twoDecimals`
 * has nothing left to round.
 */
export const asNumber = (value: Ratio, places = 2): number => Number(decimals(value, places));

export const asHours = (minutes: number): number => asNumber(ratio(minutes, MINUTES_PER_HOUR));

export const twoDecimals = (value: number): string => value.toFixed(2);
