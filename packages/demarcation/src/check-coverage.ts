/**
 * On every day from the version's first on, every client of an office reaches exactly one team by
 * the office's basis. What holds changes on few days: the version's first, the first day of a
 * basis, the first and the last day of a team; each stretch between them is checked once.
 *
 * Which teams are eligible depends on the law and the product of the case, so each combination
 * that the document names is checked; combinations with the same eligible teams are one.
 */
import type { LocalDate } from '@smc/domain';
import { handles, type Team } from '@smc/decision';
import type { OfficeDocument, Organisation } from './document.ts';
import { formatRuns, pc4Numbers } from './postcode-range.ts';
import type { PostcodeTable } from './postcode-table.ts';
import type { Problems } from './problem.ts';

export function checkCoverage(
  organisation: Organisation,
  of: { readonly offices: readonly OfficeDocument[]; readonly table: PostcodeTable },
  problems: Problems,
): void {
  for (const office of of.offices) {
    checkDates(organisation, office, problems);
    const clients = clientsOf(office, of.table);
    const reported = new Set<string>();
    for (const date of changeDates(organisation, office)) {
      const basis = office.bases.findLast(({ from }) => from <= date)?.basis;
      for (const flaw of flawsOn({ organisation, office, clients, date })[basis ?? 'none']()) {
        // A gap that stays open is reported on the day on which it opens.
        if (!reported.has(flaw)) problems.about(office, 'bases', `from ${date} on, ${flaw}`);
        reported.add(flaw);
      }
    }
  }
}

function checkDates(organisation: Organisation, office: OfficeDocument, problems: Problems): void {
  for (const [i, dated] of office.bases.entries()) {
    const before = office.bases[i - 1];
    if (before !== undefined && before.from >= dated.from) {
      problems.about(dated, 'from', `expected a day after ${before.from}`);
    }
  }
  for (const team of office.teams) {
    if (team.until === undefined) continue;
    if (team.until <= team.from) {
      problems.about(team, 'until', `expected a day after ${team.from}, the team's first`);
    } else if (team.until <= organisation.effectiveFrom) {
      const message = `the team has ended before ${organisation.effectiveFrom}: leave it out`;
      problems.about(team, 'until', message);
    }
  }
}

function changeDates(organisation: Organisation, office: OfficeDocument): readonly LocalDate[] {
  const first = organisation.effectiveFrom;
  const dates = [
    ...office.bases.map(({ from }) => from),
    ...office.teams.flatMap(({ from, until }) => (until === undefined ? [from] : [from, until])),
  ];
  return [...new Set([first, ...dates.filter((date) => date > first)])].sort();
}

type Clients = {
  /** The four digits that the office has, without the exceptions. */
  readonly pc4s: readonly number[];
  /** Whole postcodes that the office has by exception. */
  readonly postcodes: readonly string[];
};

function clientsOf(office: OfficeDocument, table: PostcodeTable): Clients {
  const own = table.filter(({ area }) => area.office === office.id);
  return {
    pc4s: own.filter(({ postcode }) => postcode.length === 4).map((e) => Number(e.postcode)),
    postcodes: own.filter(({ postcode }) => postcode.length === 6).map((e) => e.postcode),
  };
}

type Scene = {
  readonly organisation: Organisation;
  readonly office: OfficeDocument;
  readonly clients: Clients;
  readonly date: LocalDate;
};

function flawsOn(scene: Scene) {
  const perGroup = (flawsOf: (teams: readonly Team[]) => readonly string[]) => () =>
    eligibleGroups(scene).flatMap(({ teams, words }) =>
      flawsOf(teams).map((flaw) => `${words}${flaw}`),
    );
  return {
    postcode: perGroup((teams) => postcodeFlaws(teams, scene.clients)),
    bsn: perGroup(bsnFlaws),
    // Cases of these offices are parked for a person: there is nothing to cover.
    manual: () => [],
    workload: () => [],
    none: () => ['the office has no basis (A08)'],
  };
}

/** The teams for each law and product; one group where the teams are the same. */
function eligibleGroups({ organisation, office, date }: Scene) {
  const present = office.teams.filter(
    (team) => team.from <= date && (team.until === undefined || date < team.until),
  );
  const groups = new Map<string, { readonly teams: readonly Team[]; words: string }>();
  for (const law of organisation.laws) {
    for (const product of organisation.products) {
      const teams = present.filter((team) =>
        handles(team, { law, product, line: undefined }, date),
      );
      const key = teams.map((team) => team.id).join(' ');
      if (!groups.has(key)) groups.set(key, { teams, words: `for ${law} with ${product}, ` });
    }
  }
  const found = [...groups.values()];
  return found.length === 1 ? found.map(({ teams }) => ({ teams, words: '' })) : found;
}

function bsnFlaws(teams: readonly Team[]): readonly string[] {
  const counts = Array.from({ length: 100 }, () => 0);
  for (const { from, to } of teams.flatMap((team) => team.bsnSuffixes)) {
    for (let suffix = Number(from); suffix <= Number(to); suffix++) {
      counts[suffix] = (counts[suffix] ?? 0) + 1;
    }
  }
  const withCount = (test: (count: number) => boolean) =>
    counts.flatMap((count, suffix) => (test(count) ? [suffix] : []));
  return flaws('last digits', 2, [
    withCount((count) => count === 0),
    withCount((count) => count > 1),
  ]);
}

function postcodeFlaws(teams: readonly Team[], clients: Clients): readonly string[] {
  const counts = new Uint16Array(10_000);
  const whole = teams.flatMap((team) => team.postcodes.filter((r) => r.precision === 'pc6'));
  for (const range of teams.flatMap((team) => team.postcodes)) {
    if (range.precision === 'pc6') continue;
    const { from, to } = pc4Numbers(range);
    for (let pc4 = from; pc4 <= to; pc4++) counts[pc4] = (counts[pc4] ?? 0) + 1;
  }
  // An exception that no whole-postcode range answers is answered by its four digits.
  const needed = new Set(clients.pc4s);
  for (const postcode of clients.postcodes) {
    if (!whole.some(({ from, to }) => from <= postcode && postcode <= to)) {
      needed.add(Number(postcode.slice(0, 4)));
    }
  }
  const ascending = [...needed].sort((a, b) => a - b);
  return [
    ...flaws('postcode', 4, [
      ascending.filter((pc4) => counts[pc4] === 0),
      ascending.filter((pc4) => (counts[pc4] ?? 0) > 1),
    ]),
    ...wholeOverlaps(whole),
  ];
}

function wholeOverlaps(ranges: readonly { from: string; to: string }[]): readonly string[] {
  const sorted = [...ranges].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.flatMap((range, i) => {
    const before = sorted[i - 1];
    if (before === undefined || before.to < range.from) return [];
    return [`more than one team has postcode ${range.from}`];
  });
}

function flaws(
  what: string,
  digits: number,
  [none, many]: readonly [readonly number[], readonly number[]],
): readonly string[] {
  return [
    ...(none.length === 0 ? [] : [`no team has ${what} ${formatRuns(none, digits)}`]),
    ...(many.length === 0 ? [] : [`more than one team has ${what} ${formatRuns(many, digits)}`]),
  ];
}
