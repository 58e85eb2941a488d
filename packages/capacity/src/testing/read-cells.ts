import { must } from '@smc/domain';
import type { Ages } from '../classes.ts';
import { parseHours } from '../hours.ts';

/** The numbers in a cell of a table of vectors. */
export const numbersIn = (cell: string): readonly number[] =>
  [...cell.matchAll(/-?[0-9]+(?:\.[0-9]+)?/g)].map(([text]) => Number(text));

/** Hours in a cell, `36 28.8`, as minutes. */
export const hoursIn = (cell: string): readonly number[] =>
  cell
    .split(' ')
    .filter((text) => text !== '')
    .map((text) => must(parseHours(text), `${text} is no number of hours`));

/** `18-26`, and `50-AOW` for an open end. */
export function agesOf(text: string): Ages {
  const [from, to] = text.split('-');
  return { from: Number(from), to: to === 'AOW' ? undefined : Number(to) };
}

export const agesText = ({ from, to }: Ages): string => `${from}-${to ?? 'AOW'}`;
