import type { Command } from 'commander';
import { fteNeeded, parseHours, withNormTimesOff, type FtePart, type Work } from '@smc/capacity';
import { readList, whole, type YamlCursor } from '@smc/demarcation';
import { command, outputOf } from '../../command.ts';
import { figureTable } from '../../figure-table.ts';
import type { CsvRow } from './csv-rows.ts';
import { countFlag, flag, percentFlag } from './flags.ts';
import { asHours, asNumber, readCount, twoDecimals } from './numbers.ts';
import { readInput, type Field, type Forms } from './read-input.ts';

type Options = {
  readonly json?: boolean;
  readonly hours: string;
  readonly weeks: string;
  readonly off: string;
};
type WorkFile = { readonly work: readonly Work[]; readonly added: readonly Work[] };

const CASES_MAX = 10_000_000;
const NORM_MINUTES_MAX = 100_000;
const LINES_MAX = 5_000;

const WORDS = `
FTE = sum of (cases a year x norm minutes) / (--hours x 60 x --weeks)                (E19)
      --hours: what one FTE has for cases a week, net of schooling and consultation;
      --weeks: the weeks a year that one FTE works
-p %, +p %: the same with every norm time of the line --off percent shorter or longer (E20)
new work: what it asks for on top, per team                                          (D17)

Input, YAML:
  work:
    - { team: noord-1, product: wia-aanvraag, cases: 1200, minutes: 540 }
  new-work:                            may be left out
    - { team: noord-1, product: deskundigenoordeel, cases: 300, minutes: 200 }
or CSV with the header team,product,cases,minutes and perhaps new (yes for new work).`;

export function fteCommand(): Command {
  return command(
    'fte',
    'the FTE that estimated cases and norm times ask for, per team and product; and what new work adds',
    'capacity fte packages/capacity/examples/fte.yaml --hours 30 --weeks 42',
    WORDS,
  )
    .argument('<file>', 'cases and norm times, YAML or CSV')
    .requiredOption('--hours <h>', 'hours a week that one FTE has for cases')
    .requiredOption('--weeks <n>', 'weeks a year that one FTE works')
    .option('--off <percent>', 'how far norm times may be off', '10')
    .action(async (file: string, options: Options) => {
      const minutes = parseHours(options.hours.replace(',', '.'));
      const expected = 'hours above 0 in whole minutes, such as 30';
      const week = flag('hours', options.hours, minutes === 0 ? undefined : minutes, expected);
      const weeks = countFlag('weeks', options.weeks, 53);
      flag('weeks', options.weeks, weeks === 0 ? undefined : weeks, 'a number above 0');
      const off = percentFlag('off', options.off);
      const input = await readInput(file, FORMS);
      const answer = calculate(input, { minutesPerYear: week * weeks, off });
      outputOf(options).data(answer, () => describe(answer));
    });
}

const FORMS: Forms<WorkFile> = {
  yaml(at: YamlCursor) {
    const fields = at.fields(['work'], ['new-work']);
    const added = fields['new-work'];
    const work = readList(fields.work, readWork, LINES_MAX);
    return { work, added: added === undefined ? [] : readList(added, readWork, LINES_MAX) };
  },
  csv: {
    required: ['team', 'product', 'cases', 'minutes'],
    optional: ['new'],
    linesMax: LINES_MAX,
    read(rows: readonly CsvRow[]) {
      const [work, added]: [Work[], Work[]] = [[], []];
      for (const row of rows) {
        const one = readFields({
          team: row.must('team'),
          product: row.must('product'),
          cases: row.must('cases'),
          minutes: row.must('minutes'),
        });
        const isNew = row.cell('new')?.text(yesOrNo, 'yes or no') === 'yes';
        if (one !== undefined) (isNew ? added : work).push(one);
      }
      return { work, added };
    },
  },
};

const yesOrNo = (text: string) => (text === 'yes' || text === 'no' ? text : undefined);

function readWork(at: YamlCursor): Work | undefined {
  return readFields(at.fields(['team', 'product', 'cases', 'minutes']));
}

function readFields(fields: Readonly<Record<'team' | 'product' | 'cases' | 'minutes', Field>>) {
  const name = (text: string) => (text === '' ? undefined : text);
  return whole({
    team: fields.team.text(name, 'the name of a team'),
    product: fields.product.text(name, 'the name of a product'),
    casesPerYear: readCount(fields.cases, CASES_MAX),
    normMinutes: readCount(fields.minutes, NORM_MINUTES_MAX),
  });
}

function calculate(
  { work, added }: WorkFile,
  { minutesPerYear, off }: { readonly minutesPerYear: number; readonly off: number },
) {
  const needed = fteNeeded(work, minutesPerYear);
  const extra = fteNeeded(added, minutesPerYear);
  const shown = ({ name, fte }: FtePart) => ({
    name,
    fte: asNumber(fte),
    less: asNumber(withNormTimesOff(fte, -off)),
    more: asNumber(withNormTimesOff(fte, off)),
  });
  return {
    hoursPerFteYear: asHours(minutesPerYear),
    offPercent: off,
    total: shown({ name: 'all', fte: needed.total }),
    teams: needed.perTeam.map(shown),
    products: needed.perProduct.map(shown),
    newWork:
      added.length === 0
        ? undefined
        : { total: shown({ name: 'all', fte: extra.total }), teams: extra.perTeam.map(shown) },
  };
}

function describe({ total, teams, products, newWork, ...rest }: ReturnType<typeof calculate>) {
  const part = (head: string, rows: readonly (typeof total)[]) =>
    figureTable(
      [head, 'FTE', `-${rest.offPercent} %`, `+${rest.offPercent} %`],
      rows.map(({ name, fte, less, more }) => [name, ...[fte, less, more].map(twoDecimals)]),
    );
  return [
    `one FTE has ${rest.hoursPerFteYear} hours for cases a year`,
    ...part('team', [...teams, total]),
    '',
    ...part('product', products),
    ...(newWork === undefined ? [] : ['', ...part('new work', [...newWork.teams, newWork.total])]),
  ];
}
