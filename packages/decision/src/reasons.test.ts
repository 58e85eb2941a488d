/** Reasons and choices at their edges: what the tables in `test/vectors` have no organisation for. */
import { describe, expect, test } from 'vitest';
import { must, type AssignmentEvent, type LocalDate, type Reason, type TeamId } from '@smc/domain';
import type { Exclusion } from './demarcation.ts';
import { rulebookOf } from './rulebook.ts';
import { INELIGIBLE_NAMED_MAX } from './rules/choose-team.ts';
import { Follower } from './testing/follow.ts';
import { caseRegistered } from './testing/intake-events.ts';
import { demarcationOf, type DemarcationNotes } from './testing/small-organisation.ts';

type Teams = DemarcationNotes['offices'][string]['teams'];
type About = Partial<Parameters<typeof caseRegistered>[0]>;

/** One office with all of 3500 to 3599. */
function officeOf(basis: 'postcode' | 'workload', teams: Teams, rules?: DemarcationNotes['rules']) {
  const office = { bases: { '2020-01-01': basis }, postcodes: ['3500-3599'], teams };
  return new Follower(
    rulebookOf([demarcationOf({ offices: { office }, ...(rules === undefined ? {} : { rules }) })]),
  );
}

function lastOf(router: Follower, about: About = {}): AssignmentEvent {
  router.take(caseRegistered({ caseId: 'a', on: '2026-05-01', ...about }));
  router.deliver();
  return must(router.events.at(-1), 'the case is answered');
}

const reasonsOf = (event: AssignmentEvent): readonly Reason[] =>
  event.type === 'CaseReleased' ? [] : event.explanation;
const withCode = (event: AssignmentEvent, code: Reason['code']) =>
  reasonsOf(event).filter((reason) => reason.code === code);

describe('teams that share an area', () => {
  const ALL = { postcodes: ['3500-3599'] };
  /** Out of order, as a document may have them: 60, 120 and 180 minutes, in order of their names. */
  const router = () =>
    officeOf('postcode', {
      c: { ...ALL, hours: 3 },
      a: { ...ALL, hours: 1 },
      b: { ...ALL, hours: 2 },
    });

  /** A client whose lot, of 360, is this one: the first 48 bits are nine characters and three bits. */
  function clientOfLot(lot: number): string {
    let bits = (lot * 4).toString(32).padStart(10, '0');
    bits = bits.replaceAll(
      /./g,
      (digit) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(digit, 32)] ?? '',
    );
    return bits.padEnd(26, 'a');
  }

  test.each([
    [0, 'a'],
    [59, 'a'],
    [60, 'b'],
    [179, 'b'],
    [180, 'c'],
    [359, 'c'],
    [360, 'a'],
  ])('the lot %i, counted by name, points to team %s', (lot, team) => {
    const event = lastOf(router(), { clientKey: clientOfLot(lot) });
    expect(event).toMatchObject({ type: 'CaseAssigned', team, rule: 'postcode' });
    expect(withCode(event, 'TEAM_BY_SHARE')).toEqual([
      { code: 'TEAM_BY_SHARE', parameters: [team, '3'] },
    ]);
  });
});

