import { expect, test } from 'vitest';
import type { Reason } from '@smc/domain';
import { explain, HANDOVER_WORDS, PARKED_WORDS, RULE_WORDS } from './explain.ts';
import { rulebookOf } from './rulebook.ts';
import { Follower } from './testing/follow.ts';
import { caseRegistered } from './testing/intake-events.ts';
import { demarcationOf, SMALL_ORGANISATION } from './testing/small-organisation.ts';

function explanationOf(about: Parameters<typeof caseRegistered>[0]): readonly Reason[] {
  const client = new Follower(rulebookOf([demarcationOf(SMALL_ORGANISATION)]));
  client.take(caseRegistered(about));
  const [event] = client.events;
  return event !== undefined && 'explanation' in event ? event.explanation : [];
}

test('an explanation tells in order what was looked at and what decided', () => {
  const reasons = explanationOf({ caseId: 'a', on: '2026-05-01', address: '3511 AC', law: 'PW' });
  expect(explain(reasons, 'en')).toEqual([
    'Looked at before and not applicable: Participatiewet, special client group, running journey, exclusion from the distribution.',
    'The postcode belongs to office dom.',
    'Since 2020-01-01 office dom has divided its clients by postcode.',
    'Team dom-2 does not come into question: it does not handle this law: PW.',
    'Team dom-1 serves postcode area 3510 to 3519.',
  ]);
  expect(explain(reasons, 'nl')).toEqual([
    'Eerst bekeken en niet van toepassing: Participatiewet, bijzondere cliëntgroep, lopende cliëntreis, uitzondering op de verdeling.',
    'De postcode hoort bij kantoor dom.',
    'Kantoor dom verdeelt sinds 2020-01-01 op postcode.',
    'Team dom-2 komt niet in aanmerking: het behandelt deze wet niet: PW.',
    'Team dom-1 helpt postcodegebied 3510 tot en met 3519.',
  ]);
});

test('a parked case says what it waits for', () => {
  const reasons = explanationOf({ caseId: 'a', on: '2026-05-01', address: 'secret' });
  expect(explain(reasons, 'en').at(-1)).toBe('The case waits for a person: the address is secret.');
  expect(explain(reasons, 'nl').at(-1)).toBe(
    'De zaak wacht op een medewerker: het adres is geheim.',
  );
});

test('a range of whole postcodes is explained without a whole postcode', () => {
  const reasons = explanationOf({ caseId: 'a', on: '2026-05-01', address: '3511 AB' });
  const text = explain(reasons, 'en').join(' ');
  expect(text).toContain('Team dom-2 serves single postcodes within 3511 to 3511.');
  expect(text).not.toContain('3511AB');
});

test('a parameter that a newer writer left out shows as a question mark', () => {
  expect(explain([{ code: 'JOURNEY_KEEPS_TEAM', parameters: [] }], 'en')).toEqual([
    'The journey is still running: team ? goes on helping the client.',
  ]);
});

test('a word that a newer writer added shows as it is', () => {
  expect(explain([{ code: 'PARKED', parameters: ['SOMETHING_NEW'] }], 'nl')).toEqual([
    'De zaak wacht op een medewerker: SOMETHING_NEW.',
  ]);
});

test('every word differs between the two languages, except where they share it', () => {
  const words = [RULE_WORDS, PARKED_WORDS, HANDOVER_WORDS].flatMap((list) => Object.entries(list));
  const same = words.filter(([, { nl, en }]) => nl === en).map(([key]) => key);
  expect(same).toEqual(['participatiewet', 'postcode']);
});
