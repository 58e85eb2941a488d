/** What is made of the measurements: pure, so that the arithmetic of the benchmark is tested. */

/** Milliseconds. `count` is how many cases they were taken from. */
export type Latency = {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
};

/**
 * The nearest rank: the smallest measured value that at least this share of all values does not
 * exceed. `sorted` ascends. NaN when there is none.
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  // Without the slack 0.99 * 100 is more than 99, and a value would be skipped.
  const rank = Math.ceil(share * sorted.length - 1e-9);
  return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)] ?? Number.NaN;
}

export function latencyOf(measured: Float64Array): Latency {
  const sorted = measured.toSorted();
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    p999: percentile(sorted, 0.999),
    max: percentile(sorted, 1),
  };
}

export function perMillion(seconds: number, cases: number): number {
  return (seconds / cases) * 1_000_000;
}

/** What a goal is judged by, of one worker. Undefined: not measured in this run. */
export type Judged = {
  readonly cpuPerMillion: number | undefined;
  readonly p99Ms: number | undefined;
};

export type Goal = {
  readonly name: string;
  /** How many times ahead we want to be at least. */
  readonly wanted: number;
  /** How many times ahead we are; undefined when this run can't tell. */
  readonly ratio: number | undefined;
};

/** How far ahead of its peers the router has to be (the ratios do not depend on the machine). */
const WANTED = { plainCpu: 25, goodCpu: 3, goodP99: 3 };

export function goalsOf(of: {
  readonly ours: Judged;
  readonly good: Judged;
  readonly plain: Judged;
}): readonly Goal[] {
  const { ours, good, plain } = of;
  return [
    {
      name: 'CPU per case, plain / ours',
      wanted: WANTED.plainCpu,
      ratio: ratio(plain.cpuPerMillion, ours.cpuPerMillion),
    },
    {
      name: 'CPU per case, good / ours',
      wanted: WANTED.goodCpu,
      ratio: ratio(good.cpuPerMillion, ours.cpuPerMillion),
    },
    {
      name: 'p99 in open loop, good / ours',
      wanted: WANTED.goodP99,
      ratio: ratio(good.p99Ms, ours.p99Ms),
    },
  ];
}

export function ratio(peer: number | undefined, ours: number | undefined): number | undefined {
  return peer === undefined || ours === undefined || !(ours > 0) ? undefined : peer / ours;
}

/** How the generator of the open loop did. */
export type Pace = {
  readonly wantedPerSecond: number;
  readonly achievedPerSecond: number;
  /** From the intended moment to the call that sends, milliseconds. */
  readonly lateness: Latency;
};

/** Below this share of the wanted rate another experiment was done than the one asked for. */
const ACHIEVED_SHARE_MIN = 0.995;
/** Latency counts from the intended moment: above this much of it is the generator's own. */
const LATENESS_P99_MS_MAX = 20;

/** Why an open loop proves nothing; undefined when it is valid. */
export function paceFlaw(pace: Pace): string | undefined {
  const share = pace.achievedPerSecond / pace.wantedPerSecond;
  if (share < ACHIEVED_SHARE_MIN) {
    return `the generator reached ${(share * 100).toFixed(1)} % of the rate`;
  }
  const { p99 } = pace.lateness;
  if (p99 <= LATENESS_P99_MS_MAX) return undefined;
  return `the generator was ${p99.toFixed(0)} ms late at p99`;
}
