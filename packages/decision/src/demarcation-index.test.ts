import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OfficeId } from '@smc/domain';
import { indexOf } from './demarcation-index.ts';
import { postcode } from './testing/arbitraries.ts';
import { demarcationOf } from './testing/small-organisation.ts';

/** Ranges of four digits and of whole postcodes that overlap as they like. */
const range = fc.oneof(
  fc
    .tuple(fc.integer({ min: 3500, max: 3509 }), fc.nat(3))
    .map(([from, more]) => `${from}-${Math.min(from + more, 3509)}`),
  fc
    .tuple(postcode(3500, 3509), postcode(3500, 3509))
    .map(([a, b]) => (a < b ? `${a}-${b}` : `${b}-${a}`)),
);

test('the teams of a postcode are those whose range holds it, whole postcodes first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(range, { maxLength: 3 }), { maxLength: 4 }),
      fc.array(postcode(3500, 3509), { minLength: 1 }),
      (ranges, wanted) => {
        const teams = Object.fromEntries(ranges.map((postcodes, i) => [`t${i}`, { postcodes }]));
        const demarcation = demarcationOf({
          offices: { o: { bases: {}, postcodes: [], teams } },
        });
        const all = [...demarcation.teams.values()];
        const ends = all.flatMap((team) => team.postcodes.flatMap(({ from, to }) => [from, to]));
        const office = indexOf(demarcation).office('o' as OfficeId);
        for (const text of [...wanted, ...(ends as typeof wanted)]) {
          const holding = (precision: string) =>
            all.flatMap(({ id, postcodes }) =>
              postcodes
                .filter((r) => r.precision === precision && r.from <= text && text <= r.to)
                .map(() => id),
            );
          const found = office.byPostcode(text).map(({ team }) => team.id);
          expect(found).toEqual([...holding('pc6'), ...holding('pc4')]);
        }
      },
    ),
  );
});

test('the index of a demarcation is built once', () => {
  const demarcation = demarcationOf({ offices: {} });
  expect(indexOf(demarcation)).toBe(indexOf(demarcation));
});
