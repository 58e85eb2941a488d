import { expect, test } from 'vitest';
import type { LoadEntry, OfficeId, TeamId } from '@smc/domain';
import { OfficeGauge } from './office-gauge.ts';

const RIJN = 'rijn' as OfficeId;

function entry(team: string, count: number, activity: LoadEntry['activity'] = 'active'): LoadEntry {
  return { team: team as TeamId, product: 'wia-aanvraag', category: undefined, activity, count };
}

test('it shows what each team has in hand, and forgets teams and offices that are gone', () => {
  const shown = new Map<string, number>();
  const gauge = new OfficeGauge({
    set: ({ office, team }, value) => void shown.set(`${office}/${team}`, value),
    remove: ({ office, team }) => void shown.delete(`${office}/${team}`),
  });

  gauge.show(0, { office: RIJN, entries: [entry('a', 2), entry('a', 3, 'idle'), entry('b', 1)] });
  expect(Object.fromEntries(shown)).toEqual({ 'rijn/a': 5, 'rijn/b': 1 });

  gauge.show(0, { office: RIJN, entries: [entry('a', 4)] });
  gauge.show(1, { office: 'hanze' as OfficeId, entries: [entry('c', 1)] });
  expect(Object.fromEntries(shown)).toEqual({ 'rijn/a': 4, 'hanze/c': 1 });

  gauge.forget(0);
  expect(Object.fromEntries(shown)).toEqual({ 'hanze/c': 1 });
});
