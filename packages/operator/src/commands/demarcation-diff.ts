import type { Command } from 'commander';
import { compareDemarcations, describeDiff, isSame } from '@smc/demarcation';
import { command, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { LANGUAGE_OPTION, languageOf, readFolder } from './demarcation-document.ts';
import { POPULATION_OPTION, populationOf } from './population-option.ts';

type Options = {
  readonly json?: boolean;
  readonly population?: string;
  readonly exitCode?: boolean;
  readonly lang: string;
};

export function demarcationDiffCommand(): Command {
  return command(
    'diff',
    'what changes for whom on which date when one demarcation folder takes the place of another',
    'demarcation diff packages/example/demarcation/2026-01 packages/example/demarcation/2026-07',
  )
    .argument('<before>')
    .argument('<after>')
    .option(...POPULATION_OPTION)
    .option('--exit-code', 'end with 1 when there are differences')
    .option(...LANGUAGE_OPTION)
    .action(async (before: string, after: string, options: Options) => {
      const language = languageOf(options.lang);
      const population = await populationOf(options.population);
      const diff = compareDemarcations(
        await readFolder(before),
        await readFolder(after),
        population,
      );
      outputOf(options).data(diff, () => describeDiff(diff, language));
      if (options.exitCode === true && !isSame(diff)) {
        throw new CommandEnd(EXIT.no, 'The two demarcations differ.');
      }
    });
}