describe('an office that chooses by workload', () => {
  test('names a team without hours as one that does not come into question', () => {
    const event = lastOf(officeOf('workload', { a: {} }));
    expect(event).toMatchObject({ type: 'CaseParked', code: 'NO_TEAM_FOR_CASE', office: 'office' });
    expect(withCode(event, 'TEAM_INELIGIBLE')).toEqual([
      { code: 'TEAM_INELIGIBLE', parameters: ['a', 'capacity', '2026-05-01'] },
    ]);
  });

  test('names a team by its law before its hours, and of many only the first', () => {
    const teams = Object.fromEntries(
      Array.from({ length: INELIGIBLE_NAMED_MAX + 5 }, (_, i) => [`t${i + 10}`, { laws: ['ZW'] }]),
    );
    const named = withCode(lastOf(officeOf('workload', teams)), 'TEAM_INELIGIBLE');
    expect(named).toHaveLength(INELIGIBLE_NAMED_MAX);
    expect(named[0]).toEqual({ code: 'TEAM_INELIGIBLE', parameters: ['t10', 'law', 'WIA'] });
  });

  test.each([
    [{ min: 1000, max: 2000 }, 0, 'no signal'],
    [{ min: 500, max: 1000 }, 0, 'no signal'],
    [{ min: 1001, max: 2000 }, 0, 'BAND_BELOW 1 1.001 2'],
    [{ min: 500, max: 999 }, 0, 'BAND_ABOVE 1 0.5 0.999'],
    [{ min: 500, max: 1999 }, 1, 'BAND_ABOVE 2 0.5 1.999'],
  ])('with a band of %o and %i cases before on an hour a week: %s', (band, before, signal) => {
    const bands = new Map([['smal', band]]);
    const router = officeOf('workload', { a: { hours: 1, band: 'smal' } }, { bands });
    for (let n = 0; n < before; n++) {
      lastOf(router, { caseId: `before-${n}`, clientKey: 'b'.repeat(26) });
    }
    const event = lastOf(router);
    const [told] = [...withCode(event, 'BAND_ABOVE'), ...withCode(event, 'BAND_BELOW')];
    const [, ...figures] = told?.parameters ?? [];
    expect(told === undefined ? 'no signal' : [told.code, ...figures].join(' ')).toBe(signal);
  });
});

describe('the line of a case', () => {
  const lines = [{ law: 'WIA', employment: 'tijdelijk-dienstverband', line: 'vangnet' }];

  test('is told where one of the teams that have the postcode takes some lines only', () => {
    const teams = {
      a: { postcodes: ['3500-3509'] },
      b: { postcodes: ['3500-3599'], lines: ['werkgever'] },
    };
    expect(
      withCode(
        lastOf(officeOf('postcode', teams, { lines }), { address: '3505 AA' }),
        'LINE_OF_CASE',
      ),
    ).toEqual([{ code: 'LINE_OF_CASE', parameters: ['vangnet'] }]);
  });

  test('is not told where all teams take all lines', () => {
    const event = lastOf(officeOf('postcode', { a: { postcodes: ['3500-3599'] } }, { lines }));
    expect(reasonsOf(event).map(({ code }) => code)).not.toContain('LINE_OF_CASE');
    expect(event).toMatchObject({ line: 'vangnet' });
  });
});

describe('a team that is named for a client but may not take the case', () => {
  const id = (text: string) => text as TeamId;
  const teams: Teams = {
    regular: { postcodes: ['3500-3599'] },
    special: { profile: 'special-group', laws: ['ZW'] },
    pw: { profile: 'participatiewet', laws: ['ZW'] },
  };

  test('is told with why, for the Participatiewet', () => {
    const participatiewet = { naloopMonths: 12, team: id('pw'), byOffice: new Map() };
    const event = lastOf(officeOf('postcode', teams, { participatiewet }), {
      participatiewet: true,
    });
    expect(event).toMatchObject({ code: 'NO_TEAM_FOR_CASE', office: 'office' });
    expect(reasonsOf(event)).toEqual([
      { code: 'PARTICIPATIEWET_CLIENT', parameters: [] },
      { code: 'PARTICIPATIEWET_TEAM', parameters: ['pw'] },
      { code: 'TEAM_INELIGIBLE', parameters: ['pw', 'law', 'WIA'] },
      { code: 'PARKED', parameters: ['NO_TEAM_FOR_CASE'] },
    ]);
  });

  test('is told with why, for an exclusion, after one that has ended', () => {
    const exclusions: readonly Exclusion[] = [
      { id: 'old', group: 'g', until: '2026-01-01' as LocalDate, team: undefined },
      { id: 'new', group: 'g', until: undefined, team: id('special') },
    ];
    const event = lastOf(officeOf('postcode', teams, { exclusions }), { groups: ['g'] });
    expect(reasonsOf(event).slice(1)).toEqual([
      { code: 'EXCLUSION_ENDED', parameters: ['old', '2026-01-01'] },
      { code: 'EXCLUDED_FROM_DISTRIBUTION', parameters: ['new'] },
      { code: 'TEAM_INELIGIBLE', parameters: ['special', 'law', 'WIA'] },
      { code: 'PARKED', parameters: ['NO_TEAM_FOR_CASE'] },
    ]);
  });
});
