import { describe, expect, test } from 'vitest';
import { explain } from '@smc/decision';
import { FULL_ORGANISATION } from '../../../decision/src/testing/full-organisation.ts';
import { id, keyOf, times, type ClientNotes } from '../testing/clients.ts';
import { planOf } from '../testing/plan-of.ts';

const plan = (clients: readonly ClientNotes[], more: Partial<Parameters<typeof planOf>[0]> = {}) =>
  planOf({ clients, demarcation: FULL_ORGANISATION, ...more });

/** Five colleagues of one group, as in the memorandum of 2020 (C06 to C11). */
const HOURS = { anne: 36, bob: 36, emmy: 28, julie: 36, lisette: 24 };
const NOW = { anne: 90, bob: 122, emmy: 71, julie: 186, lisette: 0 };
const teamsWith = (hours: Readonly<Record<string, number>>, basis: 'postcode' | 'workload') => ({
  effectiveFrom: '2026-01-01',
  offices: {
    dom: {
      bases: { '2020-01-01': basis },
      postcodes: ['3500-3599'],
      teams: Object.fromEntries(
        Object.entries(hours).map(([team, of]) => [
          `dom-${team}`,
          { hours: of, postcodes: ['3500-3599'] },
        ]),
      ),
    },
  },
});
const caseloads = (now: Readonly<Record<string, number>>) =>
  Object.entries(now).flatMap(([team, n]) => times(n, { team: `dom-${team}` }));
const divide = (objective: string) =>
  planOf({ clients: caseloads(NOW), demarcation: teamsWith(HOURS, 'postcode'), objective });

describe('the numbers of the sources, by the plan engine', () => {
  test('T03 the exact shares of 469 clients take 96 moves, and the 105 go to Anne', () => {
    const { after, moves, summary } = divide('exact-shares');
    expect(moves).toHaveLength(96);
    expect(Object.values(after)).toEqual([105, 106, 82, 106, 70]);
    expect(summary.sets[0]?.result).toEqual({
      kind: 'reached',
      moves: 96,
      lowerBound: 96,
      proof: 'closed-form',
    });
  });

  test.each([
    [5, 88],
    [10, 76],
    [15, 66],
    [20, 60],
    [25, 55],
  ])('T04 a band of %i percent takes %i moves', (percent, fewest) => {
    const { moves, summary } = divide(`within-band=${percent}%`);
    expect(moves).toHaveLength(fewest);
    expect(summary.sets[0]?.result).toMatchObject({ lowerBound: fewest, proof: 'closed-form' });
  });

  test('T17 fifty clients who come to teams with 50, 28, 22, 0 and 0 make 50, 28, 24, 24 and 24', () => {
    const now = { a: 50, b: 28, c: 22, d: 0, e: 0 };
    const even = { a: 36, b: 36, c: 36, d: 36, e: 36 };
    const { after, moves } = planOf({
      clients: [...caseloads(now), ...times(50, { team: 'oud-1' })],
      demarcation: teamsWith(even, 'workload'),
    });
    expect(Object.values(after).slice(0, 5)).toEqual([50, 28, 24, 24, 24]);
    expect(moves).toHaveLength(50);
    expect(moves[0]).toMatchObject({ cause: 'team-ended', rule: 'workload' });
  });
});

