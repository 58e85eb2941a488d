/** What the two lines of decision 23-245 hold, as an organisation would write it down. */
import { describe, expect, test } from 'vitest';
import { rulebookOf } from './rulebook.ts';
import { Follower } from './testing/follow.ts';
import { caseRegistered } from './testing/intake-events.ts';
import { demarcationOf } from './testing/small-organisation.ts';

const VANGNET = ['zw-beoordeling', 'wia-beoordeling', 'monitoring-80-100', 'herbeoordeling'];
const WERKGEVER = [
  'wia-aanvraag',
  'monitoring-80-100',
  'herbeoordeling',
  'deskundigenoordeel',
  'riv-beoordeling',
];

const RULEBOOK = rulebookOf([
  demarcationOf({
    rules: {
      lines: ['ZW', 'WIA'].flatMap((law) => [
        { law, employment: 'tijdelijk-dienstverband', line: 'vangnet' },
        { law, employment: 'vast-dienstverband', line: 'werkgever' },
      ]),
    },
    offices: {
      dom: {
        bases: { '2020-01-01': 'postcode' },
        postcodes: ['3500-3599'],
        teams: {
          v: { postcodes: ['3500-3599'], lines: ['vangnet'], products: VANGNET },
          w: { postcodes: ['3500-3599'], lines: ['werkgever'], products: WERKGEVER },
        },
      },
    },
  }),
]);

function teamFor(product: string, employment: string): string | undefined {
  const client = new Follower(RULEBOOK);
  const law = product === 'zw-beoordeling' ? 'ZW' : 'WIA';
  const about = { caseId: 'a', on: '2026-05-01', address: '3510 AA', law, product, employment };
  client.take(caseRegistered(about));
  const [event] = client.events;
  return event?.type === 'CaseAssigned' ? event.team : undefined;
}

describe('a team of one line', () => {
  test.each(VANGNET)('B04 the vangnetlijn holds %s', (product) => {
    expect(teamFor(product, 'tijdelijk-dienstverband')).toBe('v');
  });

  test.each(WERKGEVER)('B05 the werkgeverslijn holds %s', (product) => {
    expect(teamFor(product, 'vast-dienstverband')).toBe('w');
  });

  test('takes no product of the other line: such a case waits for a person', () => {
    expect(teamFor('deskundigenoordeel', 'tijdelijk-dienstverband')).toBeUndefined();
    expect(teamFor('wia-beoordeling', 'vast-dienstverband')).toBeUndefined();
  });
});
