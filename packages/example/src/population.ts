import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isPostcode, must, type Postcode } from '@smc/domain';
import type { Random } from './random.ts';
import { REGIONS, stretchesOf } from './regions.ts';

/** Where people live: four digits, and up to where each reaches in the heap of all people. */
export type Population = {
  readonly pc4s: readonly number[];
  readonly cumulative: Float64Array;
  readonly source: 'pc4.csv' | 'built-in';
};

const DATA_FILE = 'pc4.csv';
const PEOPLE_COLUMN = 'inwoners_15_64_2021';

/**
 * People of working age per four digits: from `pc4.csv` (CBS) in the folder that SMC_DATA names, or
 * in `../shared/data` beside the project, where it is there; otherwise the regions' people, spread
 * evenly over their four digits.
 */
export function loadPopulation(
  dataFolder: string | undefined = process.env['SMC_DATA'],
): Population {
  const beside = path.join(import.meta.dirname, '../../../../shared/data');
  const file = path.join(dataFolder ?? beside, DATA_FILE);
  return existsSync(file) ? populationOf(readPc4s(file), 'pc4.csv') : builtInPopulation();
}

/** The same on every machine, whatever data is there. */
export function builtInPopulation(): Population {
  const rows = REGIONS.flatMap((region) => {
    const pc4s = stretchesOf(region.id).flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i),
    );
    return pc4s.map((pc4) => [pc4, region.people / pc4s.length] as const);
  });
  return populationOf(rows, 'built-in');
}

/** A whole postcode where somebody lives, likelier where more people do. */
export function homeOf(population: Population, random: Random): Postcode {
  const { pc4s, cumulative } = population;
  const wanted = random.next() * (cumulative.at(-1) ?? 0);
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return wholePostcode(must(pc4s[low], 'somebody lives somewhere'), random);
}

function wholePostcode(pc4: number, random: Random): Postcode {
  for (;;) {
    const letters = String.fromCharCode(65 + random.below(26), 65 + random.below(26));
    // Three of the 676 pairs are not given out.
    const postcode = `${pc4}${letters}`;
    if (isPostcode(postcode)) return postcode;
  }
}

function populationOf(
  rows: readonly (readonly [pc4: number, people: number])[],
  source: Population['source'],
): Population {
  const cumulative = new Float64Array(rows.length);
  let sum = 0;
  for (const [i, [, people]] of rows.entries()) cumulative[i] = sum += people;
  return { pc4s: rows.map(([pc4]) => pc4), cumulative, source };
}

function readPc4s(file: string): readonly (readonly [number, number])[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const column = header.split(',').indexOf(PEOPLE_COLUMN);
  if (column < 0) throw new Error(`${file}: the column ${PEOPLE_COLUMN} is missing`);
  return lines.map((line) => {
    const fields = line.split(',');
    return [Number(fields[0]), Number(fields[column]) || 0] as const;
  });
}
