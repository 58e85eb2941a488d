import type { Command } from 'commander';
import type { LocalDate } from '@smc/domain';
import { formatProblem } from '@smc/demarcation';
import { loadDemarcation, rollOutOf, type RollOut } from '@smc/simulation';
import { command, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { table } from '../output.ts';
import { dateOf, mustBeFolder } from './demarcation-document.ts';

type Options = { readonly json?: boolean; readonly at: string };

export function demarcationRollOutCommand(): Command {
  return command(
    'roll-out',
    'how far each district is on a day: offices by basis, their next switch, teams that are meerwettig',
    'demarcation roll-out packages/example/demarcation/2026-07 --at 2026-09-01',
    'A team is meerwettig when it handles every law but the Participatiewet, and all lines. The SMCs of the Participatiewet and of special groups are not counted (B15, B18).',
  )
    .argument('<folder>')
    .requiredOption('--at <date>', 'the day, such as 2026-07-01')
    .action(async (folder: string, options: Options) => {
      const on = dateOf(options.at);
      const rollOut = await rollOutOn(folder, on);
      outputOf(options).data({ on, ...rollOut }, () => describe(on, rollOut));
    });
}

async function rollOutOn(folder: string, on: LocalDate): Promise<RollOut> {
  await mustBeFolder(folder);
  const loaded = await loadDemarcation(folder);
  if (!loaded.ok) {
    const problems = loaded.refusal.map((problem) => formatProblem(problem));
    throw new CommandEnd(EXIT.usage, [...problems, `${problems.length} problems.`].join('\n'));
  }
  const { demarcation, organisation } = loaded.value;
  if (on < demarcation.effectiveFrom) {
    const from = demarcation.effectiveFrom;
    throw new CommandEnd(EXIT.no, `Version ${demarcation.version} holds from ${from} on.`);
  }
  return rollOutOf(demarcation, organisation.laws, on);
}

function describe(on: LocalDate, rollOut: RollOut): readonly string[] {
  const { bases, districts } = rollOut;
  const rows = districts.flatMap(({ district, each }) =>
    each.map(({ office, basis, next, teams, meerwettig }, i) => [
      i === 0 ? district : '',
      office,
      basis ?? '-',
      next === undefined ? '-' : `${next.basis} on ${next.from}`,
      `${meerwettig} of ${teams}`,
    ]),
  );
  return [
    `on ${on}`,
    `offices on postcode  ${rollOut.onPostcode} of ${rollOut.offices} (bsn ${bases.bsn}, workload ${bases.workload}, manual ${bases.manual})`,
    `teams meerwettig     ${rollOut.meerwettig} of ${rollOut.teams}`,
    '',
    ...table(['district', 'office', 'basis', 'next', 'meerwettig'], rows),
  ];
}
