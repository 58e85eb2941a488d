import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countsIn, judgeCaseload, minutesFor } from './band.ts';
import { fewestMovesIntoBand, type Holder } from './band-moves.ts';
import { checkTiling } from './classes.ts';
import { fteNeeded } from './fte.ts';
import { parseHours, hoursText } from './hours.ts';
import { countMoves, pairMoves } from './moves.ts';
import { netMinutes } from './net-hours.ts';
import { comparePeak } from './peak.ts';
import { ceil, compareRatios, floor, ratio, round, subtract } from './ratio.ts';
import { sharesByHours, type Claim } from './shares.ts';
import { waterFill } from './water-fill.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);

/** All lists of so many whole numbers from 0 that sum to a total. */
function* splits(total: number, length: number): Generator<readonly number[]> {
  if (length === 0) {
    if (total === 0) yield [];
    return;
  }
  for (let first = 0; first <= total; first++) {
    for (const rest of splits(total - first, length - 1)) yield [first, ...rest];
  }
}

describe('shares', () => {
  const claims = fc.array(fc.record({ weight: fc.nat(10_000), current: fc.nat(500) }), {
    minLength: 1,
    maxLength: 12,
  });

  test('always sum, and none is a full unit away from its quota', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), claims, (total, some) => {
        const shares = sharesByHours(total, some);
        expect(shares.ok).toBe(some.some(({ weight }) => weight > 0));
        if (!shares.ok) return;
        expect(sum(shares.value.map(({ units }) => units))).toBe(total);
        for (const { quota, units } of shares.value) {
          const off = subtract(ratio(units), quota);
          expect(compareRatios(off, ratio(1)), 'above').toBeLessThan(0);
          expect(compareRatios(off, ratio(-1)), 'below').toBeGreaterThan(0);
        }
      }),
    );
  });

  test('no other choice among equal remainders moves fewer clients', () => {
    const small = fc.record({ weight: fc.constantFrom(0, 24, 36), current: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(small, { minLength: 1, maxLength: 5 }), (some) => {
        const current = some.map((claim) => claim.current);
        const total = sum(current);
        const shares = sharesByHours(total, some);
        if (!shares.ok) return;
        const chosen = shares.value.map(({ units }) => units);
        const fewest = Math.min(
          ...[...splits(total, some.length)]
            .filter((units) => isLargestRemainder(units, some))
            .map((units) => countMoves(current, units)),
        );
        expect(countMoves(current, chosen)).toBe(fewest);
      }),
    );
  });

  /** By definition: whoever is rounded up has no smaller remainder than whoever is not. */
  function isLargestRemainder(units: readonly number[], some: readonly Claim[]): boolean {
    const weights = sum(some.map(({ weight }) => weight));
    const parts = some.map(({ weight }, i) => {
      const whole = Math.floor((sum(units) * weight) / weights);
      return { up: (units[i] ?? 0) - whole, remainder: (sum(units) * weight) % weights };
    });
    const ups = parts.filter(({ up }) => up === 1).map(({ remainder }) => remainder);
    const downs = parts.filter(({ up }) => up === 0).map(({ remainder }) => remainder);
    return ups.length + downs.length === parts.length && Math.min(...ups) >= Math.max(...downs, 0);
  }
});

describe('moves', () => {
  test('the pairs bring everybody to the target with as many moves as were counted', () => {
    const two = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(two, (pairs) => {
        const current = pairs.map(([n]) => n);
        const target = pairs.map(([, n]) => n);
        const difference = sum(current) - sum(target);
        if (difference > 0) target.push(difference);
        if (difference > 0) current.push(0);
        if (difference < 0) current.push(-difference);
        if (difference < 0) target.push(0);
        const moves = pairMoves(current, target);
        const after = [...current];
        for (const { from, to, clients } of moves) {
          expect(clients).toBeGreaterThan(0);
          after[from] = (after[from] ?? 0) - clients;
          after[to] = (after[to] ?? 0) + clients;
        }
        expect(after).toEqual(target);
        expect(sum(moves.map(({ clients }) => clients))).toBe(countMoves(current, target));
        expect(moves.length).toBeLessThan(Math.max(1, current.length));
      }),
    );
  });

  test('into a band: no reachable division takes fewer, and a refusal is right', () => {
    const holder = fc
      .record({ clients: fc.nat(5), minutes: fc.integer({ min: 1, max: 9 }), a: fc.nat(6) })
      .chain(({ clients, minutes, a }) =>
        fc.nat(6).map((b): Holder => ({ clients, minutes, band: { min: a, max: b } })),
      );
    fc.assert(
      fc.property(fc.array(holder, { minLength: 1, maxLength: 4 }), (holders) => {
        const current = holders.map(({ clients }) => clients);
        const inside = [...splits(sum(current), holders.length)].filter((units) =>
          holders.every(({ band }, i) => {
            const n = units[i] ?? 0;
            return n >= band.min && n <= band.max;
          }),
        );
        const result = fewestMovesIntoBand(holders);
        expect(result.ok).toBe(inside.length > 0);
        if (!result.ok) return;
        expect(inside).toContainEqual(result.value.target);
        const fewest = Math.min(...inside.map((units) => countMoves(current, units)));
        expect(result.value.moves).toBe(fewest);
        expect(countMoves(current, result.value.target)).toBe(fewest);
      }),
      { numRuns: 500 },
    );
  });
});

