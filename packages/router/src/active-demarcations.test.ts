import { expect, test } from 'vitest';
import type { ActiveDemarcation, ContentHash, DemarcationVersion, LocalDate } from '@smc/domain';
import { demarcationOf, SMALL_ORGANISATION } from '@smc/decision/testing/small-organisation';
import { ActiveDemarcations } from './active-demarcations.ts';

function version(name: string, effectiveFrom: string) {
  const demarcation = demarcationOf({ ...SMALL_ORGANISATION, version: name, effectiveFrom });
  const active: ActiveDemarcation = {
    version: name as DemarcationVersion,
    contentHash: demarcation.contentHash as ContentHash,
    effectiveFrom: effectiveFrom as LocalDate,
  };
  return [active, demarcation] as const;
}

const on = (active: ActiveDemarcations, date: string) =>
  active.demarcationOn(date as LocalDate)?.version;

test('a version decides from its first day on, and the one before it until then', () => {
  const active = new ActiveDemarcations();
  active.activate(...version('spring', '2026-01-01'));
  active.activate(...version('summer', '2026-07-01'));

  expect(on(active, '2025-12-31')).toBeUndefined();
  expect(on(active, '2026-06-30')).toBe('spring');
  expect(on(active, '2026-07-01')).toBe('summer');
});

test('a version that is dated in the past takes over every later day', () => {
  const active = new ActiveDemarcations();
  active.activate(...version('spring', '2026-01-01'));
  active.activate(...version('summer', '2026-07-01'));
  active.activate(...version('corrected', '2026-03-01'));

  expect(on(active, '2026-02-28')).toBe('spring');
  expect(on(active, '2026-07-01')).toBe('corrected');
  expect(active.list.map(({ version: name }) => name)).toEqual(['spring', 'corrected']);
});

test('activating a version again changes nothing', () => {
  const active = new ActiveDemarcations();
  active.activate(...version('spring', '2026-01-01'));
  active.activate(...version('spring', '2026-01-01'));
  expect(active.list).toHaveLength(1);
});
