import { expect, test } from 'vitest';
import { TOPICS, type Acknowledgement, type AssignmentEvent } from '@smc/domain';
import { NO_HEADERS } from '@smc/log';
import { clientKey, EventMaker, id } from '@smc/subscriber/testing';
import { createMemoryStore } from './memory-store.ts';
import { projectBatch, touchedBy } from './project-batch.ts';
import { namespace } from './read-model-store.contract.ts';
import { openViews } from './read-views.ts';
import { acknowledgementOf, allAcknowledge } from './testing/project-events.ts';

const client = clientKey(1);
const T0 = Date.UTC(2026, 10, 23, 9);
type Happening = AssignmentEvent | Acknowledgement;

/** The views after batches that were written to the log at given moments. */
async function viewsAfter(batches: readonly (readonly Happening[])[], nowMs = T0 + 60_000) {
  const store = createMemoryStore();
  const ns = namespace('n');
  await store.create(ns);
  await store.publish(ns);
  let gaps = 0;
  for (const [version, events] of batches.entries()) {
    const records = events.map((value, n) => ({
      topic: TOPICS.assignments,
      partition: 0,
      offset: n,
      timestampMs: T0 + 1_000 * version,
      headers: NO_HEADERS,
      event: { ok: true, value } as const,
    }));
    const batch = { records, next: [] };
    const { clients, cases } = touchedBy(batch);
    const known = {
      clients: await store.clients(ns, clients),
      cases: await store.cases(ns, cases),
    };
    const projection = projectBatch(batch, known, nowMs);
    gaps += projection.gaps;
    expect(await store.apply(ns, version, projection.changes)).toBe(true);
  }
  return { views: openViews(store, { nowMs: () => nowMs }), gaps };
}

test('an assigned case is with its team, and counts for team, office and district', async () => {
  const make = new EventMaker();
  const { views } = await viewsAfter([
    [make.assigned({ clientKey: client, caseId: id('case-1') })],
    [make.assigned({ clientKey: client, caseId: id('case-2'), rule: 'journey', basis: undefined })],
  ]);
  expect(await views.caseView(id('case-2'))).toMatchObject({
    caseId: 'case-2',
    status: 'assigned',
    rule: 'journey',
    team: 'utrecht-1',
    office: 'utrecht',
    demarcation: '2026-07',
    explanation: [{ code: 'BASIS_OF_OFFICE', parameters: ['utrecht', 'postcode'] }],
  });
  expect(await views.clientView(client)).toMatchObject({
    team: 'utrecht-1',
    office: 'utrecht',
    district: 'midden',
    sequence: 2,
    placed: ['case-1', 'case-2'],
    parked: [],
  });
  expect(await views.caseload()).toEqual({
    teams: [{ id: 'utrecht-1', cases: 2, clients: 1 }],
    offices: [{ id: 'utrecht', cases: 2, clients: 1 }],
    districts: [{ id: 'midden', cases: 2, clients: 1 }],
  });
  expect((await views.decisions()).assigned).toEqual([
    { office: 'utrecht', rule: 'journey', count: 1 },
    { office: 'utrecht', rule: 'postcode', count: 1 },
  ]);
});

test('a handover takes every open case of the client along', async () => {
  const make = new EventMaker();
  const { views } = await viewsAfter([
    [1, 2].map((n) => make.assigned({ clientKey: client, caseId: id(`case-${n}`) })),
    [make.handedOver({ clientKey: client, team: id('zwolle-1'), office: id('zwolle') })],
  ]);
  expect(await views.caseView(id('case-1'))).toMatchObject({ team: 'zwolle-1' });
  expect((await views.caseload()).teams).toEqual([{ id: 'zwolle-1', cases: 2, clients: 1 }]);
  expect((await views.decisions()).handedOver).toEqual([{ cause: 'team-ended', count: 1 }]);
});

