import { accept, refuse, type Result } from '@smc/domain';
import { compareRatios, floor, ratio, round, subtract, type Ratio } from './ratio.ts';

/** Whoever takes a share: a person by hours, a basis by percentage. */
export type Claim = {
  /** Net minutes a week, or any other weight; a whole number, 0 or more. */
  readonly weight: number;
  /** How many are there now; decides ties only. */
  readonly current: number;
};

export type Share = {
  /** The exact part: total x weight / sum of weights. */
  readonly quota: Ratio;
  readonly units: number;
};

/** Nobody has hours, so that there is nothing to divide by. */
export type ShareRefusal = { readonly code: 'NO_WEIGHT' };

/**
 * Divides by the largest remainder (C06, T02): everybody gets the whole part of the quota, and what
 * is left goes one by one to the largest remainders. The shares always sum to the total, and none
 * is a full unit away from its quota.
 *
 * Of equal remainders, first those who keep a client by it (more now than the whole part), so that
 * the fewest clients move (C19, T03); then whoever is named first.
 */
export function sharesByHours(
  total: number,
  claims: readonly Claim[],
): Result<readonly Share[], ShareRefusal> {
  const quotas = quotasOf(total, claims);
  if (quotas === undefined) return refuse({ code: 'NO_WEIGHT' });
  const units = quotas.map(floor);
  const keeps = (i: number) => ((claims[i]?.current ?? 0) > (units[i] ?? 0) ? 1 : 0);
  const order = quotas
    .map((quota, i) => ({ i, remainder: subtract(quota, ratio(units[i] ?? 0)) }))
    .sort((a, b) => compareRatios(b.remainder, a.remainder) || keeps(b.i) - keeps(a.i));
  const left = total - units.reduce((sum, n) => sum + n, 0);
  const more = new Set(order.slice(0, left).map(({ i }) => i));
  return accept(
    quotas.map((quota, i) => ({ quota, units: (units[i] ?? 0) + (more.has(i) ? 1 : 0) })),
  );
}

export type RoundedShares = {
  readonly shares: readonly Share[];
  /** The sum of the shares minus the total: the document's "afronding", +1 for C06. */
  readonly roundingDifference: number;
};

/** Each quota rounded by itself, as the document does (C06, T01); the sum can differ. */
export function roundedShares(
  total: number,
  claims: readonly Claim[],
): Result<RoundedShares, ShareRefusal> {
  const quotas = quotasOf(total, claims);
  if (quotas === undefined) return refuse({ code: 'NO_WEIGHT' });
  const shares = quotas.map((quota) => ({ quota, units: round(quota) }));
  const sum = shares.reduce((units, share) => units + share.units, 0);
  return accept({ shares, roundingDifference: sum - total });
}

function quotasOf(total: number, claims: readonly Claim[]): readonly Ratio[] | undefined {
  const weights = claims.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return undefined;
  return claims.map(({ weight }) => ratio(BigInt(total) * BigInt(weight), weights));
}
