import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError, type Pc4, type Postcode } from '@smc/domain';
import type { Area } from './demarcation.ts';
import { buildPostcodeAreas } from './postcode-areas.ts';
import { postcode } from './testing/arbitraries.ts';

const AREAS = ['a', 'b', 'c'].map((name) => ({ office: name, arbeidsmarktregio: name }) as Area);
const pc4 = (text: string, area: number) => ({ pc4: text as Pc4, area });
const pc6 = (text: string, area: number) => ({ postcode: text as Postcode, area });

describe('the table of postcode areas', () => {
  const table = buildPostcodeAreas({
    areas: AREAS,
    pc4: [pc4('1000', 0), pc4('9999', 1)],
    pc6: [pc6('9999ZZ', 2), pc6('1000AA', 1), pc6('5000MM', 0)],
  });
  const officeOf = (text: string) => table.lookUp(text as Postcode)?.area.office;

  test('four digits give their area', () => {
    expect(table.lookUp('1000AB' as Postcode)).toEqual({ area: AREAS[0], exception: false });
    expect(officeOf('9999AA')).toBe('b');
  });

  test('an exception beats its four digits, and says that it is one', () => {
    expect(table.lookUp('1000AA' as Postcode)).toEqual({ area: AREAS[1], exception: true });
    expect(officeOf('9999ZZ')).toBe('c');
  });

  test('an exception needs no area for its four digits', () => {
    expect(officeOf('5000MM')).toBe('a');
    expect(officeOf('5000MN')).toBeUndefined();
  });

  test('a postcode of no area has none', () => {
    expect(officeOf('1001AA')).toBeUndefined();
  });
});

test('contradictions are refused, not resolved', () => {
  const build = (
    fours: readonly ReturnType<typeof pc4>[],
    sixes: readonly ReturnType<typeof pc6>[],
  ) => buildPostcodeAreas({ areas: AREAS, pc4: fours, pc6: sixes });
  expect(() => build([pc4('1000', 0), pc4('1000', 1)], [])).toThrow(BugError);
  expect(() => build([], [pc6('1000AA', 0), pc6('1000AA', 1)])).toThrow(BugError);
  expect(() => build([pc4('1000', 3)], [])).toThrow(BugError);
  expect(() => build([], [pc6('1000AA', 3)])).toThrow(BugError);
});

test('the table answers as a plain map would', () => {
  const area = fc.nat(2);
  fc.assert(
    fc.property(
      fc.dictionary(fc.integer({ min: 1000, max: 1009 }).map(String), area),
      fc.uniqueArray(fc.tuple(postcode(1000, 1009), area), { selector: ([text]) => text }),
      postcode(1000, 1009),
      (fours, sixes, wanted) => {
        const table = buildPostcodeAreas({
          areas: AREAS,
          pc4: Object.entries(fours).map(([text, at]) => pc4(text, at)),
          pc6: sixes.map(([text, at]) => pc6(text, at)),
        });
        const exact = [wanted, ...sixes.map(([text]) => text)];
        for (const text of exact) {
          const expected = new Map<string, number>(sixes).get(text) ?? fours[text.slice(0, 4)];
          const found = table.lookUp(text)?.area;
          expect(found).toEqual(expected === undefined ? undefined : AREAS[expected]);
        }
      },
    ),
  );
});

test('460,000 exceptions are built without anyone waiting long', () => {
  function* all() {
    for (let n = 0; n < 460_000; n++) {
      const letters = String.fromCharCode(65 + (Math.floor(n / 26) % 26), 65 + (n % 26));
      yield pc6(`${1000 + Math.floor(n / 676)}${letters}`, n % 3);
    }
  }
  const begin = performance.now();
  const table = buildPostcodeAreas({ areas: AREAS, pc4: [], pc6: all() });
  expect(performance.now() - begin).toBeLessThan(10_000);
  expect(table.lookUp('1000AB' as Postcode)?.area).toEqual(AREAS[1]);
});
