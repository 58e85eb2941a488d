import { isThereOn, ratio, type Band } from '@smc/capacity';
import { isLocalDate, type LocalDate } from '@smc/domain';
import { amsterdamDay } from '@smc/intake';
import { systemClock } from '@smc/runtime';
import { CommandEnd, EXIT } from '../../exit.ts';
import { parseCount, parseThousandths } from './numbers.ts';
import type { PeopleFile, Person } from './people-form.ts';

export const ON_FLAG = [
  '--on <date>',
  'whose capacity is there on this day; today without it',
] as const;

/** The value of a flag, or the end of the command with what was expected. */
export function flag<T>(name: string, text: string, value: T | undefined, what: string): T {
  if (value === undefined) throw new CommandEnd(EXIT.usage, `--${name} takes ${what}; got ${text}`);
  return value;
}

export const countFlag = (name: string, text: string, max: number): number =>
  flag(name, text, parseCount(text, max), `a whole number from 0 to ${max}`);

export const percentFlag = (name: string, text: string): number =>
  flag(name, text, parseCount(text, 100), 'a whole percentage from 0 to 100');

/** `5,10,15`. */
export const percentsFlag = (name: string, text: string): readonly number[] =>
  text.split(',').map((one) => percentFlag(name, one.trim()));

/** `10-20`, and `15` for 15-15. */
export function percentRangeFlag(name: string, text: string): readonly [number, number] {
  const [from = '', to = from] = text.split('-');
  return [percentFlag(name, from), percentFlag(name, to)];
}

/** `2.64-3.22`. */
export function bandFlag(name: string, text: string): Band {
  const [min, max, ...more] = text.split('-').map(parseThousandths);
  const whole = min !== undefined && max !== undefined && min <= max && more.length === 0;
  const band = whole ? { min: ratio(min, 1000), max: ratio(max, 1000) } : undefined;
  return flag(name, text, band, 'two numbers per hour, such as 2.64-3.22');
}

export function dayFlag(text: string | undefined): LocalDate {
  if (text === undefined) return amsterdamDay(systemClock.nowMs());
  return flag('on', text, isLocalDate(text) ? text : undefined, 'a date such as 2026-07-01');
}

/** Those who are there on the day; who is not is told. Ends the command when nobody has hours. */
export function peopleOn(
  { people }: PeopleFile,
  day: LocalDate,
  talk: (line: string) => void,
): readonly Person[] {
  const there = people.filter((person) => isThereOn(person, day));
  const away = people.filter((person) => !isThereOn(person, day));
  if (away.length > 0) {
    talk(`Not there on ${day}, and left out: ${away.map(({ name }) => name).join(', ')}.`);
  }
  if (there.every(({ hours }) => hours.net === 0)) {
    throw new CommandEnd(EXIT.usage, `Nobody has hours for clients on ${day}.`);
  }
  return there;
}
