/**
 * An exact fraction of two whole numbers, such as 469 clients per 9,600 minutes. Comparing never
 * rounds; only `decimals` does, when a person is shown a figure. The denominator is above 0.
 */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** Whole numbers up to 2^53, which is what a count or a number of minutes is. */
export function ratio(numerator: number | bigint, denominator: number | bigint = 1n): Ratio {
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

/** Below 0 when `a` is the lower, 0 when they are the same, above 0 when `a` is the higher. */
export function compareRatios(a: Ratio, b: Ratio): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const multiply = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
});

/** `a` divided by a `b` above 0. */
export const divide = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.denominator,
  denominator: a.denominator * b.numerator,
});

export const add = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

export const subtract = (a: Ratio, b: Ratio): Ratio =>
  add(a, { numerator: -b.numerator, denominator: b.denominator });

/** The largest whole number that is not above it. */
export function floor({ numerator, denominator }: Ratio): number {
  const down = numerator / denominator;
  return Number(numerator % denominator < 0n ? down - 1n : down);
}

/** The smallest whole number that is not below it. Subtracted, because `-0` is no count. */
export const ceil = ({ numerator, denominator }: Ratio): number =>
  0 - floor({ numerator: -numerator, denominator });

/** The nearest whole number; a half goes up. */
export const round = (value: Ratio): number => floor(add(value, ratio(1, 2)));

/** For people: `decimals(ratio(469, 160), 2)` is `2.93`, a half rounded up. */
export function decimals(value: Ratio, places: number): string {
  const scaled = BigInt(round(multiply(value, ratio(10n ** BigInt(places)))));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  const sign = scaled < 0n ? '-' : '';
  if (places === 0) return sign + digits;
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
