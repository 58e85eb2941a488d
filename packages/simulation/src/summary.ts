/** What a simulation comes to: counts and figures, no claim on how well or how fast work is done (A11). */
import type { Basis, HandoverCause, LocalDate, OfficeId, Rule, TeamId } from '@smc/domain';
import type { Demarcation, TeamProfile } from '@smc/decision';
import type { CaseTotals, ParkedTotal } from './measures/case-count.ts';
import { NATIONAL } from './measures/case-count.ts';
import { WeightedMean } from './measures/evenness.ts';
import type { ExclusionTotal } from './measures/exclusions.ts';
import type { JourneyTotals } from './measures/journeys.ts';
import { basisOf } from './measures/measured-event.ts';
import { isRegular, meerwettigTeams } from './measures/meerwettig.ts';
import type { Spread } from './measures/neighbourhoods.ts';
import type { Partners } from './measures/partners.ts';
import type { Placed } from './measures/placements.ts';
import type { TeamStock } from './measures/stock.ts';
import type { Simulation } from './simulation.ts';

export type OfficeSummary = {
  readonly office: OfficeId;
  /** On the last day of the file. */
  readonly basis: Basis | undefined;
  readonly cases: number;
  readonly clients: number;
  /** Cases that were put in its work list, placed since or not. */
  readonly parked: number;
};

export type TeamSummary = TeamStock & {
  readonly team: TeamId;
  readonly office: OfficeId;
  readonly profile: TeamProfile;
  readonly cases: number;
  readonly clients: number;
  /** Undefined: it got no case. */
  readonly shareZw: number | undefined;
  readonly diversity: number | undefined;
};

export type Summary = {
  readonly name: string;
  readonly versions: readonly Pick<
    Demarcation,
    'version' | 'contentHash' | 'effectiveFrom' | 'decisionReference'
  >[];
  readonly days: { readonly first: LocalDate; readonly last: LocalDate } | undefined;
  readonly events: Readonly<Record<string, number>>;
  readonly cases: CaseTotals;
  readonly clients: number;
  readonly parked: readonly ParkedTotal[];
  /** Cases in the work list of no office. */
  readonly parkedNationally: number;
  readonly refusals: readonly { readonly code: string; readonly events: number }[];
  readonly rules: readonly { readonly rule: Rule; readonly cases: number }[];
  readonly offices: readonly OfficeSummary[];
  readonly teams: readonly TeamSummary[];
  readonly lines: readonly Placed[];
  readonly laws: readonly Placed[];
  readonly products: readonly Placed[];
  /** Country and town apart (A13). */
  readonly characters: readonly Placed[];
  readonly exclusions: readonly ExclusionTotal[];
  readonly handovers: readonly { readonly cause: HandoverCause; readonly clients: number }[];
  readonly journeys: JourneyTotals;
  readonly partners: readonly Partners[];
  readonly spread: readonly Spread[];
  /** The mean over the regular teams, each weighing as many as its cases. */
  readonly diversity: number | undefined;
  readonly bands: Readonly<Record<'under' | 'within' | 'over' | 'unknown', number>>;
  /** Teams, those for the Participatiewet excepted, all of whose cases are of the ZW (B14). */
  readonly zwOnly: readonly TeamId[];
  readonly meerwettig: { readonly meerwettig: number; readonly of: number };
  /** Offices by basis on the last day (A23). */
  readonly bases: Readonly<Record<Basis, number>>;
};

const ZW = 'ZW';
const NO_TEAMS = { offices: [], teams: [], exclusions: [], spread: [] };

export function summarise(simulation: Simulation): Summary {
  const { scenario, measures, days } = simulation;
  const { cases, placements, journeys, partners } = measures;
  const last = days && scenario.facts.demarcationOn(days.last);
  const atEnd = days && last ? endOf(simulation, last, days) : NO_TEAMS;
  const { teams } = atEnd;
  return {
    name: scenario.name,
    versions: scenario.versions.map((it) => {
      const { version, contentHash, effectiveFrom, decisionReference } = it;
      return { version, contentHash, effectiveFrom, decisionReference };
    }),
    days,
    events: cases.events(),
    cases: cases.totals(),
    clients: simulation.clients,
    parked: cases.parked(),
    parkedNationally: cases.parkedAt(NATIONAL),
    refusals: cases.refusals(),
    rules: placements.rules(),
    ...atEnd,
    lines: placements.all('line'),
    laws: placements.all('law'),
    products: placements.all('product'),
    characters: placements.all('character'),
    handovers: journeys.handovers(),
    journeys: journeys.totals(),
    partners: partners.all(),
    diversity: meanDiversity(teams),
    bands: bandsOf(teams),
    zwOnly: teams.filter(isZwOnly).map(({ team }) => team),
    meerwettig:
      days && last
        ? meerwettigTeams(last, scenario.facts.laws, days.last)
        : { meerwettig: 0, of: 0 },
    bases: basesOf(atEnd.offices),
  };
}

type Days = { readonly first: LocalDate; readonly last: LocalDate };

/** What is told by the version that holds on the last day. */
function endOf({ measures }: Simulation, demarcation: Demarcation, days: Days) {
  const { cases, placements, mix, neighbourhoods, exclusions } = measures;
  const stock = measures.stock.atEnd(demarcation, days.last);
  return {
    offices: [...demarcation.offices.values()].map((office): OfficeSummary => ({
      office: office.id,
      basis: basisOf(office, days.last),
      ...placements.of('office', office.id),
      parked: cases.parkedAt(office.id),
    })),
    teams: [...stock].flatMap(([id, own]): TeamSummary[] => {
      const team = demarcation.teams.get(id);
      const placed = placements.of('team', id);
      const isThere = team && (isRegular(team, days.last) || team.profile !== 'regular');
      if (team === undefined || (!isThere && placed.cases === 0)) return [];
      return [
        {
          team: id,
          office: team.office,
          profile: team.profile,
          ...placed,
          ...own,
          shareZw: mix.shareOf(id, ZW),
          diversity: mix.diversityOf(id),
        },
      ];
    }),
    exclusions: exclusions.all(demarcation.exclusions, days),
    spread: neighbourhoods.spread(demarcation, days.last),
  };
}

function meanDiversity(teams: readonly TeamSummary[]): number | undefined {
  const mean = new WeightedMean();
  for (const { profile, diversity, cases } of teams) {
    if (profile === 'regular' && diversity !== undefined) mean.add(diversity, cases);
  }
  return mean.value;
}

function bandsOf(teams: readonly TeamSummary[]): Summary['bands'] {
  const bands = { under: 0, within: 0, over: 0, unknown: 0 };
  for (const { verdict } of teams) bands[verdict ?? 'unknown']++;
  return bands;
}

function isZwOnly({ profile, shareZw }: TeamSummary): boolean {
  return profile !== 'participatiewet' && shareZw === 1;
}

function basesOf(offices: readonly OfficeSummary[]): Summary['bases'] {
  const bases = { postcode: 0, bsn: 0, workload: 0, manual: 0 };
  for (const { basis } of offices) if (basis !== undefined) bases[basis]++;
  return bases;
}
