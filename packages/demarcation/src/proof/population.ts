/** Inhabitants by four digits, so that a finding can say how many people it touches. */
import { accept, isPc4, refuse, type Result } from '@smc/domain';
import { csvCells } from '../csv-cells.ts';
import { show } from './words.ts';

export type Population = ReadonlyMap<number, number>;

/**
 * Reads a CSV with a header that has a column `pc4` or `postcode` and one whose name begins with
 * `inwoners` or `inhabitants`; the first such column counts. A line without a number counts for
 * nobody.
 */
export function readPopulation(text: string): Result<Population, string> {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = csvCells(header).map((name) => name.toLowerCase());
  const pc4At = names.findIndex((name) => name === 'pc4' || name === 'postcode');
  const countAt = names.findIndex((name) => /^(inwoners|inhabitants)/.test(name));
  if (pc4At < 0 || countAt < 0) {
    return refuse(
      '1:1 expected a header with the columns pc4 (or postcode) and inwoners (or inhabitants)',
    );
  }
  const population = new Map<number, number>();
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const cells = csvCells(line);
    const pc4 = cells[pc4At];
    if (!isPc4(pc4)) return refuse(`${i + 2}:1 pc4: expected four digits such as 3511`);
    const count = Number(cells[countAt]);
    population.set(Number(pc4), Number.isFinite(count) ? count : 0);
  }
  return accept(population);
}

/** ` (12,345 inhabitants)`, or nothing where they are not known. */
export function inhabitants(pc4s: Iterable<number>, population: Population | undefined): string {
  if (population === undefined) return '';
  let sum = 0;
  for (const pc4 of pc4s) sum += population.get(pc4) ?? 0;
  return ` (${show(sum)} inhabitants)`;
}
