import { decimals, ratio } from './ratio.ts';

/** Hours are kept as whole minutes: 28.8 hours are 1,728 minutes, and nothing is lost by adding. */
export const MINUTES_PER_HOUR = 60;

const DECIMAL = /^([0-9]{1,6})(?:\.([0-9]{1,2}))?$/;
const CLOCK = /^([0-9]{1,6}):([0-5][0-9])$/;

/** `28.8` or `28:48` as minutes; nothing for what is no whole number of minutes, such as `33.33`. */
export function parseHours(text: string): number | undefined {
  const clock = CLOCK.exec(text);
  if (clock !== null) return Number(clock[1]) * MINUTES_PER_HOUR + Number(clock[2]);
  const decimal = DECIMAL.exec(text);
  if (decimal === null) return undefined;
  const hundredths = Number(decimal[1]) * 100 + Number((decimal[2] ?? '').padEnd(2, '0'));
  const minutes = (hundredths * MINUTES_PER_HOUR) / 100;
  return Number.isInteger(minutes) ? minutes : undefined;
}

/** `28.8`, `36`, and `28.33` for 28 hours and 20 minutes. */
export const hoursText = (minutes: number): string =>
  decimals(ratio(minutes, MINUTES_PER_HOUR), 2).replace(/\.?0+$/, '');
