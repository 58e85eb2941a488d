import { compareFigures, type Moved, type Summary } from '@smc/simulation';
import { figureTable } from '../../figure-table.ts';
import { show, table } from '../../output.ts';
import { alarmsOf, headOf, section, shown } from './describe-summary.ts';

/** Scenarios side by side: each figure, and its difference with that of the first. */
export function describeComparison(
  summaries: readonly Summary[],
  moved: readonly Moved[],
): readonly string[] {
  const names = summaries.map(({ name }) => name);
  const others = names.slice(1);
  const differences = others.map((name) => `${name} less ${names[0] ?? ''}`);
  const figures = compareFigures(summaries).map(({ name, decimals, values, differences: by }) => [
    name,
    ...values.map((value) => shown({ value, decimals })),
    ...by.map((value) => signed(shown({ value, decimals }))),
  ]);
  const side = (what: string, cases: (summary: Summary) => ReadonlyMap<string, number>) =>
    figureTable([what, ...names, ...differences], sideBySide(summaries.map(cases)));
  return [
    ...summaries.flatMap((summary) => [...headOf(summary), '']),
    ...figureTable(['figure', ...names, ...differences], figures),
    ...section(
      'Clients at the end of the file',
      table(
        ['under', `other team than under ${names[0] ?? ''}`, 'a team in one of the two only'],
        moved.map((it, i) => [others[i] ?? '', it.otherTeam, it.onlyOneHasTeam]),
      ),
    ),
    ...section('Cases by office', side('office', officeCases)),
    ...section('Cases by team', side('team', teamCases)),
    ...summaries.flatMap(alarmsOf),
  ];
}

const officeCases = ({ offices }: Summary) =>
  new Map<string, number>(offices.map(({ office, cases }) => [office, cases]));
const teamCases = ({ teams }: Summary) =>
  new Map<string, number>(teams.map(({ team, cases }) => [team, cases]));

function sideBySide(
  counts: readonly ReadonlyMap<string, number>[],
): readonly (readonly (string | number)[])[] {
  const names = [...new Set(counts.flatMap((own) => [...own.keys()]))].sort();
  return names.map((name) => {
    const values = counts.map((own) => own.get(name) ?? 0);
    const [first = 0, ...rest] = values;
    return [name, ...values, ...rest.map((value) => signed(show(value - first)))];
  });
}

function signed(text: string): string {
  return /^[0-9]/.test(text) && /[1-9]/.test(text) ? `+${text}` : text;
}
