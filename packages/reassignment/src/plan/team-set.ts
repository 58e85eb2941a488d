/**
 * Teams that share their clients by numbers: the regular teams of one office, or those that are
 * named. What each should have follows from all its clients; who can move are those in scope whom
 * nothing keeps where they are.
 *
 * The target of the closed form (`@smc/capacity`, whose proof is its comment) is tried first: it asks
 * the fewest moves if everybody can go everywhere. Where the clients that can move don't fit it, the
 * flow decides, which knows who can go where and proves itself.
 */
import type { ClientKey, TeamId } from '@smc/domain';
import {
  bandAround,
  countMoves,
  countsIn,
  fewestMovesIntoBand,
  MINUTES_PER_HOUR,
  ratio,
  sharesByHours,
  type BandRefusal,
  type Counts,
} from '@smc/capacity';
import { mayHelp, minutesOn, type ClientQuestion, type Team } from '@smc/decision';
import { fewestMoves, type ClientsAlike, type FewestMoves } from '../flow/fewest-moves.ts';
import { openWork, type ClientFacts } from './client-facts.ts';
import type { Objective } from './objective.ts';

export type SetOutcome = {
  /** The office, or `teams` where they were named. */
  readonly set: string;
  readonly teams: readonly {
    readonly team: TeamId;
    readonly minutes: number;
    /** Clients now, and how many of them this plan cannot move. */
    readonly now: number;
    readonly fixed: number;
    /** As now where the goal can't be reached. */
    readonly planned: number;
  }[];
  readonly result: Reached | Unreachable;
};

export type Reached = {
  readonly kind: 'reached';
  readonly moves: number;
  /** No plan that reaches the goal moves fewer. */
  readonly lowerBound: number;
  readonly proof: 'closed-form' | 'min-cost-flow';
};

/** Nobody moves in such a set. */
export type Unreachable = {
  readonly kind: 'unreachable';
  readonly code: BandRefusal['code'] | 'HOURS_UNKNOWN' | 'NO_HOURS' | 'CLIENTS_DO_NOT_FIT';
  /** The team that it is about; undefined: all together. */
  readonly team: TeamId | undefined;
};

export type BalanceMove = { readonly client: ClientKey; readonly to: TeamId };
type Goal = Exclude<Objective, { kind: 'follow-demarcation' }>;
type Group = Omit<ClientsAlike, 'clients'> & { readonly members: ClientKey[] };
type Teams = { readonly places: readonly number[]; readonly label: string };

export class TeamSet {
  readonly #id: string;
  readonly #teams: readonly Team[];
  readonly #minutes: readonly number[];
  readonly #place: ReadonlyMap<TeamId, number>;
  readonly #fixed: number[];
  readonly #groups = new Map<string, Group>();
  /** By law, product and employment. */
  readonly #mayHelp = new Map<string, Teams>();

  constructor(id: string, teams: readonly Team[], on: ClientQuestion['on']) {
    this.#id = id;
    this.#teams = teams;
    this.#minutes = teams.map((team) => minutesOn(team, on));
    this.#place = new Map(teams.map(({ id: team }, i) => [team, i]));
    this.#fixed = teams.map(() => 0);
  }