test('a parked case stands in its work list, oldest first, until it is placed', async () => {
  const make = new EventMaker();
  const park = (n: number, more = {}) =>
    make.parked({
      clientKey: clientKey(n),
      caseId: id(`case-${n}`),
      receivedAtMs: T0 - n,
      ...more,
    });
  const national = { office: undefined, code: 'ADDRESS_FOREIGN' as const };
  const parked = [[park(1), park(2), park(3, national)]];
  const { views } = await viewsAfter(parked);
  expect(await views.parkedList('all', 2)).toMatchObject({
    total: 3,
    cases: [
      { caseId: 'case-3', ageMs: 60_003 },
      { caseId: 'case-2', code: 'MANUAL_BASIS' },
    ],
  });
  expect(await views.parkedList('national', 9)).toMatchObject({ cases: [{ caseId: 'case-3' }] });
  expect(await views.parkedList({ office: id('utrecht') }, 9)).toMatchObject({ total: 2 });
  expect(await views.caseView(id('case-1'))).toMatchObject({ status: 'parked', team: undefined });
  expect((await views.caseload()).teams).toEqual([]);

  const placed = make.assigned({ clientKey: clientKey(2), caseId: id('case-2'), receivedAtMs: T0 });
  const later = await viewsAfter([...parked, [placed]]);
  expect(await later.views.parkedList('all', 9)).toMatchObject({ total: 2 });
  expect(await later.views.parkedList({ office: id('utrecht') }, 9)).toMatchObject({ total: 1 });
  expect(await later.views.caseView(id('case-2'))).toMatchObject({
    status: 'assigned',
    receivedAtMs: T0 - 2,
    team: 'utrecht-1',
  });
});

test('a case that is parked again elsewhere moves to the other work list', async () => {
  const make = new EventMaker();
  const park = (office: string) =>
    make.parked({ clientKey: client, caseId: id('case-1'), office: id(office) });
  const { views } = await viewsAfter([[park('utrecht')], [park('zwolle')]]);
  expect(await views.parkedList({ office: id('utrecht') }, 9)).toMatchObject({ total: 0 });
  expect(await views.parkedList({ office: id('zwolle') }, 9)).toMatchObject({ total: 1 });
  expect(await views.parkedList('all', 9)).toMatchObject({ total: 1 });
});

test('a closed case frees its team and keeps its answer', async () => {
  const make = new EventMaker();
  const { views } = await viewsAfter([
    [make.assigned({ clientKey: client, caseId: id('case-1') })],
    [make.released({ clientKey: client, caseId: id('case-1') })],
    [make.handedOver({ clientKey: client, team: id('zwolle-1') })],
  ]);
  expect(await views.caseView(id('case-1'))).toMatchObject({
    status: 'closed',
    team: 'utrecht-1',
    closedOn: '2026-11-23',
  });
  expect(await views.clientView(client)).toMatchObject({ team: 'zwolle-1', placed: [] });
  expect(await views.caseload()).toEqual({ teams: [], offices: [], districts: [] });
});

test('a parked case that is closed leaves its work list', async () => {
  const make = new EventMaker();
  const { views } = await viewsAfter([
    [make.parked({ clientKey: client, caseId: id('case-1') })],
    [make.released({ clientKey: client, caseId: id('case-1'), team: undefined })],
  ]);
  expect(await views.parkedList('all', 9)).toEqual({ total: 0, cases: [] });
  expect(await views.caseView(id('case-1'))).toMatchObject({ status: 'closed', team: undefined });
});

test('the time from intake to assignment is counted per office', async () => {
  const make = new EventMaker();
  const took = [100, 100, 100, 5_000].map((ms, n) =>
    make.assigned({ clientKey: clientKey(n), receivedAtMs: T0 - ms }),
  );
  const { views } = await viewsAfter([took]);
  const [utrecht] = await views.latency();
  expect(utrecht).toMatchObject({ office: 'utrecht', count: 4 });
  expect(utrecht?.p50Ms).toBeGreaterThanOrEqual(100);
  expect(utrecht?.p50Ms).toBeLessThan(119);
  expect(utrecht?.p95Ms).toBeGreaterThanOrEqual(5_000);
  expect(utrecht?.p95Ms).toBeLessThan(5_950);
});

test('what a team was assigned is counted by law and line, so that one with ZW alone shows (B14)', async () => {
  const make = new EventMaker();
  const given = [
    { team: 'mixed', law: 'ZW', line: 'vangnet' },
    { team: 'mixed', law: 'WIA', line: undefined },
    { team: 'zw-only', law: 'ZW', line: undefined },
    { team: 'zw-only', law: 'ZW', line: undefined },
  ];
  const events = given.map(({ team, law, line }, n) =>
    make.assigned({ clientKey: clientKey(n), team: id(team), law, line }),
  );
  const { views } = await viewsAfter([events]);
  expect(await views.inflow()).toEqual([
    { team: 'mixed', law: 'WIA', line: undefined, cases: 1 },
    { team: 'mixed', law: 'ZW', line: 'vangnet', cases: 1 },
    { team: 'zw-only', law: 'ZW', line: undefined, cases: 2 },
  ]);
});

