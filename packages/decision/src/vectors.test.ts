import { describe, expect, test } from 'vitest';
import type { OfficeId } from '@smc/domain';
import { readVectors } from '../../../test/vectors/read-vectors.ts';
import type { Settings } from './demarcation.ts';
import { rulebookOf } from './rulebook.ts';
import { Follower } from './testing/follow.ts';
import { FULL_ORGANISATION } from './testing/full-organisation.ts';
import { caseRegistered } from './testing/intake-events.ts';
import { demarcationOf, SMALL_ORGANISATION } from './testing/small-organisation.ts';
import { eventOf } from './testing/story.ts';

const RULEBOOK = rulebookOf([demarcationOf(SMALL_ORGANISATION)]);

describe.each(['postcode-basis.tsv', 'bsn-basis.tsv', 'switch-date.tsv'])('%s', (file) => {
  test.each(readVectors(file))('line $line: $behaviour', (row) => {
    const told = new Follower(RULEBOOK).tell(registered('a', String(row['received']), row));
    expect(told).toBe(row['result']);
  });
});

describe('routes.tsv', () => {
  test.each(readVectors('routes.tsv'))('line $line: $behaviour', (row) => {
    const route: Settings['routes']['none'] =
      row['route'] === 'park'
        ? { kind: 'park' }
        : { kind: 'office', office: row['route'] as OfficeId };
    const routes = { postbus: route, foreign: route, secret: route, none: route };
    const rulebook = rulebookOf([demarcationOf({ ...SMALL_ORGANISATION, settings: { routes } })]);
    expect(new Follower(rulebook).tell(registered('a', '2026-05-01', row))).toBe(row['result']);
  });
});

const FULL = rulebookOf([demarcationOf(FULL_ORGANISATION)]);

describe.each([
  ['journey.tsv', RULEBOOK],
  ['participatiewet.tsv', FULL],
  ['special-groups.tsv', FULL],
  ['exclusions.tsv', FULL],
  ['lines.tsv', FULL],
  ['shares.tsv', FULL],
  ['workload.tsv', FULL],
])('%s', (file, rulebook) => {
  const stories = new Map<string, Record<string, string>[]>();
  let current = '';
  for (const row of readVectors(file)) {
    current = row['story'] || current;
    stories.set(current, [...(stories.get(current) ?? []), row]);
  }

  test.each([...stories])('%s', (_, steps) => {
    const client = new Follower(rulebook);
    for (const step of steps) {
      const what = String(step['what happens']);
      const told =
        what === 'answers'
          ? client.tellDelivered()
          : client.tell(eventOf(what, String(step['day'])));
      expect(told, `line ${step['line']}`).toBe(step['result']);
    }
  });
});

describe('precedence.tsv', () => {
  test.each(readVectors('precedence.tsv'))('line $line: $behaviour', (row) => {
    const precedence = String(row['precedence']).split(' > ') as Settings['precedence'];
    const notes = { ...FULL_ORGANISATION, settings: { precedence } };
    const client = new Follower(rulebookOf([demarcationOf(notes)]));
    const told = String(row['what happens'])
      .split('; ')
      .map((what, i) => client.tell(eventOf(what, `2026-05-0${i + 1}`)));
    expect(told.join('; ')).toBe(row['result']);
  });
});

test('T24: two offices switch on different days, and each client goes by its own office', () => {
  const rows = readVectors('switch-date.tsv').filter((row) => row['received'] === '2026-07-01');
  const rules = rows.map((row) => {
    const client = new Follower(RULEBOOK);
    client.take(registered('a', '2026-07-01', row));
    return client.events;
  });
  expect(rules).toMatchObject([
    [{ type: 'CaseAssigned', office: 'hanze', rule: 'postcode', effectiveOn: '2026-07-01' }],
    [{ type: 'CaseAssigned', office: 'rijn', rule: 'bsn', effectiveOn: '2026-07-01' }],
  ]);
});

function registered(caseId: string, on: string, row: Readonly<Record<string, string>>) {
  return caseRegistered({
    caseId,
    on,
    address: String(row['address']),
    bsn: row['bsn'] ?? '10',
    law: row['law'] || 'WIA',
    product: row['product'] || 'wia-aanvraag',
  });
}
