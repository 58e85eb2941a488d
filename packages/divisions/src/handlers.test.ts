import { expect, test } from 'vitest';
import type { AssignmentEvent, ContentHash, LocalDate } from '@smc/domain';
import { openMemoryDatabase } from '@smc/subscriber';
import { clientKey, date, EventMaker, id } from '@smc/subscriber/testing';
import { bezwaarEnBeroep } from './bezwaar-en-beroep.ts';
import type { DivisionRules } from './division-rules.ts';
import { handhaving } from './handhaving.ts';
import { klantEnService } from './klant-en-service.ts';
import { uitkeren } from './uitkeren.ts';
import { createWerkbedrijf, type WerkbedrijfOrganisation } from './werkbedrijf.ts';

const client = clientKey(1);
const ON_9 = date('2026-11-09');
const ON_23 = date('2026-11-23');

type Row = {
  readonly when: string;
  readonly events: (make: EventMaker) => readonly AssignmentEvent[];
  readonly says: Readonly<Record<string, unknown>>;
  readonly on?: LocalDate;
};

function answerAfter(rules: DivisionRules, { events, on }: Row) {
  const database = openMemoryDatabase();
  database.exec(rules.handler.tables);
  const apply = rules.handler.prepare(database);
  for (const event of events(new EventMaker())) apply(event);
  return rules.prepareAnswers(database)(client, on);
}

const assign = (make: EventMaker, more = {}) => make.assigned({ clientKey: client, ...more });
const toUtrecht2 = (make: EventMaker, more = {}) =>
  make.handedOver({ clientKey: client, team: id('utrecht-2'), effectiveOn: ON_23, ...more });
const park = (make: EventMaker, more = {}) => make.parked({ clientKey: client, ...more });
const release = (make: EventMaker, more = {}) => make.released({ clientKey: client, ...more });

test.each<Row>([
  {
    when: 'a case is assigned',
    events: (make) => [assign(make, { effectiveOn: ON_9 })],
    says: {
      staffGroup: 'verzuimbeheer/midden/utrecht-1',
      district: 'midden',
      since: ON_9,
      previousTeam: null,
    },
  },
  {
    when: 'another case of the client goes to the same team',
    events: (make) => [assign(make, { effectiveOn: ON_9 }), assign(make, { effectiveOn: ON_23 })],
    says: { staffGroup: 'verzuimbeheer/midden/utrecht-1', since: ON_9, previousTeam: null },
  },
  {
    when: 'the client is handed over inside the office',
    events: (make) => [assign(make, { effectiveOn: ON_9 }), toUtrecht2(make)],
    says: {
      staffGroup: 'verzuimbeheer/midden/utrecht-2',
      since: ON_23,
      previousTeam: 'utrecht-1',
    },
  },
  {
    when: 'one case is parked and another closed',
    events: (make) => [assign(make, { effectiveOn: ON_9 }), park(make), release(make)],
    says: { staffGroup: 'verzuimbeheer/midden/utrecht-1', since: ON_9 },
  },
])('Uitkeren: the staff group when $when', (row) => {
  expect(answerAfter(uitkeren, row)).toMatchObject({ allotment: row.says });
});

test('Uitkeren: a client who is only parked is not allotted yet', () => {
  const row = { when: '', events: (make: EventMaker) => [park(make)], says: {} };
  expect(answerAfter(uitkeren, row)).toEqual({ allotment: null });
});

const VERSION_2 = 'cd'.repeat(32) as ContentHash;
const organisation: WerkbedrijfOrganisation = {
  need: async () => {},
  officeOf(version, region) {
    if (region !== 'midden-utrecht') return undefined;
    const office = version === VERSION_2 ? 'wb-nieuw' : 'wb-utrecht';
    return { office: id(office), rayon: id('rayon-7') };
  },
};

test.each<Row>([
  {
    when: 'a case is assigned',
    events: (make) => [assign(make)],
    says: {
      smzOffice: 'utrecht',
      werkbedrijf: { office: 'wb-utrecht', rayon: 'rayon-7', arbeidsmarktregio: 'midden-utrecht' },
    },
  },
  {
    when: 'a newer demarcation decided on the handover',
    events: (make) => [assign(make), toUtrecht2(make, { demarcationHash: VERSION_2 })],
    says: {
      smzOffice: 'utrecht',
      werkbedrijf: { office: 'wb-nieuw', rayon: 'rayon-7', arbeidsmarktregio: 'midden-utrecht' },
    },
  },
  {
    when: 'the client has no Dutch address any more',
    events: (make) => [
      assign(make),
      toUtrecht2(make, { office: id('zwolle'), arbeidsmarktregio: undefined }),
    ],
    says: {
      smzOffice: 'zwolle',
      werkbedrijf: { office: 'wb-utrecht', rayon: 'rayon-7', arbeidsmarktregio: 'midden-utrecht' },
    },
  },
  {
    when: 'no region was ever known',
    events: (make) => [assign(make, { arbeidsmarktregio: undefined })],
    says: { smzOffice: 'utrecht', werkbedrijf: null },
  },
  {
    when: 'the version names no office for the region',
    events: (make) => [assign(make, { arbeidsmarktregio: id('nergens') })],
    says: {
      smzOffice: 'utrecht',
      werkbedrijf: { office: null, rayon: null, arbeidsmarktregio: 'nergens' },
    },
  },
  {
    when: 'the client is only parked',
    events: (make) => [park(make)],
    says: { smzOffice: null, werkbedrijf: null },
  },
  {
    when: 'a case is closed',
    events: (make) => [assign(make), release(make)],
    says: {
      smzOffice: 'utrecht',
      werkbedrijf: { office: 'wb-utrecht', rayon: 'rayon-7', arbeidsmarktregio: 'midden-utrecht' },
    },
  },
])('Werkbedrijf: its own office when $when', (row) => {
  expect(answerAfter(createWerkbedrijf(organisation), row)).toEqual(row.says);
});