  /** How many clients it could move. */
  get movable(): number {
    let sum = 0;
    for (const { members } of this.#groups.values()) sum += members.length;
    return sum;
  }

  addFixed(team: TeamId): void {
    const place = this.#place.get(team);
    if (place !== undefined) this.#fixed[place] = (this.#fixed[place] ?? 0) + 1;
  }

  /** Clients come in ascending order of their keys. */
  addMovable(team: TeamId, asked: ClientQuestion, facts: ClientFacts): void {
    const place = this.#place.get(team);
    if (place === undefined) return;
    const work = openWork(facts);
    const may = this.#teamsFor(asked, facts);
    const key = `${place} ${work} ${may.label}`;
    const known = this.#groups.get(key);
    if (known !== undefined) known.members.push(asked.clientKey);
    else this.#groups.set(key, { team: place, work, may: may.places, members: [asked.clientKey] });
  }

  solve(goal: Goal): { readonly outcome: SetOutcome; readonly moves: readonly BalanceMove[] } {
    const now = this.#fixed.map((fixed, i) => fixed + this.#movableOf(i));
    const groups = [...this.#groups.values()];
    const solved = this.#divide(goal, now, groups);
    const moves = solved.kind === 'reached' ? this.#name(groups, solved.found) : [];
    const planned = [...now];
    for (const [i, leaving] of (solved.kind === 'reached' ? solved.found.leaving : []).entries()) {
      for (const { to, clients } of leaving) {
        const from = groups[i]?.team ?? to;
        planned[from] = (planned[from] ?? 0) - clients;
        planned[to] = (planned[to] ?? 0) + clients;
      }
    }
    const teams = this.#teams.map(({ id }, i) => ({
      team: id,
      minutes: this.#minutes[i] ?? 0,
      now: now[i] ?? 0,
      fixed: this.#fixed[i] ?? 0,
      planned: planned[i] ?? 0,
    }));
    const result: SetOutcome['result'] =
      solved.kind === 'unreachable'
        ? solved
        : {
            kind: 'reached',
            moves: solved.found.moves,
            lowerBound: solved.found.lowerBound,
            proof: solved.proof,
          };
    return { outcome: { set: this.#id, teams, result }, moves };
  }

  #divide(
    goal: Goal,
    now: readonly number[],
    groups: readonly Group[],
  ): Unreachable | { kind: 'reached'; proof: Reached['proof']; found: FewestMoves } {
    const unknown = this.#teams.find(({ capacity }) => capacity.length === 0);
    if (unknown !== undefined) return unreachable('HOURS_UNKNOWN', unknown.id);
    const wanted =
      goal.kind === 'exact-shares' ? this.#shares(now) : this.#bands(now, goal.percent);
    if (wanted.kind === 'unreachable') return wanted;
    const { target, counts } = wanted;
    const alike = groups.map(({ members, ...of }) => ({ ...of, clients: members.length }));
    const closed = this.#fit(
      alike,
      target.map((n) => ({ min: n, max: n })),
    );
    if (closed?.moves === countMoves(now, target)) {
      return { kind: 'reached', proof: 'closed-form', found: closed };
    }
    const found = this.#fit(alike, counts);
    return found === undefined
      ? unreachable('CLIENTS_DO_NOT_FIT', undefined)
      : { kind: 'reached', proof: 'min-cost-flow', found };
  }

  #fit(alike: readonly ClientsAlike[], counts: readonly Counts[]): FewestMoves | undefined {
    const rooms = counts.map(({ min, max }, i) => {
      const fixed = this.#fixed[i] ?? 0;
      return { least: Math.max(0, min - fixed), most: max - fixed };
    });
    return rooms.some(({ most }) => most < 0) ? undefined : fewestMoves(alike, rooms);
  }

  #shares(now: readonly number[]) {
    const total = now.reduce((sum, n) => sum + n, 0);
    const claims = now.map((current, i) => ({ weight: this.#minutes[i] ?? 0, current }));
    const shares = sharesByHours(total, claims);
    if (!shares.ok) return unreachable('NO_HOURS', undefined);
    const target = shares.value.map(({ units }) => units);
    return { kind: 'wanted', target, counts: target.map((n) => ({ min: n, max: n })) } as const;
  }

  #bands(now: readonly number[], percent: number) {
    const total = now.reduce((sum, n) => sum + n, 0);
    const minutes = this.#minutes.reduce((sum, n) => sum + n, 0);
    if (minutes === 0) return unreachable('NO_HOURS', undefined);
    const band = bandAround(ratio(total * MINUTES_PER_HOUR, minutes), percent);
    const counts = this.#minutes.map((of) => countsIn(band, of));
    const fewest = fewestMovesIntoBand(
      now.map((clients, i) => {
        const of = this.#minutes[i] ?? 0;
        return { clients, minutes: of, band: counts[i] ?? { min: 0, max: 0 } };
      }),
    );
    if (fewest.ok) return { kind: 'wanted', target: fewest.value.target, counts } as const;
    const { refusal } = fewest;
    const team = 'holder' in refusal ? this.#teams[refusal.holder]?.id : undefined;
    return unreachable(refusal.code, team);
  }

  /** Of clients alike the first by key go, to the teams in their order. */
  #name(groups: readonly Group[], { leaving }: FewestMoves): readonly BalanceMove[] {
    const moves: BalanceMove[] = [];
    for (const [i, { members }] of groups.entries()) {
      let next = 0;
      for (const { to, clients } of leaving[i] ?? []) {
        const team = this.#teams[to];
        if (team === undefined) continue;
        for (const client of members.slice(next, next + clients)) {
          moves.push({ client, to: team.id });
        }
        next += clients;
      }
    }
    return moves.sort((a, b) => (a.client < b.client ? -1 : 1));
  }

  #movableOf(place: number): number {
    let sum = 0;
    for (const { team, members } of this.#groups.values())
      if (team === place) sum += members.length;
    return sum;
  }

  #teamsFor(asked: ClientQuestion, { placed }: ClientFacts): Teams {
    const key = placed
      .map(({ law, product, employment }) => `${law} ${product} ${employment}`)
      .join();
    let teams = this.#mayHelp.get(key);
    if (teams === undefined) {
      const places = [...this.#teams.keys()].filter((place) => {
        const team = this.#teams[place];
        return team !== undefined && mayHelp(team, asked);
      });
      teams = { places, label: places.join() };
      if (this.#mayHelp.size < KINDS_MAX) this.#mayHelp.set(key, teams);
    }
    return teams;
  }
}

/** So many kinds of client are remembered; clients with many cases make ever new ones. */
const KINDS_MAX = 10_000;

function unreachable(code: Unreachable['code'], team: TeamId | undefined): Unreachable {
  return { kind: 'unreachable', code, team };
}
