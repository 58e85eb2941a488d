/**
 * Durations as counts per bucket, so that they add up in any store and give quantiles. Bucket n
 * holds what lasted less than 2^(n/4) ms and not less than the bucket before it: 19 % wide each,
 * from one millisecond to fifty days in 128 buckets.
 */
const BUCKETS_PER_DOUBLING = 4;
const BUCKET_MAX = 127;

/** The bucket of a duration; clocks that disagree give negative ones, which count as 0. */
export function bucketOf(durationMs: number): number {
  if (durationMs < 1) return 0;
  const bucket = Math.floor(Math.log2(durationMs) * BUCKETS_PER_DOUBLING) + 1;
  return Math.min(bucket, BUCKET_MAX);
}

/** The upper end of a bucket, milliseconds. */
export function upperMs(bucket: number): number {
  return 2 ** (bucket / BUCKETS_PER_DOUBLING);
}

/**
 * The duration that a share `q` of all did not exceed, milliseconds, at most 19 % too high;
 * undefined when nothing was counted.
 */
export function quantileMs(counts: ReadonlyMap<string, number>, q: number): number | undefined {
  const buckets = [...counts].map(([bucket, count]) => [Number(bucket), count] as const);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [bucket, count] of buckets.toSorted(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= q * total) return upperMs(bucket);
  }
  return undefined;
}
