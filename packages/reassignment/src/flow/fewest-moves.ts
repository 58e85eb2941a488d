/**
 * The fewest moves that give every team a number of clients that it should have, where not every
 * client can go to every team.
 *
 *             clients alike          teams
 *   all ──►  [team 1, may 1 2] ──0──► team 1 ──► between its least and its most
 *      └──►  [team 1, may 1 3] ──1──► team 3 ──►
 *
 * Clients are alike when they are with the same team, may go to the same teams and have as much
 * open work. Staying costs nothing; a move costs so much that one move fewer is worth more than any
 * amount of open work; of equally many moves those with the least open work are cheapest.
 */
import { assert } from '@smc/domain';
import { Network } from './min-cost-flow.ts';

/** How much is going on for a client: 2 a case that needs work, 1 idle cases only, 0 none open. */
export type OpenWork = 0 | 1 | 2;

export type ClientsAlike = {
  readonly clients: number;
  /** Places in the list of teams. */
  readonly team: number;
  readonly may: readonly number[];
  readonly work: OpenWork;
};

/** How many of the clients a team can have that are not fixed elsewhere; both ends included. */
export type Room = { readonly least: number; readonly most: number };

export type FewestMoves = {
  readonly moves: number;
  /** No division of the clients that fits the rooms takes fewer. */
  readonly lowerBound: number;
  /** For each group, how many of it go to which other team. */
  readonly leaving: readonly (readonly { readonly to: number; readonly clients: number }[])[];
};

/** Undefined: the clients cannot be divided so that every team has what it should. */
export function fewestMoves(
  groups: readonly ClientsAlike[],
  rooms: readonly Room[],
): FewestMoves | undefined {
  const total = groups.reduce((sum, { clients }) => sum + clients, 0);
  // One move weighs more than all open work together.
  const ofMove = 2 * total + 1;
  // What a team must have weighs more than any chain of moves that brings it there.
  const ofNeed = (ofMove + 2) * 2 * (rooms.length + 1);
  const [all, end] = [0, groups.length + rooms.length + 1];
  const nodeOf = (team: number) => 1 + groups.length + team;
  const network = new Network(end + 1);

  const arcs = groups.map(({ clients, team, may, work }, i) => {
    network.arc({ from: all, to: 1 + i }, clients, 0);
    network.arc({ from: 1 + i, to: nodeOf(team) }, clients, 0);
    const others = may.filter((to) => to !== team);
    return others.map((to) => {
      const ends = { from: 1 + i, to: nodeOf(to) };
      return { to, arc: network.arc(ends, clients, ofMove + work) };
    });
  });
  const needed = rooms.map(({ least, most }, team) => {
    const ends = { from: nodeOf(team), to: end };
    network.arc(ends, most - least, 0);
    return { least, arc: network.arc(ends, least, -ofNeed) };
  });

  const { amount, cost, provenCost } = network.fill(all, end);
  if (amount < total) return undefined;
  if (needed.some(({ least, arc }) => network.through(arc) < least)) return undefined;
  assert(cost === provenCost, 'the cheapest flow proves itself');
  const forNeed = ofNeed * rooms.reduce((sum, { least }) => sum + least, 0);
  const leaving = arcs.map((of) =>
    of
      .map(({ to, arc }) => ({ to, clients: network.through(arc) }))
      .filter(({ clients }) => clients > 0),
  );
  const moves = leaving.flat().reduce((sum, { clients }) => sum + clients, 0);
  return { moves, lowerBound: Math.floor((provenCost + forNeed) / ofMove), leaving };
}