describe('following a demarcation', () => {
  test('moves a client to the team of the postcode, and says why', () => {
    const { moves } = plan([{ team: 'dom-1', postcode: '3560AA', sequence: 7 }]);
    expect(moves).toMatchObject([
      {
        client: keyOf(1),
        from: { team: 'dom-1', office: 'dom' },
        to: { team: 'dom-2', office: 'dom' },
        cause: 'demarcation',
        rule: 'postcode',
        sequence: 7,
        cases: [{ law: 'ZW', product: 'zw-beoordeling', line: 'vangnet', dossier: true }],
      },
    ]);
    expect(explain(moves[0]?.explanation ?? [], 'en')).toContain(
      'Team dom-2 serves postcode area 3550 to 3599.',
    );
  });

  test('moves to another office, by the cause that the rules give', () => {
    const { moves } = plan([
      { team: 'dom-1', postcode: '1350AA', suffix: '70' },
      { team: 'dom-1', participatiewet: true },
      { team: 'dom-1', groups: ['military'] },
      { team: 'weg-1', postcode: '3510AA' },
      { team: 'dom-mil', postcode: '3510AA' },
    ]);
    expect(moves.map(({ to, cause }) => [to.team, cause])).toEqual([
      ['plas-2', 'demarcation'],
      ['pw-oost', 'samenloop'],
      ['dom-mil', 'special-group'],
      ['dom-1', 'team-ended'],
      ['dom-1', 'group-ended'],
    ]);
  });

  test('keeps PW clients, special groups and approved handovers where they are, and counts them', () => {
    const { moves, summary } = plan(
      [
        { team: 'pw-oost', office: 'stad', participatiewet: true },
        { team: 'dom-mil', formerGroups: ['military'] },
        { team: 'dom-1', postcode: '3560AA' },
        { team: 'pw-oost', office: 'stad', participatiewet: true, cases: [] },
      ],
      { approved: new Set([keyOf(3)]) },
    );
    expect(moves).toEqual([]);
    expect(summary.fixed).toEqual([
      ['approved-handover', 1],
      ['group', 1],
      ['participatiewet', 2],
    ]);
  });

  test('leaves clients without an open case until their next one, and forgets journeys that have ended', () => {
    const { moves, summary, after } = plan([
      { team: 'dom-1', postcode: '3560AA', cases: [], closedOn: '2026-02-01' },
      { team: 'dom-1', postcode: '3560AA', cases: [], closedOn: '2025-02-01' },
    ]);
    expect(moves).toEqual([]);
    expect(summary).toMatchObject({ clients: 2, running: 1, stays: [['no-open-case', 1]] });
    expect(after).toMatchObject({ 'dom-1': 1 });
  });

  test('names those whom no rule gives a team, and whether their team is still there', () => {
    const { waits, summary } = plan([
      { team: 'stad-oud', postcode: '2550AA' },
      { team: 'dom-1', groups: ['police'] },
      { cases: [{ parked: 'POSTCODE_UNKNOWN' }], postcode: '9999ZZ' },
      { cases: [{ parked: 'POSTCODE_UNKNOWN' }], postcode: '3510AA' },
    ]);
    expect(
      waits.map(({ kind, code, office, teamEnded }) => [kind, code, office, teamEnded]),
    ).toEqual([
      ['uncovered', 'MANUAL_BASIS', 'stad', true],
      ['uncovered', 'GROUP_UNDECIDED', undefined, false],
      ['parked', 'POSTCODE_UNKNOWN', undefined, false],
    ]);
    expect(summary.placeable).toBe(1);
  });

  test('does not judge a client for whom an office is choosing', () => {
    const { summary } = plan([{ cases: [{ awaiting: 'werf' }], postcode: '3010AA' }]);
    expect(summary).toMatchObject({ moves: 0, choosing: 1 });
  });

  test('leaves a client with any team of an office by workload that may help', () => {
    const { moves, summary } = plan([
      { team: 'werf-1', postcode: '3010AA' },
      { team: 'werf-3', postcode: '3010AA' },
      { team: 'werf-3', postcode: '3010AA', cases: [{ law: 'WIA', product: 'wia-aanvraag' }] },
    ]);
    // werf-3 takes the ZW only; of the others werf-2 has nothing in hand.
    expect(moves.map(({ client, to, cause }) => [client, to.team, cause])).toEqual([
      [keyOf(3), 'werf-2', 'team-cannot-handle'],
    ]);
    expect(summary.stays).toEqual([['right-team', 2]]);
  });
});

describe('a scope', () => {
  const here: ClientNotes = { team: 'dom-1', postcode: '3560AA' };
  test.each([
    [['office=dom'], 2],
    [['office=plas'], 0],
    [['team=dom-1', 'team=plas-1'], 2],
    [[`client=${keyOf(2)}`], 1],
    [['postcode=3560'], 1],
    [['postcode=3550-3559', 'postcode=3560AA-3560AB'], 2],
    [['office=dom', 'postcode=3560'], 1],
  ])('%j moves %i', (scope, moves) => {
    const clients = [here, { ...here, postcode: '3555AA' }];
    expect(plan(clients, { scope }).moves).toHaveLength(moves);
  });

  test('counts clients out of it for what their team has, and moves none of them', () => {
    const { moves, after } = planOf({
      clients: [...times(6, { team: 'dom-a' }), ...times(2, { team: 'dom-a', postcode: '3510AA' })],
      demarcation: teamsWith({ a: 36, b: 36 }, 'postcode'),
      objective: 'exact-shares',
      scope: ['postcode=3500'],
    });
    expect(moves.map(({ client }) => client)).toEqual([1, 2, 3, 4].map(keyOf));
    expect(after).toEqual({ 'dom-a': 4, 'dom-b': 4 });
  });
});

