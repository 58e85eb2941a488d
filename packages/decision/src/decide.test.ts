import { describe, expect, test } from 'vitest';
import {
  CLOSED_CASES_MAX,
  must,
  OPEN_CASES_MAX,
  REASONS_MAX,
  RECENT_EVENTS_MAX,
  type ClientState,
  type LocalDate,
} from '@smc/domain';
import { decide, type Decision } from './decide.ts';
import { explain } from './explain.ts';
import { emptyRulebook, rulebookOf } from './rulebook.ts';
import { INELIGIBLE_NAMED_MAX } from './rules/choose-team.ts';
import { Follower, lastReasons } from './testing/follow.ts';
import { FULL_ORGANISATION } from './testing/full-organisation.ts';
import {
  caseClosed,
  caseRegistered,
  CLIENT,
  clientMoved,
  statusChanged,
} from './testing/intake-events.ts';
import { demarcationOf, SMALL_ORGANISATION } from './testing/small-organisation.ts';

const RULEBOOK = rulebookOf([demarcationOf(SMALL_ORGANISATION)]);
const SOURCE = { topic: 'smc.intake', partition: 3, offset: 41 };
const follow = () => new Follower(RULEBOOK);
const stateOf = (client: Follower): ClientState => must(client.client(CLIENT), 'client is known');

function accepted(result: ReturnType<typeof decide>): Decision {
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}

describe('what is told', () => {
  test('an assignment names all that the divisions need', () => {
    const event = caseRegistered({ caseId: 'a', on: '2026-05-01', address: '1300 AA', bsn: '07' });
    expect(accepted(decide({ event, source: SOURCE }, undefined, RULEBOOK)).events).toEqual([
      {
        type: 'CaseAssigned',
        eventId: 'smc.intake-3-41-1',
        clientKey: CLIENT,
        clientSequence: 1,
        source: SOURCE,
        effectiveOn: '2026-05-01',
        explanation: [
          {
            code: 'RULES_PASSED',
            parameters: ['participatiewet', 'group', 'journey', 'exclusion'],
          },
          { code: 'OFFICE_BY_POSTCODE', parameters: ['plas'] },
          { code: 'BASIS_OF_OFFICE', parameters: ['plas', 'bsn', '2020-01-01'] },
          { code: 'TEAM_BY_BSN', parameters: ['plas-1', '00', '49'] },
        ],
        receivedAtMs: event.receivedAtMs,
        demarcation: '2026-01',
        demarcationHash: '2026-01'.padEnd(64, '0'),
        caseId: 'a',
        team: 'plas-1',
        office: 'plas',
        district: 'd-plas',
        arbeidsmarktregio: 'amr-plas',
        law: 'WIA',
        product: 'wia-aanvraag',
        line: undefined,
        rule: 'bsn',
        basis: 'bsn',
        journey: 1,
        dossierRef: 'dossier-a',
      },
    ]);
  });

  test('a handover names both teams and the dossiers of the cases that go along', () => {
    const client = follow();
    client.take(caseRegistered({ caseId: 'a', on: '2026-03-01', address: '3505 AA' }));
    client.take(caseRegistered({ caseId: 'b', on: '2026-04-01', address: '1300 AA' }));
    expect(client.events[1]).toMatchObject({
      type: 'ClientHandedOver',
      eventId: 'smc.intake-0-1-1',
      clientSequence: 2,
      fromTeam: 'dom-old',
      fromOffice: 'dom',
      team: 'plas-1',
      office: 'plas',
      district: 'd-plas',
      arbeidsmarktregio: 'amr-plas',
      cases: [{ caseId: 'a', dossierRef: 'dossier-a' }],
    });
    expect(client.events[2]).toMatchObject({ eventId: 'smc.intake-0-1-2', clientSequence: 3 });
  });

  test("while the team stays, the arbeidsmarktregio follows the client's address", () => {
    const client = follow();
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3520 AA' }));
    client.take(caseRegistered({ caseId: 'b', on: '2026-05-02', address: '1300 AA' }));
    client.take(caseRegistered({ caseId: 'c', on: '2026-05-03', address: 'secret' }));
    expect(client.events).toMatchObject([
      { team: 'dom-2', arbeidsmarktregio: 'amr-dom' },
      { team: 'dom-2', arbeidsmarktregio: 'amr-plas' },
      { team: 'dom-2', arbeidsmarktregio: undefined },
    ]);
  });

  test('a case that no demarcation covers is parked without naming one', () => {
    const client = new Follower(emptyRulebook);
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01' }));
    expect(client.events).toMatchObject([
      {
        code: 'NO_DEMARCATION_ON_DATE',
        demarcation: undefined,
        demarcationHash: undefined,
        office: undefined,
        effectiveOn: '2026-05-01',
      },
    ]);
  });

  test('a case placed after parking says so, and dates its latency from what placed it', () => {
    const client = follow();
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: 'none' }));
    const move = clientMoved({ on: '2026-05-09', address: '3520 AA' });
    client.take(move);
    expect(client.events[1]).toMatchObject({
      type: 'CaseAssigned',
      effectiveOn: '2026-05-01',
      receivedAtMs: move.receivedAtMs,
      explanation: [{ code: 'PLACED_AFTER_PARKING', parameters: ['ADDRESS_NONE'] }, {}, {}, {}, {}],
    });
  });

  test('an office whose teams have no hours can choose none: the case waits for a person', () => {
    const office = {
      bases: { '2020-01-01': 'workload' },
      postcodes: ['3500-3599'],
      teams: { 'team-1': {} },
    } as const;
    const client = new Follower(rulebookOf([demarcationOf({ offices: { office } })]));
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01' }));
    expect(client.events).toMatchObject([{ code: 'NO_TEAM_FOR_CASE', office: 'office' }]);
    expect(lastReasons(client.events)).toBe(
      'RULES_PASSED > OFFICE_BY_POSTCODE > BASIS_OF_OFFICE > TEAM_INELIGIBLE > PARKED',
    );
  });

  test('of many teams that may not take the case only the first ones are named', () => {
    const about = { postcodes: ['3500-3599'], laws: ['PW'] };
    const teams = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`t${i}`, about]));
    const office = {
      bases: { '2020-01-01': 'postcode' },
      postcodes: ['3500-3599'],
      teams,
    } as const;
    const client = new Follower(rulebookOf([demarcationOf({ offices: { office } })]));
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', law: 'ZW' }));
    const codes = lastReasons(client.events).split(' > ');
    expect(codes.filter((code) => code === 'TEAM_INELIGIBLE')).toHaveLength(INELIGIBLE_NAMED_MAX);
    expect(codes.at(-1)).toBe('PARKED');
    expect(codes.length).toBeLessThanOrEqual(REASONS_MAX);
  });

  test('an explanation says why the running journey did not decide', () => {
    const client = follow();
    client.take(caseRegistered({ caseId: 'a', on: '2026-01-10', address: '3520 AA' }));
    client.take(caseClosed({ caseId: 'a', on: '2026-01-20' }));
    client.take(caseRegistered({ caseId: 'b', on: '2026-07-20', address: '3520 AA' }));
    expect(client.events.at(-1)).toMatchObject({
      explanation: [
        { code: 'RULES_PASSED', parameters: ['participatiewet', 'group', 'exclusion'] },
        { code: 'JOURNEY_ENDED', parameters: ['2026-01-20', '6'] },
        {},
        {},
        {},
      ],
    });
  });
});

