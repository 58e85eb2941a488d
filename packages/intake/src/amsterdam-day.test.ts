import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amsterdamDay } from './amsterdam-day.ts';

test('the day changes at midnight in the Netherlands, in winter and in summer', () => {
  expect(amsterdamDay(Date.parse('2026-11-23T22:59:59.999Z'))).toBe('2026-11-23');
  expect(amsterdamDay(Date.parse('2026-11-23T23:00:00Z'))).toBe('2026-11-24');
  expect(amsterdamDay(Date.parse('2026-07-01T21:59:59.999Z'))).toBe('2026-07-01');
  expect(amsterdamDay(Date.parse('2026-07-01T22:00:00Z'))).toBe('2026-07-02');
});

test('any moment has the day that the calendar of Amsterdam gives it', () => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' });
  const min = Date.parse('1990-01-01T00:00:00Z');
  const max = Date.parse('2100-01-01T00:00:00Z');

  fc.assert(
    fc.property(fc.integer({ min, max }), (atMs) => {
      expect(amsterdamDay(atMs)).toBe(format.format(atMs));
    }),
  );
});
