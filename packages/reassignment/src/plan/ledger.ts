/** What a plan counts while clients go by, and the lines below its rows that come of it. */
import { must, type ClientState, type OfficeId, type TeamId } from '@smc/domain';
import { minutesOn, type ClientQuestion, type Demarcation } from '@smc/decision';
import type { Organisation } from '@smc/demarcation';
import { movedCases, openWork, type ClientFacts } from './client-facts.ts';
import { isTeamThere, type Judged, type Moves, type Waits } from './judge-client.ts';
import type {
  FixedReason,
  MoveRow,
  PlanRow,
  PlanSummary,
  RegionLine,
  StayReason,
  TeamLine,
  WaitRow,
} from './plan.ts';
import { increase, sums, TeamTallies } from './team-tally.ts';
import type { SetOutcome } from './team-set.ts';

type About = {
  readonly demarcation: Demarcation;
  readonly asOf: ClientQuestion['on'];
  readonly organisation: Pick<Organisation, 'arbeidsmarktregios' | 'werkbedrijfOffices'>;
};

export class Ledger {
  readonly #about: About;
  readonly #before: TeamTallies;
  /** What the moves add and take away. */
  readonly #change: TeamTallies;
  /** The offices of teams that the version may not know. */
  readonly #offices = new Map<TeamId, OfficeId>();
  readonly #stays = new Map<string, number>();
  readonly #fixed = new Map<string, number>();
  readonly #uncovered = new Map<string, number>();
  readonly #parked = new Map<string, number>();
  readonly #count = { clients: 0, running: 0, inScope: 0, moves: 0, placeable: 0, choosing: 0 };

  constructor(about: About) {
    this.#about = about;
    this.#before = new TeamTallies(about.demarcation);
    this.#change = new TeamTallies(about.demarcation);
  }

  client(): void {
    this.#count.clients++;
  }

  running(team: TeamId, { office }: ClientState, facts: ClientFacts, isInScope: boolean): void {
    this.#count.running++;
    if (isInScope) this.#count.inScope++;
    this.#before.add(team, facts, 1);
    if (!this.#offices.has(team)) {
      this.#offices.set(team, must(office, 'a client with a team has its office'));
    }
  }

  stays(why: StayReason, clients = 1): void {
    increase(this.#stays, why, clients);
  }

  fixed(why: FixedReason): void {
    increase(this.#fixed, why);
  }

  choosing(): void {
    this.#count.choosing++;
  }

  /** Counts what was judged, and gives the row of those who move or wait. */
  judged(
    asked: ClientQuestion,
    judgement: Judged,
    facts: ClientFacts | undefined,
  ): PlanRow | undefined {
    switch (judgement.kind) {
      case 'stays':
        this.stays(judgement.why);
        return undefined;
      case 'fixed':
        this.fixed(judgement.why);
        return undefined;
      case 'choosing':
        this.choosing();
        return undefined;
      case 'placeable':
        this.#count.placeable++;
        return undefined;
      case 'moves':
        return this.moves(asked, judgement, must(facts, 'only a client with a team moves'));
      case 'uncovered':
        increase(this.#uncovered, judgement.code);
        return waitRow(asked, judgement);
      case 'parked':
        increase(this.#parked, judgement.code);
        return waitRow(asked, judgement);
    }
  }

  moves(
    { client, clientKey, demarcation }: ClientQuestion,
    to: Moves,
    facts: ClientFacts,
  ): MoveRow {
    const team = must(client.team, 'only a client with a team moves');
    const office = must(client.office, 'a client with a team has its office');
    this.#count.moves++;
    this.#change.add(team, facts, -1);
    this.#change.add(to.to.team, facts, 1);
    return {
      kind: 'move',
      client: clientKey,
      from: { team, office },
      to: to.to,
      cause: to.cause,
      rule: to.rule,
      explanation: to.explanation,
      cases: movedCases(facts, demarcation),
      work: openWork(facts),
      region: facts.region,
      sequence: client.sequence,
    };
  }

  /** Of every team that has clients or is there on the day. */
  *teamLines(): Generator<TeamLine> {
    const { demarcation, asOf } = this.#about;
    const teams = new Set([...this.#before.teams(), ...this.#change.teams()]);
    for (const { id, from, until } of demarcation.teams.values()) {
      if (from <= asOf && (until === undefined || asOf < until)) teams.add(id);
    }
    for (const id of [...teams].sort()) {
      const team = demarcation.teams.get(id);
      const office = must(team?.office ?? this.#offices.get(id), 'a team has an office');
      yield {
        kind: 'team',
        team: id,
        office,
        district: demarcation.offices.get(office)?.district,
        profile: team?.profile,
        minutes: team === undefined ? 0 : minutesOn(team, asOf),
        band: team?.band === undefined ? undefined : demarcation.bands.get(team.band),
        before: this.#before.loadOf(id),
        after: this.#before.loadOf(id, this.#change),
      };
    }
  }

  *regionLines(): Generator<RegionLine> {
    const { arbeidsmarktregios, werkbedrijfOffices } = this.#about.organisation;
    for (const { id, character } of arbeidsmarktregios.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      const office = werkbedrijfOffices.find(({ arbeidsmarktregio }) => arbeidsmarktregio === id);
      yield { kind: 'region', region: id, character, werkbedrijf: office?.id };
    }
  }

  summary(sets: readonly SetOutcome[]): PlanSummary {
    return {
      kind: 'summary',
      ...this.#count,
      stays: sums(this.#stays),
      fixed: sums(this.#fixed),
      uncovered: sums(this.#uncovered),
      parked: sums(this.#parked),
      sets,
    };
  }
}

function waitRow(asked: ClientQuestion, judged: Waits): WaitRow {
  const { client, clientKey } = asked;
  const { kind, code, office, explanation } = judged;
  const row = { kind, client: clientKey, code, office, explanation };
  if (kind === 'parked') return { ...row, from: undefined, teamEnded: false };
  const team = must(client.team, 'a client who is not covered has a team');
  const from = { team, office: must(client.office, 'a client with a team has its office') };
  return { ...row, from, teamEnded: !isTeamThere(asked) };
}
