import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, fromEpochDay, isLocalDate, toEpochDay, type LocalDate } from './local-date.ts';

const MS_PER_DAY = 86_400_000;
const date = (text: string) => text as LocalDate;
/** 1900 to 2199: the first century has no leap day in 1900, the last one none in 2100. */
const epochDay = fc.integer({ min: -25_567, max: 84_005 });

describe('days, compared with the calendar of the machine', () => {
  test('the same text for the same day, in both directions', () => {
    fc.assert(
      fc.property(epochDay, (n) => {
        const text = new Date(n * MS_PER_DAY).toISOString().slice(0, 10);
        expect(fromEpochDay(n)).toBe(text);
        expect(toEpochDay(date(text))).toBe(n);
        expect(isLocalDate(text)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('days compare as texts do', () => {
    fc.assert(
      fc.property(epochDay, epochDay, (a, b) => {
        expect(fromEpochDay(a) < fromEpochDay(b)).toBe(a < b);
      }),
    );
  });

  test('a number of months later is the same day, or the last of a shorter month', () => {
    fc.assert(
      fc.property(epochDay, fc.nat(60), (n, months) => {
        const from = new Date(n * MS_PER_DAY);
        const to = new Date(from);
        to.setUTCMonth(from.getUTCMonth() + months);
        // The machine's calendar runs over into the next month where that day does not exist.
        if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
        expect(addMonths(fromEpochDay(n), months)).toBe(to.toISOString().slice(0, 10));
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['2026-08-31', 6, '2027-02-28'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2026-11-24', 0, '2026-11-24'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-03-31', -1, '2026-02-28'],
])('%s and %i months is %s', (from, months, to) => {
  expect(addMonths(date(from), months)).toBe(to);
});

test.each([
  '2026-02-29',
  '2100-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '2026-01-00',
  '1899-12-31',
  '2026-1-1',
  '26-01-01',
  '2026-01-01T00:00',
  '2026-01-01\n',
  '',
  20260101,
  undefined,
])('%j is no day', (text) => {
  expect(isLocalDate(text)).toBe(false);
});

test('leap days are days', () => {
  expect(isLocalDate('2028-02-29')).toBe(true);
  expect(isLocalDate('2000-02-29')).toBe(true);
});