test('of equal surpluses and shortages the first in the list come together first', () => {
  expect(pairMoves([10, 10, 0, 0], [5, 5, 5, 5])).toEqual([
    { from: 0, to: 2, clients: 5 },
    { from: 1, to: 3, clients: 5 },
  ]);
});

test('moves that would make or lose clients are a defect of the caller', () => {
  expect(() => countMoves([1, 2], [1, 3])).toThrow('neither make clients nor lose them');
});

test('new cases without anybody to take them go nowhere', () => {
  expect(waterFill([], 5)).toEqual([]);
});

test('water filling: whoever took a case stood no higher than anybody else does now', () => {
  const vessels = fc.array(
    fc.record({ cases: fc.nat(60), minutes: fc.integer({ min: 1, max: 2400 }) }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(vessels, fc.nat(200), (some, newCases) => {
      const counts = waterFill(some, newCases);
      expect(sum(counts)).toBe(sum(some.map(({ cases }) => cases)) + newCases);
      for (const [i, one] of some.entries()) {
        const took = counts[i] ?? 0;
        if (took === one.cases) continue;
        expect(took).toBeGreaterThan(one.cases);
        for (const [j, other] of some.entries()) {
          const before = (took - 1) * other.minutes;
          expect(before).toBeLessThanOrEqual((counts[j] ?? 0) * one.minutes);
        }
      }
    }),
  );
});

describe('bands', () => {
  const band = fc
    .tuple(fc.nat(5000), fc.nat(5000))
    .map(([a, b]) => ({ min: ratio(Math.min(a, b), 1000), max: ratio(Math.max(a, b), 1000) }));

  test('a whole caseload is within exactly when it is one of the counts in the band', () => {
    fc.assert(
      fc.property(band, fc.nat(2400), fc.nat(300), (some, minutes, clients) => {
        const loadThousandths = clients * 1000;
        const caseload = {
          contractMinutes: minutes,
          netMinutes: minutes,
          loadThousandths,
          reasons: [],
        };
        const { min, max } = countsIn(some, minutes);
        const { kind, by } = judgeCaseload(caseload, some);
        expect(kind).toBe(clients > max ? 'over' : clients < min ? 'under' : 'within');
        expect(by).toBe(Math.max(0, clients - max, min - clients));
      }),
    );
  });

  test('from a caseload to hours and back: it fits in the least hours and fills the most', () => {
    const positive = band.filter(({ min }) => min.numerator > 0n);
    fc.assert(
      fc.property(positive, fc.nat(5000), (some, clients) => {
        const { least, most } = minutesFor(some, clients);
        expect(countsIn(some, ceil(least)).max).toBeGreaterThanOrEqual(clients);
        expect(countsIn(some, floor(most)).min).toBeLessThanOrEqual(clients);
      }),
    );
  });

  test('more side tasks never turn a caseload from over to within', () => {
    fc.assert(
      fc.property(band, fc.nat(2400), fc.nat(600), fc.nat(300_000), (some, net, tasks, load) => {
        const judged = (netMinutes: number) =>
          judgeCaseload(
            { contractMinutes: net, netMinutes, loadThousandths: load, reasons: [] },
            some,
          ).kind;
        if (judged(net) === 'over') expect(judged(Math.max(0, net - tasks))).toBe('over');
      }),
    );
  });
});

test('merged lines never let more work wait than split ones, in no week', () => {
  const line = fc.record({
    name: fc.constant('line'),
    minutes: fc.nat(5000),
    normMinutes: fc.nat(300),
    backlogCases: fc.nat(20),
    inflowCases: fc.array(fc.nat(40), { maxLength: 20 }),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const { merged, splitTotal, mergedPeakMinutes, splitPeakMinutes } = comparePeak(lines);
      for (const [week, minutes] of merged.minutes.entries()) {
        expect(minutes).toBeLessThanOrEqual(splitTotal.minutes[week] ?? 0);
      }
      expect(mergedPeakMinutes).toBeLessThanOrEqual(splitPeakMinutes);
    }),
  );
});

