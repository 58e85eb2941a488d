import type { ClientKey, TeamId } from '@smc/domain';
import type { ReadPlan } from '../file/plan-reader.ts';
import { impactOf, type Impact, type TeamState } from './impact.ts';

/** Two plans side by side (C14, C15, C22, E29): what each costs, and where they differ. */
export type PlanComparison = {
  readonly first: Impact;
  readonly second: Impact;
  /** Clients whom both give the same other team, each another, or only one of the two moves. */
  readonly same: number;
  readonly otherTeam: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Clients per team; undefined where a plan does not know the team. */
  readonly teams: readonly {
    readonly team: TeamId;
    readonly now: number | undefined;
    readonly first: TeamState | undefined;
    readonly second: TeamState | undefined;
  }[];
  /** Whether both were computed on the same state: positions, or the same numbers of clients. */
  readonly sameState: boolean;
};

/** Keeps a key and a team for each client whom the first plan moves. */
export async function comparePlans(
  first: ReadPlan,
  second: ReadPlan,
  sample: { readonly size: number; readonly seed: number } = { size: 0, seed: 1 },
): Promise<PlanComparison> {
  const moved = new Map<ClientKey, TeamId>();
  const ofFirst = await impactOf(
    first,
    sample,
    ({ client, to }) => void moved.set(client, to.team),
  );
  let [same, otherTeam, onlySecond] = [0, 0, 0];
  const ofSecond = await impactOf(second, sample, ({ client, to }) => {
    const before = moved.get(client);
    if (before === undefined) onlySecond++;
    else if (before === to.team) same++;
    else otherTeam++;
  });
  return {
    first: ofFirst,
    second: ofSecond,
    same,
    otherTeam,
    onlyFirst: moved.size - same - otherTeam,
    onlySecond,
    teams: teamsOf(ofFirst, ofSecond),
    sameState: stateOf(ofFirst) === stateOf(ofSecond),
  };
}

function teamsOf(first: Impact, second: Impact): PlanComparison['teams'] {
  const byTeam = ({ teams }: Impact) => new Map(teams.map((team) => [team.team, team]));
  const [a, b] = [byTeam(first), byTeam(second)];
  return [...new Set([...a.keys(), ...b.keys()])].sort().map((team) => {
    const [one, other] = [a.get(team), b.get(team)];
    const now = (one ?? other)?.before.clients;
    return { team, now, first: one?.after, second: other?.after };
  });
}

function stateOf({ header, summary }: Impact): string {
  return JSON.stringify([header.positions, summary.clients]);
}
