import { readFile } from 'node:fs/promises';
import { readPopulation, type Population } from '@smc/demarcation';
import { CommandEnd, EXIT } from '../exit.ts';

export const POPULATION_OPTION = [
  '--population <file>',
  'count inhabitants: a CSV with postcode (or pc4) and inhabitants (or inwoners)',
] as const;

/** The inhabitants in a file; ends the command where the file holds none. */
export async function populationOf(file: string | undefined): Promise<Population | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new CommandEnd(EXIT.usage, `There is no file ${file}.`);
  const read = readPopulation(text);
  if (read.ok) return read.value;
  throw new CommandEnd(EXIT.usage, `${file}:${read.refusal}`);
}
