import { PARKED_WORDS } from '@smc/decision';
import { figuresOf, type Figure, type Summary, type TeamSummary } from '@smc/simulation';
import { figureTable } from '../../figure-table.ts';
import { show, table } from '../../output.ts';

/** One scenario in full. */
export function describeSummary(summary: Summary): readonly string[] {
  return [
    ...headOf(summary),
    '',
    ...figureTable(
      ['value'],
      figuresOf(summary).map((it) => [it.name, shown(it)]),
    ),
    ...section('Parked', parkedTable(summary)),
    ...section('Offices', officesTable(summary)),
    ...section('Teams', teamsTable(summary.teams)),
    ...section('Laws, products and lines', kindsTable(summary)),
    ...section('Exclusions from the distribution', exclusionsTable(summary)),
    ...alarmsOf(summary),
  ];
}

export function headOf(summary: Summary): readonly string[] {
  const { name, versions, days, cases, clients } = summary;
  const refused = summary.refusals.map((it) => `${it.code} ${show(it.events)}`).join(', ');
  return [
    `scenario   ${name}`,
    ...versions.map(
      (it) =>
        `version    ${it.version}, from ${it.effectiveFrom}, ${it.decisionReference}, content ${it.contentHash.slice(0, 12)}`,
    ),
    `days       ${days === undefined ? 'none' : `${days.first} to ${days.last}`}`,
    `cases      ${show(cases.registered)}: ${show(cases.assigned)} assigned, ${show(cases.parked)} parked, ` +
      `${show(cases.refused)} refused, ${show(cases.repeats)} repeated, ${show(cases.awaiting)} waiting`,
    `clients    ${show(clients)}`,
    ...(refused === '' ? [] : [`refused    events: ${refused}`]),
  ];
}

/** What a person must see whatever else is asked for. */
export function alarmsOf({ name, zwOnly, parked }: Summary): readonly string[] {
  const early = parked.find(({ code }) => code === 'NO_DEMARCATION_ON_DATE');
  return [
    ...(zwOnly.length === 0
      ? []
      : ['', `ALARM (B14) ${name}: teams with cases of the ZW alone: ${zwOnly.join(', ')}`]),
    ...(early === undefined || early.cases === 0
      ? []
      : [
          '',
          `Cases of days before ${name} holds: ${show(early.cases)}; --always lets it hold on every day.`,
        ]),
  ];
}

/** A figure as people read it. */
export function shown({ value, decimals }: Omit<Figure, 'name'>): string {
  if (value === undefined) return '-';
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en-GB', digits);
}

const measure = (value: number | undefined, decimals: Figure['decimals'] = 2) =>
  shown({ value, decimals });

export function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function parkedTable({ parked, parkedNationally }: Summary): readonly string[] {
  if (parked.length === 0) return [];
  return [
    ...table(
      ['why', 'cases', 'placed since', 'in words'],
      parked.map((it) => [it.code, it.cases, it.placedLater, PARKED_WORDS[it.code].en]),
    ),
    `${show(parkedNationally)} of them were in the work list of no office.`,
  ];
}

function officesTable({ offices }: Summary): readonly string[] {
  return table(
    ['office', 'basis', 'cases', 'clients', 'parked'],
    offices.map((it) => [it.office, it.basis ?? '-', it.cases, it.clients, it.parked]),
  );
}

function teamsTable(teams: readonly TeamSummary[]): readonly string[] {
  return figureTable(
    [
      'team',
      'office',
      'profile',
      'cases',
      'clients',
      'open',
      'load',
      'hours',
      'per hour',
      'band',
      '% ZW',
      'diversity',
    ],
    teams.map((it) => [
      it.team,
      it.office,
      it.profile,
      it.cases,
      it.clients,
      it.open,
      measure(it.load),
      measure(it.hours),
      measure(it.loadPerHour),
      it.verdict ?? '-',
      it.shareZw === undefined ? '-' : measure(100 * it.shareZw, 0),
      measure(it.diversity),
    ]),
  );
}

function kindsTable({ laws, products, lines, characters }: Summary): readonly string[] {
  const rows = Object.entries({ law: laws, product: products, line: lines, area: characters });
  return table(
    ['by', 'name', 'cases', 'clients'],
    rows.flatMap(([by, all]) =>
      all.map(({ name, cases, clients }) => [by, name, cases, clients] as const),
    ),
  );
}

function exclusionsTable({ exclusions }: Summary): readonly string[] {
  if (exclusions.length === 0) return [];
  return table(
    ['exclusion', 'group', 'until', 'filter on', 'team', 'placed', 'parked', 'clients'],
    exclusions.map((it) => [
      it.id,
      it.group,
      it.until ?? 'no end',
      it.on,
      it.team ?? '-',
      it.placed,
      it.parked,
      it.clients,
    ]),
  );
}