test('a client has converged when all five divisions acknowledged the same team', async () => {
  const make = new EventMaker();
  const event = make.assigned({ clientKey: client });
  const acknowledged = allAcknowledge(event, { acknowledgedAtMs: T0 + 500 });
  const [last, ...four] = acknowledged;
  if (last === undefined) throw new Error('five divisions');

  const waiting = await viewsAfter([[event], four]);
  expect(await waiting.views.convergence()).toMatchObject({
    notConverged: 1,
    oldestAgeMs: 60_000,
    oldestClients: [client],
    disagreeing: 0,
    time: { count: 0 },
  });
  expect((await waiting.views.convergence()).divisions).toEqual([
    { division: 'uitkeren', behind: 1, oldestAgeMs: 60_000 },
    ...four.map(({ division }) => ({ division, behind: 0, oldestAgeMs: 0 })),
  ]);
  expect(await waiting.views.clientView(client)).toMatchObject({ behind: ['uitkeren'] });

  const done = await viewsAfter([[event], four, [last]]);
  expect(await done.views.convergence()).toMatchObject({ notConverged: 0, time: { count: 1 } });
  expect((await done.views.convergence()).time.p50Ms).toBeGreaterThanOrEqual(500);
  expect((await done.views.convergence()).time.p50Ms).toBeLessThan(600);
});

test('an acknowledgement that is read before its event counts when the event is there', async () => {
  const event = new EventMaker().assigned({ clientKey: client });
  const early = await viewsAfter([allAcknowledge(event)]);
  expect(await early.views.convergence()).toMatchObject({ notConverged: 0, disagreeing: 0 });
  expect(await early.views.clientView(client)).toBeUndefined();
  const { views } = await viewsAfter([allAcknowledge(event), [event]]);
  expect(await views.convergence()).toMatchObject({ notConverged: 0, time: { count: 1 } });
});

test('a division that acknowledged another team disagrees, until it acknowledges the right one', async () => {
  const event = new EventMaker().assigned({ clientKey: client });
  const wrong = acknowledgementOf(event, 'handhaving', { team: id('zwolle-1') });
  const others = allAcknowledge(event).filter(({ division }) => division !== 'handhaving');
  const split = await viewsAfter([[event, ...others], [wrong]]);
  expect(await split.views.convergence()).toMatchObject({ notConverged: 1, disagreeing: 1 });
  const healed = await viewsAfter([
    [event, ...others],
    [wrong],
    [acknowledgementOf(event, 'handhaving')],
  ]);
  expect(await healed.views.convergence()).toMatchObject({ notConverged: 0, disagreeing: 0 });
});

test('a newer event makes a converged client wait again, from that event on', async () => {
  const make = new EventMaker();
  const first = make.assigned({ clientKey: client });
  const second = make.handedOver({ clientKey: client });
  const { views } = await viewsAfter([[first, ...allAcknowledge(first)], [second]]);
  expect(await views.convergence()).toMatchObject({ notConverged: 1, oldestAgeMs: 59_000 });
  expect((await views.convergence()).divisions.map(({ behind }) => behind)).toEqual([
    1, 1, 1, 1, 1,
  ]);
});

test('an event whose acknowledgements may have been deleted is not waited for', async () => {
  const event = new EventMaker().assigned({ clientKey: client });
  const twoYearsLaterMs = T0 + 2 * 365 * 24 * 3_600_000;
  const { views } = await viewsAfter([[event]], twoYearsLaterMs);
  expect(await views.convergence()).toMatchObject({ notConverged: 0 });
});

test('a repeat changes nothing; a missing number is counted, and what follows is taken in', async () => {
  const make = new EventMaker();
  const [first, , third] = [1, 2, 3].map(() => make.assigned({ clientKey: client }));
  if (first === undefined || third === undefined) throw new Error('three were made');
  const { views, gaps } = await viewsAfter([[first, first], [first], [third]]);
  expect(gaps).toBe(1);
  expect((await views.caseload()).teams).toEqual([{ id: 'utrecht-1', cases: 2, clients: 1 }]);
  expect(await views.clientView(client)).toMatchObject({ sequence: 3 });
});
