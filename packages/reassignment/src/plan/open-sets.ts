import type { TeamId } from '@smc/domain';
import type { ClientQuestion, Demarcation } from '@smc/decision';
import { TeamSet } from './team-set.ts';

export type OpenSets = {
  readonly of: (team: TeamId) => TeamSet | undefined;
  readonly inOrder: () => readonly TeamSet[];
};

/** A set for each office, or one of the teams that are named: regular teams that are there. */
export function openSets(by: {
  readonly demarcation: Demarcation;
  readonly asOf: ClientQuestion['on'];
  readonly teams?: readonly TeamId[] | undefined;
}): OpenSets {
  const { demarcation, asOf } = by;
  const named = by.teams === undefined ? undefined : new Set(by.teams);
  const members = [...demarcation.teams.values()]
    .filter(({ profile, from, until }) => {
      return profile === 'regular' && from <= asOf && (until === undefined || asOf < until);
    })
    .filter(({ id }) => named === undefined || named.has(id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const byName = Map.groupBy(members, ({ office }): string =>
    named === undefined ? office : 'teams',
  );
  const sets: TeamSet[] = [];
  const of = new Map<TeamId, TeamSet>();
  for (const [name, teams] of [...byName].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const set = new TeamSet(name, teams, asOf);
    sets.push(set);
    for (const { id } of teams) of.set(id, set);
  }
  return { of: (team) => of.get(team), inOrder: () => sets };
}
