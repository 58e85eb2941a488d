/** Random valid documents: three offices that share 1000 to 1008, their teams, and all the rules. */
import fc from 'fast-check';
import type {
  Basis,
  ContentHash,
  DemarcationVersion,
  DistrictId,
  LocalDate,
  OfficeId,
  TeamId,
} from '@smc/domain';
import type { Demarcation, Office, Team } from '../../demarcation.ts';
import { INDEXED_AREAS, OFFICES } from './random-areas.ts';
import {
  exclusions,
  GROUP_TEAMS,
  lines,
  office,
  participatiewet,
  precedence,
  PW_TEAMS,
  route,
  specialGroups,
  weights,
} from './random-rules.ts';
import { ALWAYS, day, LAWS, mostly, namedTeam, regularTeam } from './random-teams.ts';

/** What an office is: its switch dates and its regular teams. */
type Draw = { readonly bases: Office['bases']; readonly teams: readonly Team[] };

function officeDraw(id: OfficeId, first: number): fc.Arbitrary<Draw> {
  const basis = fc.constantFrom<Basis[]>(
    'postcode',
    'bsn',
    'workload',
    'postcode',
    'bsn',
    'workload',
    'manual',
  );
  const bases = fc
    .tuple(
      mostly(fc.constant(ALWAYS), day),
      basis,
      fc.array(fc.tuple(day, basis), { maxLength: 2 }),
    )
    .map(([from, begins, switches]) => [...new Map([[from, begins], ...switches])])
    .map((dated) => dated.map(([from, one]) => ({ from, basis: one })).sort(byFrom));
  const teams = fc
    .integer({ min: 1, max: 4 })
    .chain((count) =>
      fc.tuple(
        ...Array.from({ length: count }, (_, n) => regularTeam(`${id}-${n}` as TeamId, id, first)),
      ),
    );
  return fc.record({ bases, teams: teams.map(withEachSuffixOnce) });
}

/** A valid office has one team for each suffix; teams of different laws may have the same ones. */
function withEachSuffixOnce(teams: readonly Team[]): Team[] {
  const kept: Team[] = [];
  for (const team of teams) {
    const rivals = kept.filter((other) => handleSomeLaw(other, team));
    const taken = rivals.flatMap((other) => other.bsnSuffixes);
    const bsnSuffixes = team.bsnSuffixes.filter(
      (own, i) =>
        ![...taken, ...team.bsnSuffixes.slice(0, i)].some(
          ({ from, to }) => from <= own.to && own.from <= to,
        ),
    );
    kept.push({ ...team, bsnSuffixes });
  }
  return kept;
}

/** Whether there is a law that both may handle, on whatever day. */
function handleSomeLaw(a: Team, b: Team): boolean {
  const may = (team: Team, law: string) =>
    team.competences.some(({ laws }) => laws === 'all' || laws.includes(law));
  return LAWS.some((law) => may(a, law) && may(b, law));
}

const byFrom = (a: { from: string }, b: { from: string }) => (a.from < b.from ? -1 : 1);

const hosted = fc.tuple(
  ...PW_TEAMS.map((id) => office.chain((at) => namedTeam(id, at, 'participatiewet'))),
  ...GROUP_TEAMS.map((id) => office.chain((at) => namedTeam(id, at, 'special-group'))),
);

/** A document of this name that holds from such a day. */
function organisation(version: string, effectiveFrom: fc.Arbitrary<LocalDate>) {
  return fc
    .record({
      effectiveFrom,
      precedence,
      onMove: fc.constantFrom('keep-team' as const, 'by-address' as const),
      journeyEndMonths: fc.constantFrom(0, 1, 6),
      routes: fc.record({ postbus: route, foreign: route, secret: route, none: route }),
      lines: mostly(lines, fc.constant([])),
      participatiewet,
      specialGroups,
      exclusions,
      weights,
      offices: fc.tuple(...OFFICES.map((id, i) => officeDraw(id, 1000 + 3 * i))),
      hosted,
    })
    .map((draw): Demarcation => {
      const teams = [...draw.offices.flatMap((one) => one.teams), ...draw.hosted];
      const { onMove, journeyEndMonths, routes } = draw;
      return {
        version: version as DemarcationVersion,
        contentHash: version.padEnd(64, '0') as ContentHash,
        effectiveFrom: draw.effectiveFrom,
        decisionReference: 'invented',
        settings: { precedence: draw.precedence, onMove, journeyEndMonths, routes },
        lines: draw.lines,
        participatiewet: draw.participatiewet,
        specialGroups: draw.specialGroups,
        exclusions: draw.exclusions,
        weights: draw.weights,
        bands: new Map([['gewoon', { min: 200, max: 900 }]]),
        offices: new Map(
          OFFICES.map((id, i) => [id, officeOf(id, draw.offices[i]?.bases ?? [], teams)]),
        ),
        teams: new Map(teams.map((team) => [team.id, team])),
        areas: INDEXED_AREAS,
      };
    });
}

function officeOf(id: OfficeId, bases: Office['bases'], teams: readonly Team[]): Office {
  const own = teams.filter((team) => team.office === id).map((team) => team.id);
  return { id, name: id, district: `d-${id}` as DistrictId, bases, teams: own };
}

/** In the order in which they are activated: the first holds from the start, or nearly. */
export const organisations: fc.Arbitrary<readonly Demarcation[]> = fc
  .tuple(
    organisation(
      'v1',
      mostly(fc.constant('2026-01-01' as LocalDate), fc.constant('2026-02-01' as LocalDate)),
    ),
    fc.option(organisation('v2', day), { nil: undefined }),
    fc.option(organisation('v3', day), { nil: undefined, freq: 2 }),
  )
  .map((versions) => versions.filter((version) => version !== undefined));