describe('a goal in numbers', () => {
  const two = teamsWith({ a: 36, b: 36 }, 'postcode');
  const share = (clients: readonly ClientNotes[], more = {}) =>
    planOf({ clients, demarcation: two, objective: 'exact-shares', ...more });

  test('moves clients without open work first, then idle ones, then by key', () => {
    const { moves } = share([
      { team: 'dom-a' },
      { team: 'dom-a' },
      { team: 'dom-a', cases: [{ idle: true }] },
      { team: 'dom-a', cases: [], closedOn: '2026-02-20' },
      { team: 'dom-a', cases: [], closedOn: '2026-02-20' },
      { team: 'dom-a' },
    ]);
    expect(moves.map(({ client, work }) => [client, work])).toEqual([
      [keyOf(3), 1],
      [keyOf(4), 0],
      [keyOf(5), 0],
    ]);
  });

  test('moves nobody whom PW, a group or a handover keeps', () => {
    const clients = [{ team: 'dom-a' }, { team: 'dom-a' }, { team: 'dom-b' }, { team: 'dom-a' }];
    const { moves, summary } = share(clients, { approved: new Set([keyOf(1)]) });
    expect(moves.map(({ client }) => client)).toEqual([keyOf(2)]);
    expect(summary.sets[0]?.teams[0]).toMatchObject({ now: 3, fixed: 1, planned: 2 });
  });

  test('is reached by a detour where not every client can go to every team', () => {
    const demarcation = {
      effectiveFrom: '2026-01-01',
      offices: {
        dom: {
          bases: { '2020-01-01': 'postcode' as const },
          postcodes: ['3500-3599'],
          teams: {
            'dom-a': { hours: 10, postcodes: ['3500-3599'] },
            'dom-b': { hours: 10, postcodes: ['3500-3599'] },
            'dom-c': { hours: 10, postcodes: ['3500-3599'], laws: ['WIA'] },
          },
        },
      },
    };
    const wia = { cases: [{ law: 'WIA', product: 'wia-aanvraag' }] };
    const { moves, summary } = planOf({
      clients: [...times(4, { team: 'dom-a' }), ...times(2, { team: 'dom-b', ...wia })],
      demarcation,
      objective: 'exact-shares',
    });
    // Nobody of team a may go to c: two go to b, and the two of b go on to c.
    expect(moves.map(({ from, to }) => `${from.team} ${to.team}`)).toEqual([
      'dom-a dom-b',
      'dom-a dom-b',
      'dom-b dom-c',
      'dom-b dom-c',
    ]);
    expect(summary.sets[0]?.result).toEqual({
      kind: 'reached',
      moves: 4,
      lowerBound: 4,
      proof: 'min-cost-flow',
    });
  });

  test('is not tried where the hours of a team are not known, or where the clients do not fit', () => {
    const { dom } = two.offices;
    const teams = { ...dom.teams, 'dom-z': { postcodes: ['3500-3599'] } };
    const clients = times(3, { team: 'dom-a' });
    const unknown = { ...two, offices: { dom: { ...dom, teams } } };
    const first = share(clients, { demarcation: unknown });
    expect(first.moves).toEqual([]);
    expect(first.summary.sets[0]?.result).toMatchObject({ code: 'HOURS_UNKNOWN', team: 'dom-z' });
    const held = share(clients, {
      approved: new Set([1, 2].map(keyOf)),
      objective: 'within-band=1',
    });
    expect(held.summary.sets[0]?.result).toMatchObject({ code: 'NO_WHOLE_NUMBER_IN_BAND' });
    const kept = share([...clients, clients[0] ?? {}], {
      approved: new Set([1, 2, 3].map(keyOf)),
    });
    expect(kept.summary.sets[0]?.result).toMatchObject({ code: 'CLIENTS_DO_NOT_FIT' });
  });

  test('divides over named teams of several offices', () => {
    const { after } = plan(times(4, { team: 'veld-1', postcode: '5010AA' }), {
      objective: 'exact-shares',
      teams: [id('veld-1'), id('werf-1')],
    });
    expect(after).toMatchObject({ 'veld-1': 2, 'werf-1': 2 });
  });
});