test('merged lines have the lower peak as soon as one has hours left while the other has not', () => {
  const { merged, splitTotal, splitPeakMinutes, mergedPeakMinutes } = comparePeak([
    { name: 'vangnet', minutes: 600, normMinutes: 60, backlogCases: 0, inflowCases: [10, 25, 10] },
    { name: 'werkgever', minutes: 600, normMinutes: 60, backlogCases: 0, inflowCases: [10, 4, 8] },
  ]);
  expect([splitPeakMinutes, mergedPeakMinutes]).toEqual([900, 540]);
  expect(merged.minutes).toEqual([0, 540, 420]);
  expect(splitTotal.minutes).toEqual([0, 900, 900]);
  expect(comparePeak([])).toMatchObject({ splitPeakMinutes: 0, mergedPeakMinutes: 0 });
});

test('every age is in exactly one class, in a gap or in an overlap', () => {
  const age = fc.integer({ min: 15, max: 80 });
  const ages = fc
    .tuple(age, fc.option(age, { nil: undefined }))
    .map(([a, b]) => ({ from: Math.min(a, b ?? a), to: b && Math.max(a, b) }));
  const within = ({ from, to }: { from: number; to: number | undefined }, n: number) =>
    n >= from && (to === undefined || n <= to);
  fc.assert(
    fc.property(fc.array(ages, { maxLength: 5 }), fc.constantFrom(undefined, 66), (some, to) => {
      const whole = { from: 18, to };
      const classes = some.map((one, i) => ({
        ...one,
        name: String(i),
        clients: undefined,
        reason: undefined,
      }));
      const { gaps, overlaps } = checkTiling(whole, classes, []);
      for (let n = 18; n <= (to ?? 90); n++) {
        const holding = classes.filter((one) => within(one, n)).length;
        expect(gaps.filter((gap) => within(gap, n)).length, `${n} in a gap`).toBe(
          holding === 0 ? 1 : 0,
        );
        expect(
          overlaps.some((overlap) => within(overlap, n)),
          `${n} twice`,
        ).toBe(holding > 1);
      }
    }),
  );
});

test('the FTE of the teams, and of the products, are the FTE of all', () => {
  const work = fc.array(
    fc.record({
      team: fc.constantFrom('a', 'b'),
      product: fc.constantFrom('x', 'y', 'z'),
      casesPerYear: fc.nat(100_000),
      normMinutes: fc.nat(3000),
    }),
  );
  fc.assert(
    fc.property(work, fc.integer({ min: 1, max: 100_000 }), (some, minutes) => {
      const { total, perTeam, perProduct } = fteNeeded(some, minutes);
      for (const parts of [perTeam, perProduct]) {
        const left = parts.reduce((rest, { fte }) => subtract(rest, fte), total);
        expect(left.numerator).toBe(0n);
      }
    }),
  );
});

test('net, exempt and side tasks are the contract again', () => {
  fc.assert(
    fc.property(fc.nat(2400), fc.nat(5), fc.array(fc.nat(600)), (minutes, days, tasks) => {
      const sideTasks = tasks.map((n) => ({ name: 'task', minutes: n }));
      const net = netMinutes({ minutes, sideTasks, exempt: { days, of: 5 } });
      if (!net.ok) expect(net.refusal.minutes).toBeGreaterThan(0);
      if (!net.ok) return;
      expect(net.value.net).toBeGreaterThanOrEqual(0);
      expect(net.value.net + net.value.exempt + net.value.sideTasks).toBe(minutes);
    }),
  );
});

test('hours come back from their text, as far as hundredths can say them', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (steps) => {
      const minutes = steps * 3;
      expect(parseHours(hoursText(minutes))).toBe(minutes);
    }),
  );
  expect(parseHours('33.33')).toBeUndefined();
  expect(parseHours('28:48')).toBe(parseHours('28.8'));
  expect(['0:00', '9:10', '10:05'].map(parseHours)).toEqual([0, 550, 605]);
  expect(['9:60', '9:1', '-1', '1,5', ''].map(parseHours)).toEqual(Array(5).fill(undefined));
});

test('rounding agrees with Math wherever floating point is exact', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat(6), (n, power) => {
      const value = n / 2 ** power;
      const exact = ratio(n, 2 ** power);
      expect([floor(exact), ceil(exact), round(exact)]).toEqual([
        Math.floor(value),
        Math.ceil(value) + 0,
        Math.floor(value + 0.5),
      ]);
    }),
  );
});
