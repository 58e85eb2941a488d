import type { ArbeidsmarktregioId, OfficeId, TeamId } from '@smc/domain';
import type { ReadPlan } from '../file/plan-reader.ts';
import type {
  Counted,
  MoveRow,
  PlanHeader,
  PlanLine,
  PlanSummary,
  RegionLine,
  StayReason,
  TeamLine,
  TeamLoad,
} from '../plan/plan.ts';
import { increase, sums } from '../plan/team-tally.ts';
import { Draw } from './draw.ts';
import { partnersOf, type Partners } from './partners.ts';

/** What a plan comes to for those who decide on it. It names teams and codes, and no person. */
export type Impact = {
  /** The plan's name: its seal. */
  readonly plan: string;
  readonly header: PlanHeader;
  /** How many people get another team: the headline. */
  readonly moves: number;
  readonly summary: PlanSummary;
  /** Clients who could have been moved, and those whom a rule or a handover keeps (C19). */
  readonly movable: number;
  readonly fixed: number;
  /** Moves to another office, and to another district. */
  readonly otherOffice: number;
  readonly otherDistrict: number;
  /** Not known: the router's state does not hold who the employer is (B30). */
  readonly employers: 'not-known';
  readonly byCause: Counted;
  readonly byRule: Counted;
  /** `from to`. */
  readonly byTeams: Counted;
  readonly byOffices: Counted;
  /** Open cases that go along. */
  readonly casesByLaw: Counted;
  readonly casesByLine: Counted;
  /** `rural`, `urban` or `unknown` (A13), and Werkbedrijf's office, of those who would move. */
  readonly byCharacter: Counted;
  readonly byWerkbedrijf: Counted;
  /** Clients by how much is going on: an active case, idle cases only, no open case. */
  readonly byWork: Counted;
  readonly dossiers: Dossiers;
  readonly teams: readonly TeamImpact[];
  /** Teams by their place in their band (D01, D04); `none` has no band or no hours. */
  readonly bands: BeforeAfter<Counted>;
  /** Teams with cases of the ZW alone (B14). */
  readonly zwOnly: BeforeAfter<readonly TeamId[]>;
  readonly partners: readonly Partners[];
  /** Clients who stay with a team that is not there on the day: no rule gives them another yet. */
  readonly leftBehind: number;
  /** Moves by chance, the same for the same seed, with their explanation (E30). */
  readonly sample: readonly MoveRow[];
};

export type BeforeAfter<T> = { readonly before: T; readonly after: T };

/** Whether those who would move can be handed over without telling their story again (B35, E32). */
export type Dossiers = {
  /** Clients each of whose open cases refers to a dossier. */
  readonly complete: number;
  readonly incomplete: number;
  readonly casesWithout: number;
  readonly withoutOpenCase: number;
};

export type TeamImpact = {
  readonly team: TeamId;
  readonly office: OfficeId;
  readonly leaving: number;
  readonly arriving: number;
  readonly minutes: number;
} & BeforeAfter<TeamState>;

export type TeamState = {
  readonly clients: number;
  readonly cases: number;
  /** Weighted cases per hour, in thousandths; undefined: no hours are known. */
  readonly perHour: number | undefined;
  readonly band: 'under' | 'within' | 'over' | 'none';
  /** Kinds of case, and the share of the most frequent one in thousandths (A14). */
  readonly kinds: number;
  readonly largest: { readonly kind: string; readonly share: number } | undefined;
};

export const NO_LINE = '-';
const MINUTES_PER_HOUR = 60;

/** Reads a plan to its end. What it throws is what reading throws: nothing is told of a bad plan. */
export async function impactOf(
  plan: ReadPlan,
  sample: { readonly size: number; readonly seed: number },
  onMove: (move: MoveRow) => void = () => {},
): Promise<Impact> {
  const count = new ImpactCount(sample);
  for (let line = await plan.next(); ; line = await plan.next()) {
    if (line.done === true) return count.impact(line.value);
    count.add(line.value);
    if (line.value.kind === 'move') onMove(line.value);
  }
}