test('Werkbedrijf asks for every version that decided, once per batch', async () => {
  const needed: ReadonlySet<ContentHash>[] = [];
  const rules = createWerkbedrijf({
    ...organisation,
    need: async (versions) => void needed.push(versions),
  });
  const make = new EventMaker();
  const events = [assign(make), assign(make), toUtrecht2(make, { demarcationHash: VERSION_2 })];
  const { signal } = new AbortController();
  await rules.handler.need?.([...events, park(make), release(make)], signal);
  expect(needed).toEqual([new Set(['ab'.repeat(32), VERSION_2])]);
});

const case1 = { caseId: 'case-1', law: 'WIA', product: 'wia-aanvraag', parked: null };
test.each<Row>([
  {
    when: 'a case is assigned',
    events: (make) => [assign(make, { caseId: id('case-1'), effectiveOn: ON_9 })],
    says: { office: 'utrecht', since: ON_9, openCases: [case1] },
  },
  {
    when: 'the client is handed over',
    events: (make) => [assign(make, { caseId: id('case-1'), effectiveOn: ON_9 }), toUtrecht2(make)],
    says: { office: 'utrecht', since: ON_23, openCases: [case1] },
  },
  {
    when: 'the only case is parked',
    events: (make) => [park(make, { caseId: id('case-1'), code: 'ADDRESS_SECRET' })],
    says: { office: null, since: null, openCases: [{ ...case1, parked: 'ADDRESS_SECRET' }] },
  },
  {
    when: 'a parked case has been placed',
    events: (make) => [
      park(make, { caseId: id('case-1') }),
      assign(make, { caseId: id('case-1'), effectiveOn: ON_9 }),
    ],
    says: { office: 'utrecht', since: ON_9, openCases: [case1] },
  },
  {
    when: 'one of two cases is closed',
    events: (make) => [
      assign(make, { caseId: id('case-1'), effectiveOn: ON_9 }),
      assign(make, { caseId: id('case-2'), effectiveOn: ON_23 }),
      release(make, { caseId: id('case-2') }),
    ],
    says: { office: 'utrecht', since: ON_9, openCases: [case1] },
  },
])('Klant & Service: who helps and what is open when $when', (row) => {
  expect(answerAfter(klantEnService, row)).toEqual(row.says);
});

const history: Row['events'] = (make) => [
  park(make),
  assign(make, { effectiveOn: ON_9 }),
  assign(make, { effectiveOn: date('2026-11-10') }),
  toUtrecht2(make, { effectiveOn: ON_23 }),
  release(make),
];
test.each<Row>([
  {
    when: 'on the day before the first case',
    on: date('2026-11-08'),
    events: history,
    says: { team: null, office: null },
  },
  { when: 'on the first day', on: ON_9, events: history, says: { team: 'utrecht-1' } },
  {
    when: 'on the last day before the handover',
    on: date('2026-11-22'),
    events: history,
    says: { team: 'utrecht-1', office: 'utrecht' },
  },
  { when: 'on the day of the handover', on: ON_23, events: history, says: { team: 'utrecht-2' } },
  { when: 'long after', on: date('2030-01-01'), events: history, says: { team: 'utrecht-2' } },
  {
    when: 'when a later decision names an earlier day',
    on: date('2026-11-22'),
    events: (make) => [
      assign(make, { effectiveOn: ON_23 }),
      toUtrecht2(make, { effectiveOn: date('2026-11-20') }),
    ],
    says: { team: null },
  },
  {
    when: 'when a later decision names an earlier day, from the day of the first',
    on: ON_23,
    events: (make) => [
      assign(make, { effectiveOn: ON_23 }),
      toUtrecht2(make, { effectiveOn: date('2026-11-20') }),
    ],
    says: { team: 'utrecht-2' },
  },
])('Bezwaar & Beroep: the team $when', (row) => {
  expect(answerAfter(bezwaarEnBeroep, row)).toMatchObject(row.says);
});

test('Bezwaar & Beroep: the stays of a client join without a gap', () => {
  expect(answerAfter(bezwaarEnBeroep, { when: '', events: history, says: {} })).toEqual({
    history: [
      { team: 'utrecht-1', office: 'utrecht', since: ON_9, until: ON_23 },
      { team: 'utrecht-2', office: 'utrecht', since: ON_23, until: null },
    ],
  });
});

test.each<Row>([
  { when: 'a case is assigned', events: (make) => [assign(make)], says: { office: 'utrecht' } },
  {
    when: 'the client is handed over to another office',
    events: (make) => [
      assign(make),
      toUtrecht2(make, { office: id('zwolle'), district: id('oost') }),
    ],
    says: { office: 'zwolle', district: 'oost' },
  },
  { when: 'the client is only parked', events: (make) => [park(make)], says: { office: null } },
  {
    when: 'a case is closed',
    events: (make) => [assign(make), release(make)],
    says: { office: 'utrecht', district: 'midden' },
  },
])('Handhaving: the office of the current team when $when', (row) => {
  expect(answerAfter(handhaving, row)).toMatchObject(row.says);
});
