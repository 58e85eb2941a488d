import { assert } from '@smc/domain';

/** So many clients go from one holder to another, both by their place in the list. */
export type Move = { readonly from: number; readonly to: number; readonly clients: number };

/**
 * The fewest clients that must change hands to come from `current` to `target`, the headline number
 * of every redistribution (C19). Whoever has more than the target loses at least the difference, and
 * as both sum to the same, exactly that finds a place.
 */
export function countMoves(current: readonly number[], target: readonly number[]): number {
  const sum = (counts: readonly number[]) => counts.reduce((all, n) => all + n, 0);
  assert(sum(current) === sum(target), 'moves neither make clients nor lose them');
  return current.reduce((moves, n, i) => moves + Math.max(0, n - (target[i] ?? 0)), 0);
}

/**
 * Who hands how many to whom. The largest surplus goes to the largest shortage first, which keeps
 * the pairs few: colleagues have to sit together for each. Equal ones in the order of the list.
 */
export function pairMoves(current: readonly number[], target: readonly number[]): readonly Move[] {
  const open = current.map((n, i) => ({ i, surplus: n - (target[i] ?? 0) }));
  const moves: Move[] = [];
  for (let left = countMoves(current, target); left > 0;) {
    const giver = open.reduce((most, one) => (one.surplus > most.surplus ? one : most));
    const taker = open.reduce((most, one) => (one.surplus < most.surplus ? one : most));
    const clients = Math.min(giver.surplus, -taker.surplus);
    moves.push({ from: giver.i, to: taker.i, clients });
    giver.surplus -= clients;
    taker.surplus += clients;
    left -= clients;
  }
  return moves;
}