class ImpactCount {
  #header: PlanHeader | undefined;
  #summary: PlanSummary | undefined;
  readonly #teams: TeamLine[] = [];
  readonly #regions = new Map<ArbeidsmarktregioId, RegionLine>();
  readonly #sample: Draw<MoveRow>;
  readonly #counts = {
    byCause: new Map<string, number>(),
    byRule: new Map<string, number>(),
    byTeams: new Map<string, number>(),
    byOffices: new Map<string, number>(),
    casesByLaw: new Map<string, number>(),
    casesByLine: new Map<string, number>(),
    byWork: new Map<string, number>(),
  };
  readonly #byRegion = new Map<ArbeidsmarktregioId | undefined, number>();
  readonly #leaving = new Map<TeamId, number>();
  readonly #arriving = new Map<TeamId, number>();
  readonly #dossiers = { complete: 0, incomplete: 0, casesWithout: 0, withoutOpenCase: 0 };
  #otherOffice = 0;
  #leftBehind = 0;

  constructor(sample: { readonly size: number; readonly seed: number }) {
    this.#sample = new Draw(sample);
  }

  add(line: PlanLine): void {
    switch (line.kind) {
      case 'plan':
        this.#header = line;
        break;
      case 'move':
        this.#move(line);
        break;
      case 'uncovered':
      case 'parked':
        if (line.teamEnded) this.#leftBehind++;
        break;
      case 'team':
        this.#teams.push(line);
        break;
      case 'region':
        this.#regions.set(line.region, line);
        break;
      case 'summary':
        this.#summary = line;
        break;
    }
  }

  impact(plan: string): Impact {
    const [header, summary] = [this.#header, this.#summary];
    if (header === undefined || summary === undefined) {
      throw new Error(`plan ${plan} has no header or no summary`);
    }
    const sum = (counted: Counted) => counted.reduce((all, [, n]) => all + n, 0);
    const teams = this.#teams.map((line) => this.#teamImpact(line));
    return {
      plan,
      header,
      moves: summary.moves,
      summary,
      movable: summary.moves + sum(summary.stays),
      fixed: sum(summary.fixed),
      otherOffice: this.#otherOffice,
      otherDistrict: this.#otherDistrict(),
      employers: 'not-known',
      byCause: sums(this.#counts.byCause),
      byRule: sums(this.#counts.byRule),
      byTeams: sums(this.#counts.byTeams),
      byOffices: sums(this.#counts.byOffices),
      casesByLaw: sums(this.#counts.casesByLaw),
      casesByLine: sums(this.#counts.casesByLine),
      byWork: sums(this.#counts.byWork),
      byCharacter: this.#perRegion((region) => region?.character ?? 'unknown'),
      byWerkbedrijf: this.#perRegion((region) => region?.werkbedrijf ?? 'unknown'),
      dossiers: this.#dossiers,
      teams,
      bands: beforeAfter((when) => sums(teams.map((team) => [team[when].band, 1] as const))),
      zwOnly: beforeAfter((when) =>
        this.#teams.filter((line) => hasZwOnly(line[when])).map(({ team }) => team),
      ),
      partners: partnersOf(this.#teams, this.#regions),
      leftBehind: this.#leftBehind + countOf(summary.stays, 'no-open-case-team-ended'),
      sample: this.#sample.drawn,
    };
  }

  #move(move: MoveRow): void {
    const { from, to, cause, rule, cases, work, region, client } = move;
    increase(this.#counts.byCause, cause);
    increase(this.#counts.byRule, rule ?? 'numbers');
    increase(this.#counts.byTeams, `${from.team} ${to.team}`);
    increase(this.#counts.byOffices, `${from.office} ${to.office}`);
    increase(this.#counts.byWork, WORK[work]);
    increase(this.#byRegion, region);
    increase(this.#leaving, from.team);
    increase(this.#arriving, to.team);
    if (from.office !== to.office) this.#otherOffice++;
    let without = 0;
    for (const { law, line, dossier } of cases) {
      increase(this.#counts.casesByLaw, law);
      increase(this.#counts.casesByLine, line ?? NO_LINE);
      if (!dossier) without++;
    }
    this.#dossiers.casesWithout += without;
    if (cases.length === 0) this.#dossiers.withoutOpenCase++;
    else if (without === 0) this.#dossiers.complete++;
    else this.#dossiers.incomplete++;
    this.#sample.offer(client, move);
  }

  #otherDistrict(): number {
    const districts = new Map(
      this.#teams.map(({ office, district }) => [String(office), district]),
    );
    let moves = 0;
    for (const [pair, n] of this.#counts.byOffices) {
      const [from = '', to = ''] = pair.split(' ');
      if (districts.get(from) !== districts.get(to)) moves += n;
    }
    return moves;
  }

  #perRegion(nameOf: (region: RegionLine | undefined) => string): Counted {
    return sums(
      [...this.#byRegion].map(([region, n]) => {
        return [nameOf(region && this.#regions.get(region)), n] as const;
      }),
    );
  }

  #teamImpact(line: TeamLine): TeamImpact {
    const { team, office, minutes } = line;
    return {
      team,
      office,
      leaving: this.#leaving.get(team) ?? 0,
      arriving: this.#arriving.get(team) ?? 0,
      minutes,
      ...beforeAfter((when) => stateOf(line, line[when])),
    };
  }
}

function countOf(counted: Counted, code: StayReason): number {
  return counted.find(([name]) => name === code)?.[1] ?? 0;
}

const WORK = { 0: 'none', 1: 'idle', 2: 'active' } as const;

function beforeAfter<T>(of: (when: 'before' | 'after') => T): BeforeAfter<T> {
  return { before: of('before'), after: of('after') };
}

function stateOf({ minutes, band }: TeamLine, { clients, cases, load, mix }: TeamLoad): TeamState {
  const perHour = minutes === 0 ? undefined : Math.round((load * MINUTES_PER_HOUR) / minutes);
  const [kind, most] = mix.reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
  return {
    clients,
    cases,
    perHour,
    band: verdict(perHour, band),
    kinds: mix.length,
    largest: cases === 0 ? undefined : { kind, share: Math.round((most * 1000) / cases) },
  };
}

function verdict(perHour: number | undefined, band: TeamLine['band']): TeamState['band'] {
  if (perHour === undefined || band === undefined) return 'none';
  return perHour < band.min ? 'under' : perHour > band.max ? 'over' : 'within';
}

function hasZwOnly({ mix }: TeamLoad): boolean {
  return mix.length > 0 && mix.every(([kind]) => kind.startsWith('ZW '));
}