describe('what a client is known by', () => {
  test('a move and a change of status are known before the first case', () => {
    const client = follow();
    client.take(clientMoved({ on: '2026-05-01', address: '3520 AA' }));
    client.take(statusChanged({ on: '2026-05-02', participatiewet: true, groups: ['klm'] }));
    expect(stateOf(client)).toMatchObject({
      postcode: '3520AA',
      participatiewet: true,
      groups: ['klm'],
      openCases: [],
      sequence: 0,
    });
  });

  test('a late case tells neither address nor status, but its BSN digits count', () => {
    const client = follow();
    client.take(clientMoved({ on: '2026-05-02', address: '1300 AA' }));
    client.take(statusChanged({ on: '2026-05-02', groups: ['statushouder'] }));
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3520 AA', bsn: '60' }));
    expect(stateOf(client)).toMatchObject({ postcode: '1300AA', groups: ['statushouder'] });
    expect(client.events).toMatchObject([{ team: 'plas-2' }]);
  });

  test('an older move and an older status change nothing', () => {
    const client = follow();
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-02' }));
    const before = stateOf(client);
    client.take(clientMoved({ on: '2026-05-01', address: '1300 AA' }));
    client.take(statusChanged({ on: '2026-05-01', participatiewet: true }));
    expect(stateOf(client)).toBe(before);
  });

  test('the last events are remembered, and no more than those', () => {
    const client = follow();
    for (let i = 0; i <= RECENT_EVENTS_MAX; i++) {
      client.take(clientMoved({ on: '2026-05-01', address: '1300 AA', eventId: `m${i}` }));
    }
    const { recentEvents } = stateOf(client);
    expect(recentEvents).toHaveLength(RECENT_EVENTS_MAX);
    expect(recentEvents.at(0)).toBe('m1');
    expect(recentEvents.at(-1)).toBe(`m${RECENT_EVENTS_MAX}`);
  });

  test('the last closed cases are remembered, and no more than those', () => {
    const client = follow();
    for (let i = 0; i <= CLOSED_CASES_MAX; i++) {
      client.take(caseRegistered({ caseId: `c${i}`, on: '2026-05-01' }));
      client.take(caseClosed({ caseId: `c${i}`, on: '2026-05-01' }));
    }
    const { closedCases } = stateOf(client);
    expect(closedCases).toHaveLength(CLOSED_CASES_MAX);
    expect(closedCases.at(0)).toBe('c1');
  });

  test('with the last open case the journey begins to end', () => {
    const client = follow();
    const closedOn = (): LocalDate | undefined => stateOf(client).allClosedOn;
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01' }));
    client.take(caseRegistered({ caseId: 'b', on: '2026-05-01' }));
    client.take(caseClosed({ caseId: 'a', on: '2026-05-02' }));
    expect(closedOn()).toBeUndefined();
    client.take(caseClosed({ caseId: 'b', on: '2026-05-03' }));
    expect(closedOn()).toBe('2026-05-03');
    client.take(caseRegistered({ caseId: 'c', on: '2026-05-04' }));
    expect(closedOn()).toBeUndefined();
  });
});

