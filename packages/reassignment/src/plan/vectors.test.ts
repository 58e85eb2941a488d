import { describe, expect, test } from 'vitest';
import { FULL_ORGANISATION } from '../../../decision/src/testing/full-organisation.ts';
import { readVectors } from '../../../../test/vectors/read-vectors.ts';
import { demarcationOf } from '../../../decision/src/testing/small-organisation.ts';
import { id, type CaseNotes, type ClientNotes } from '../testing/clients.ts';
import { planOf } from '../testing/plan-of.ts';

const demarcation = demarcationOf(FULL_ORGANISATION);

describe('plan-clients.tsv', () => {
  test.each(readVectors('plan-clients.tsv'))('line $line: $behaviour', (row) => {
    const clients = [clientOf(row)];
    expect(resultOf(planOf({ clients, demarcation, asOf: String(row['day']) }))).toBe(
      row['result'],
    );
  });
});

function clientOf(row: Readonly<Record<string, string>>): ClientNotes {
  const team = row['team'] ?? '';
  const what = row['the client'] ?? '';
  const { office } = demarcation.teams.get(id<'TeamId'>(team || 'none')) ?? {};
  const group = /^(?:former )?(military|police|statushouder)$/.exec(what)?.[1];
  const isFormer = what.startsWith('former');
  return {
    ...(team === '' ? {} : { team, office: office ?? 'weg' }),
    postcode: String(row['postcode']),
    suffix: /^suffix ([0-9]{2})$/.exec(what)?.[1] ?? '00',
    participatiewet: what === 'pw',
    groups: group === undefined || isFormer ? [] : [group],
    formerGroups: group !== undefined && isFormer ? [group] : [],
    cases: what === 'no case' ? [] : [caseOf(what)],
  };
}

function caseOf(what: string): CaseNotes {
  if (what === 'WIA') return { law: 'WIA' };
  if (what === 'fixed contract') return { employment: 'vast-dienstverband' };
  return what === 'parked' ? { parked: 'POSTCODE_UNKNOWN' } : {};
}

/** What the plan says of its one client. */
function resultOf({ moves, waits, summary }: ReturnType<typeof planOf>): string {
  const [[move], [wait]] = [moves, waits];
  if (move !== undefined) return `${move.to.team} (${move.cause}, ${move.rule})`;
  if (wait !== undefined) return `waits (${wait.code}, ${wait.office ?? 'national'})`;
  if (summary.placeable > 0) return 'placeable';
  const [[stays], [fixed]] = [summary.stays, summary.fixed];
  return fixed === undefined ? `stays (${stays?.[0]})` : `fixed (${fixed[0]})`;
}
