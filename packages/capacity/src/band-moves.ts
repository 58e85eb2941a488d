import { accept, refuse, type Result } from '@smc/domain';
import { countMoves } from './moves.ts';
import type { Counts } from './band.ts';

/** Someone with clients, hours and the whole numbers that lie in the band. */
export type Holder = {
  readonly clients: number;
  /** Net minutes a week. */
  readonly minutes: number;
  readonly band: Counts;
};

/** No redistribution brings everybody into the band. */
export type BandRefusal =
  /** The band of the holder at this place holds no whole number. */
  | { readonly code: 'NO_WHOLE_NUMBER_IN_BAND'; readonly holder: number }
  /** All together are too many for the bands' upper ends, or too few for their lower ends. */
  | { readonly code: 'TOO_MANY_CLIENTS' | 'TOO_FEW_CLIENTS'; readonly clients: number };

export type BandMoves = { readonly moves: number; readonly target: readonly number[] };

/**
 * The fewest moves that bring everybody into the band, and a target that takes no more (T04).
 *
 * Why none can do with fewer. Call `excess` what stands above the bands, `shortage` what lacks
 * below them. Each client above a band must leave, and one move takes one client from one holder:
 * at least `excess` moves. Likewise at least `shortage`. The target takes the larger of both:
 *
 *   1. Everybody goes to the nearest end of the own band. That frees `excess` and takes `shortage`.
 *   2. If clients are left over, they go to whoever has room below the upper end, the lowest load
 *      per hour first. Nobody who gives in step 1 has room, so moves stay at `excess`.
 *   3. If clients lack, they come from whoever is above the lower end, the highest load per hour
 *      first. Nobody who takes in step 1 is above it, so moves come to `shortage`.
 *
 * The room in 2 and 3 suffices, because the total lies between the sums of the ends.
 */
export function fewestMovesIntoBand(holders: readonly Holder[]): Result<BandMoves, BandRefusal> {
  const empty = holders.findIndex(({ band }) => band.min > band.max);
  if (empty >= 0) return refuse({ code: 'NO_WHOLE_NUMBER_IN_BAND', holder: empty });
  const sum = (of: (holder: Holder) => number) => holders.reduce((all, one) => all + of(one), 0);
  const total = sum(({ clients }) => clients);
  const above = total - sum(({ band }) => band.max);
  if (above > 0) return refuse({ code: 'TOO_MANY_CLIENTS', clients: above });
  const below = sum(({ band }) => band.min) - total;
  if (below > 0) return refuse({ code: 'TOO_FEW_CLIENTS', clients: below });

  const target = holders.map(({ clients, band }) =>
    Math.min(Math.max(clients, band.min), band.max),
  );
  const left = total - target.reduce((all, n) => all + n, 0);
  for (let n = 0; n < Math.abs(left); n++) placeOne(holders, target, left > 0 ? 1 : -1);
  return accept({
    moves: countMoves(
      holders.map(({ clients }) => clients),
      target,
    ),
    target,
  });
}

/** One client more where the load per hour is lowest, or one less where it is highest. */
function placeOne(holders: readonly Holder[], target: number[], step: 1 | -1): void {
  let best: number | undefined;
  for (const [i, { band, minutes }] of holders.entries()) {
    const count = target[i] ?? 0;
    if (step > 0 ? count >= band.max : count <= band.min) continue;
    if (best === undefined) best = i;
    const difference = count * (holders[best]?.minutes ?? 0) - (target[best] ?? 0) * minutes;
    if (difference * step < 0) best = i;
  }
  if (best !== undefined) target[best] = (target[best] ?? 0) + step;
}