describe('what is refused', () => {
  test('a client with as many open cases as one client can have gets no other', () => {
    const client = follow();
    for (let i = 0; i < OPEN_CASES_MAX; i++) {
      client.take(caseRegistered({ caseId: `c${i}`, on: '2026-05-01' }));
    }
    const before = stateOf(client);
    expect(client.tell(caseRegistered({ caseId: 'more', on: '2026-05-01' }))).toBe(
      'refused: TOO_MANY_OPEN_CASES',
    );
    expect(client.tell(caseRegistered({ caseId: 'c0', on: '2026-05-01' }))).toBe('nothing');
    expect(stateOf(client)).toBe(before);
  });

  test('closing a case of an unknown client is refused and makes no client', () => {
    const event = caseClosed({ caseId: 'a', on: '2026-05-01' });
    expect(decide({ event, source: SOURCE }, undefined, RULEBOOK)).toMatchObject({
      ok: false,
      refusal: { code: 'CASE_UNKNOWN' },
    });
  });
});

describe('what a new demarcation does', () => {
  const without = (team: string) => {
    const { offices } = SMALL_ORGANISATION;
    const dom = must(offices['dom'], 'office dom');
    const { [team]: _gone, ...teams } = dom.teams;
    const changed = { ...offices, dom: { ...dom, teams } };
    return demarcationOf({ version: '2026-06', effectiveFrom: '2026-06-01', offices: changed });
  };
  const both = rulebookOf([demarcationOf(SMALL_ORGANISATION), without('dom-2')]);
  const first = caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3511 AB' });

  test('it moves nobody by itself', () => {
    const client = new Follower(both);
    client.take(first);
    expect(client.tell(clientMoved({ on: '2026-06-02', address: '3511 AB' }))).toBe('nothing');
  });

  test('a team it no longer knows hands over with the next case', () => {
    const client = new Follower(both);
    client.take(first);
    expect(client.tell(caseRegistered({ caseId: 'b', on: '2026-06-01', address: '3511 AB' }))).toBe(
      'client from dom-2 to dom-1 with a (team-ended); b to dom-1 (postcode, journey 1)',
    );
  });

  test('a case that comes in late by the old version does not hand the client back', () => {
    const client = new Follower(both);
    client.take(first);
    client.take(caseRegistered({ caseId: 'b', on: '2026-06-01', address: '3511 AB' }));
    expect(client.tell(caseRegistered({ caseId: 'c', on: '2026-05-20', address: '3511 AB' }))).toBe(
      'c to dom-1 (journey, journey 1)',
    );
    expect(client.events.at(-1)).toMatchObject({
      demarcation: '2026-06',
      effectiveOn: '2026-06-01',
    });
  });

  test('nor does it when all cases had been closed by then', () => {
    const client = new Follower(both);
    client.take(caseRegistered({ caseId: 'a', on: '2026-06-01', address: '3509 AA' }));
    client.take(caseClosed({ caseId: 'a', on: '2026-06-02' }));
    client.take(caseRegistered({ caseId: 'b', on: '2026-03-01', address: '3509 AA' }));
    // On 1 March dom-old still had these postcodes, and dom-3 had yet to begin.
    expect(client.events.at(-1)).toMatchObject({ team: 'dom-3', effectiveOn: '2026-06-02' });
  });

  test('a case parked for want of a demarcation is placed when one holds', () => {
    const client = new Follower(emptyRulebook);
    client.take(first);
    expect(client.tell(clientMoved({ on: '2026-05-02', address: '3511 AB' }), both)).toBe(
      'a to dom-2 (postcode, journey 1)',
    );
  });
});

