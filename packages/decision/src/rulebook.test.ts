import { expect, test } from 'vitest';
import type { LocalDate } from '@smc/domain';
import { emptyRulebook, rulebookOf } from './rulebook.ts';
import { demarcationOf } from './testing/small-organisation.ts';

const version = (name: string, effectiveFrom: string) =>
  demarcationOf({ version: name, effectiveFrom, offices: {} });
const on = (text: string) => text as LocalDate;

test('before anything is active no demarcation holds', () => {
  expect(emptyRulebook.demarcationOn(on('2026-01-01'))).toBeUndefined();
});

test('a demarcation holds from its first day on', () => {
  const rulebook = rulebookOf([version('a', '2026-01-01'), version('b', '2026-07-01')]);
  const holds = ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map(
    (day) => rulebook.demarcationOn(on(day))?.version,
  );
  expect(holds).toEqual([undefined, 'a', 'a', 'b']);
});

test('of two that hold, the one activated last decides, also when it begins earlier', () => {
  const rulebook = rulebookOf([version('b', '2026-07-01'), version('correction', '2026-06-01')]);
  expect(rulebook.demarcationOn(on('2026-08-01'))?.version).toBe('correction');
});
