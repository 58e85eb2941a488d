/**
 * How evenly something is spread: Shannon's entropy of the shares, divided by the most it can be,
 * `-sum(p ln p) / ln kinds`. 0: all is of one kind. 1: all kinds have the same share. Undefined where
 * there are not two kinds to be spread over, or there is nothing to spread.
 */
export function evenness(counts: Iterable<number>, kinds: number): number | undefined {
  const present = [...counts].filter((count) => count > 0);
  const total = present.reduce((sum, count) => sum + count, 0);
  if (kinds < 2 || total === 0) return undefined;
  const entropy = present.reduce(
    (sum, count) => sum - (count / total) * Math.log(count / total),
    0,
  );
  return Math.min(1, Math.max(0, entropy / Math.log(kinds)));
}

/** The mean of values that count as often as they weigh; undefined when nothing weighs. */
export class WeightedMean {
  #sum = 0;
  #weight = 0;

  add(value: number, weight: number): void {
    this.#sum += value * weight;
    this.#weight += weight;
  }

  get value(): number | undefined {
    return this.#weight === 0 ? undefined : this.#sum / this.#weight;
  }
}