describe('an office that divides by workload', () => {
  const rulebook = rulebookOf([demarcationOf(FULL_ORGANISATION)]);

  test('is asked with what its teams are compared by, and nothing is told before it answers', () => {
    const client = new Follower(rulebook);
    const taken = client.take(
      caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3010 AA' }),
    );
    expect(taken).toMatchObject({
      events: [],
      toOffices: [
        {
          type: 'TeamRequested',
          eventId: 'smc.intake-0-0-o1',
          source: { topic: 'smc.intake', partition: 0, offset: 0 },
          clientKey: CLIENT,
          caseId: 'a',
          office: 'werf',
          on: '2026-05-01',
          demarcation: '2026-02',
          product: 'wia-aanvraag',
          activity: 'active',
          teams: ['werf-1', 'werf-2'],
        },
      ],
      state: { team: undefined, openCases: [{ caseId: 'a', awaiting: 'werf' }] },
    });
  });

  test('explains its choice with the load of both teams, and the band of the chosen one', () => {
    const client = new Follower(rulebook);
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3010 AA' }));
    client.deliver();
    const [event] = client.events;
    expect(event).toMatchObject({ rule: 'workload', basis: 'workload', effectiveOn: '2026-05-01' });
    expect(event?.type === 'CaseAssigned' && explain(event.explanation, 'en').slice(3)).toEqual([
      'Team werf-1 has the lowest load: 0 weighted cases on 36 hours a week (2 teams compared).',
      'Next came team werf-2: 0 weighted cases on 24 hours a week.',
      'With 0.027 weighted cases per hour team werf-1 is below its band (1 to 3).',
    ]);
  });

  test('says that a team is above its band, and assigns all the same', () => {
    const notes = {
      ...FULL_ORGANISATION,
      rules: { ...FULL_ORGANISATION.rules, bands: new Map([['breed', { min: 0, max: 20 }]]) },
    };
    const client = new Follower(rulebookOf([demarcationOf(notes)]));
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3010 AA' }));
    client.deliver();
    expect(client.events).toMatchObject([{ type: 'CaseAssigned', team: 'werf-1' }]);
    expect(lastReasons(client.events)).toContain('NEXT_BY_WORKLOAD > BAND_ABOVE');
  });

  test('an answer that nobody waits for is skipped, and what was counted is taken back', () => {
    const client = new Follower(rulebook);
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3010 AA' }));
    const [answer] = client.underWay;
    client.take(caseClosed({ caseId: 'a', on: '2026-05-02' }));
    expect(client.take(must(answer, 'the office has answered'))).toMatchObject({
      events: [],
      skipped: 'no case of the client waits for a team',
      toOffices: [
        { type: 'LoadChanged', office: 'werf', changes: [{ team: 'werf-1', count: -1 }] },
      ],
    });
  });

  test('a case that waited when the team of its answer ended asks again', () => {
    const ended = {
      ...FULL_ORGANISATION,
      version: '2026-03',
      offices: {
        ...FULL_ORGANISATION.offices,
        werf: {
          bases: { '2020-01-01': 'workload' },
          postcodes: ['3000-3099'],
          teams: { 'werf-1': { hours: 36, until: '2026-05-01' }, 'werf-2': { hours: 24 } },
        },
      },
    } as const;
    const client = new Follower(rulebook);
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3010 AA' }));
    const later = rulebookOf([demarcationOf(FULL_ORGANISATION), demarcationOf(ended)]);
    const [answer] = client.underWay;
    expect(client.take(must(answer, 'the office has answered'), later)).toMatchObject({
      events: [],
      toOffices: [
        { type: 'LoadChanged', changes: [{ team: 'werf-1', count: -1 }] },
        { type: 'TeamRequested', teams: ['werf-2'] },
      ],
    });
  });
});

describe('where clients follow their address', () => {
  const notes = { ...FULL_ORGANISATION, settings: { onMove: 'by-address' } } as const;
  const rulebook = rulebookOf([demarcationOf(notes)]);

  test('a move to another office hands the client over, a move within it does not', () => {
    const client = new Follower(rulebook);
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3510 AA' }));
    expect(client.tell(clientMoved({ on: '2026-05-02', address: '3560 AA' }))).toBe('nothing');
    expect(client.tell(clientMoved({ on: '2026-05-03', address: '1310 AA' }))).toBe(
      'client from dom-1 to plas-1 with a (moved)',
    );
  });

  test('a move to an office that must choose waits for the next case', () => {
    const client = new Follower(rulebook);
    client.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3510 AA' }));
    expect(client.tell(clientMoved({ on: '2026-05-03', address: '3010 AA' }))).toBe('nothing');
    client.take(caseRegistered({ caseId: 'b', on: '2026-05-04', address: '3010 AA' }));
    expect(client.tellDelivered()).toBe(
      'client from dom-1 to werf-1 with a (moved); b to werf-1 (workload, journey 1)',
    );
  });
});
