/** What the commands on demarcation folders share. */
import { stat } from 'node:fs/promises';
import { isLocalDate, type LocalDate } from '@smc/domain';
import type { Language } from '@smc/decision';
import { formatProblem, readDemarcation, type DemarcationDocument } from '@smc/demarcation';
import { CommandEnd, EXIT } from '../exit.ts';

/** A folder's document; ends the command where the folder holds no valid one. */
export async function readFolder(folder: string): Promise<DemarcationDocument> {
  await mustBeFolder(folder);
  const read = await readDemarcation(folder);
  if (read.ok) return read.value;
  const problems = read.refusal.map((problem) => formatProblem(problem));
  const last = `${folder}: ${problems.length} problems; only a document without errors can be asked.`;
  throw new CommandEnd(EXIT.usage, [...problems, last].join('\n'));
}

export async function mustBeFolder(folder: string): Promise<void> {
  const facts = await stat(folder).catch(() => undefined);
  if (facts?.isDirectory() !== true)
    throw new CommandEnd(EXIT.usage, `There is no folder ${folder}.`);
}

export const LANGUAGE_OPTION = ['--lang <nl|en>', 'the language of the answer', 'nl'] as const;

export function languageOf(text: string): Language {
  if (text === 'nl' || text === 'en') return text;
  throw new CommandEnd(EXIT.usage, `--lang takes nl or en; got ${text}`);
}

export function dateOf(text: string): LocalDate {
  if (isLocalDate(text)) return text;
  throw new CommandEnd(EXIT.usage, `--at takes a date such as 2026-07-01; got ${text}`);
}
