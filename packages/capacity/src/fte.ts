import { multiply, ratio, type Ratio } from './ratio.ts';

/** The work that one product gives one team in a year. Norm times are data, dated and replaceable. */
export type Work = {
  readonly team: string;
  readonly product: string;
  /** Estimated cases a year. */
  readonly casesPerYear: number;
  /** Norm time of one case, in minutes (E20, D09). */
  readonly normMinutes: number;
};

export type FtePart = { readonly name: string; readonly fte: Ratio };

export type FteNeeded = {
  readonly total: Ratio;
  readonly perTeam: readonly FtePart[];
  readonly perProduct: readonly FtePart[];
};

/**
 * FTE = sum of (estimated cases x norm time) / minutes that one FTE has for cases in a year (E19).
 * Exact; names in the order in which they first appear. Asked of new work only, it is what that work
 * takes on top (D17).
 */
export function fteNeeded(work: readonly Work[], minutesPerFteYear: number): FteNeeded {
  return {
    total: ratio(minutesOf(work), minutesPerFteYear),
    perTeam: parts(work, ({ team }) => team, minutesPerFteYear),
    perProduct: parts(work, ({ product }) => product, minutesPerFteYear),
  };
}

/** E20: the same FTE when the norm times behind it are so many percent off. */
export const withNormTimesOff = (fte: Ratio, percent: number): Ratio =>
  multiply(fte, ratio(100 + percent, 100));

function parts(
  work: readonly Work[],
  nameOf: (one: Work) => string,
  minutesPerFteYear: number,
): readonly FtePart[] {
  return [...Map.groupBy(work, nameOf)].map(([name, some]) => ({
    name,
    fte: ratio(minutesOf(some), minutesPerFteYear),
  }));
}

const minutesOf = (work: readonly Work[]): bigint =>
  work.reduce((sum, one) => sum + BigInt(one.casesPerYear) * BigInt(one.normMinutes), 0n);
