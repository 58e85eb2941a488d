import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  goalsOf,
  latencyOf,
  paceFlaw,
  percentile,
  perMillion,
  ratio,
  type Pace,
} from './figures.ts';

const upTo = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

test('a percentile is the smallest measured value that enough of the others do not exceed', () => {
  expect(percentile(upTo(100), 0.5)).toBe(50);
  expect(percentile(upTo(100), 0.99)).toBe(99);
  expect(percentile(upTo(100), 0.999)).toBe(100);
  expect(percentile(upTo(1_000), 0.999)).toBe(999);
  expect(percentile([7], 0.01)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test('at least the asked share of the values is at or below a percentile', () => {
  const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 200 });
  const shares = fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000);
  fc.assert(
    fc.property(values, shares, (measured, share) => {
      const sorted = Float64Array.from(measured).toSorted();
      const value = percentile(sorted, share);
      const below = sorted.filter((other) => other <= value).length;
      const strictlyBelow = sorted.filter((other) => other < value).length;
      expect(below).toBeGreaterThanOrEqual(share * sorted.length - 1e-6);
      expect(strictlyBelow).toBeLessThan(share * sorted.length);
    }),
  );
});

test('latencies are summarised whatever their order', () => {
  const { count, p50, p99, p999, max } = latencyOf(upTo(10_000).toReversed());
  expect({ count, p50, p99, p999, max }).toEqual({
    count: 10_000,
    p50: 5_000,
    p99: 9_900,
    p999: 9_990,
    max: 10_000,
  });
});

test('CPU is counted per million cases', () => {
  expect(perMillion(2, 200_000)).toBe(10);
});

test('a goal is a ratio of two measurements, and unknown while one of them is missing', () => {
  const goals = goalsOf({
    ours: { cpuPerMillion: 10, p99Ms: 20 },
    good: { cpuPerMillion: 35, p99Ms: 240 },
    plain: { cpuPerMillion: undefined, p99Ms: undefined },
  });
  expect(goals.map((goal) => goal.ratio)).toEqual([undefined, 3.5, 12]);
  expect(goals.map(({ wanted }) => wanted)).toEqual([25, 3, 3]);
  expect(ratio(1, 0)).toBeUndefined();
});

const pace = (achievedPerSecond: number, p99: number): Pace => ({
  wantedPerSecond: 1_000,
  achievedPerSecond,
  lateness: { count: 1, p50: 0, p99, p999: p99, max: p99 },
});

test('an open loop that was sent too slowly or too late proves nothing, and says why', () => {
  expect(paceFlaw(pace(999.9, 3))).toBeUndefined();
  expect(paceFlaw(pace(994, 3))).toContain('99.4 %');
  expect(paceFlaw(pace(1_000, 21))).toContain('21 ms late');
});
