import fc from 'fast-check';
import { isLocalDate } from '@smc/domain';
import { expect, test } from 'vitest';
import { INTAKE_KINDS, type IntakeKind, type ParseContext } from './intake-parser.ts';
import { openIntakeWriter } from './intake-writer.ts';
import {
  BSN,
  CANARY_BSNS,
  CASE,
  CLOSURE,
  memoryBroker,
  memoryRegistry,
  MOVE,
  NOW_MS,
  PARSER,
  STATUS,
} from './testing/fixtures.ts';

const REFUSE: ParseContext = { nowMs: NOW_MS, withoutId: 'refuse' };
const BY_CONTENT: ParseContext = { nowMs: NOW_MS, withoutId: 'by-content' };

function parsed(kind: IntakeKind, body: unknown, context = REFUSE) {
  const result = PARSER.parse(kind, body, context);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

function problems(kind: IntakeKind, body: unknown, context = REFUSE): readonly string[] {
  const result = PARSER.parse(kind, body, context);
  return result.ok ? [] : result.refusal.map(({ field }) => field);
}

test('a case becomes an event with a client key and two digits in the place of the BSN', () => {
  const event = parsed('CaseRegistered', CASE);

  expect(event).toEqual({
    type: 'CaseRegistered',
    eventId: 'e-1',
    clientKey: expect.stringMatching(/^[a-z2-7]{26}$/),
    receivedAtMs: NOW_MS,
    receivedOn: '2026-11-24',
    caseId: 'c-1',
    bsnSuffix: '42',
    addressKind: 'dutch',
    postcode: '3511AB',
    law: 'ZW',
    product: 'herbeoordeling',
    employment: 'vangnet',
    participatiewet: false,
    groups: [],
    formerGroups: [],
    category: undefined,
    employerKey: undefined,
    dossierRef: undefined,
    channel: 'central',
  });
});

test('closures, moves and changes of status become events of the same client', () => {
  const { clientKey } = parsed('CaseRegistered', CASE);

  expect(parsed('CaseClosed', { ...CLOSURE, caseId: 'c-1' })).toMatchObject({
    clientKey,
    caseId: 'c-1',
    closedOn: '2026-11-23',
  });
  expect(parsed('ClientMoved', MOVE)).toMatchObject({ clientKey, postcode: '9711AA' });
  expect(parsed('ClientStatusChanged', STATUS)).toMatchObject({ clientKey, groups: ['police'] });
});

test('the day of receipt is the one in the Netherlands, also where the sender gives the moment', () => {
  const late = parsed('CaseRegistered', { ...CASE, receivedAt: '2026-06-30T22:30:00Z' });
  const offset = parsed('CaseRegistered', { ...CASE, receivedAt: '2026-07-01T00:30:00.5+02:00' });

  expect(late.receivedOn).toBe('2026-07-01');
  expect(offset.receivedAtMs).toBe(Date.parse('2026-06-30T22:30:00.5Z'));
});

const wrong: readonly [title: string, change: object, field: string][] = [
  ['no case id', { caseId: undefined }, 'caseId'],
  ['a case id with a space', { caseId: 'c 1' }, 'caseId'],
  ['a case id of 65 characters', { caseId: 'c'.repeat(65) }, 'caseId'],
  ['no BSN', { bsn: undefined }, 'bsn'],
  ['a BSN that fails the elfproef', { bsn: '999990343' }, 'bsn'],
  ['a BSN of eight digits', { bsn: '99999034' }, 'bsn'],
  ['a BSN as a number', { bsn: 999990342 }, 'bsn'],
  ['a BSN with dots', { bsn: '999.990.342' }, 'bsn'],
  ['an unknown address kind', { addressKind: 'boat' }, 'addressKind'],
  ['a home address without a postcode', { postcode: undefined }, 'postcode'],
  ['a foreign address with a postcode', { addressKind: 'foreign' }, 'postcode'],
  ['a postcode that is none', { postcode: '0511AB' }, 'postcode'],
  ['a postcode that is not given out', { postcode: '3511SS' }, 'postcode'],
  ['a very long postcode', { postcode: `3511AB${' '.repeat(9000)}` }, 'postcode'],
  ['a law that is not on the list', { law: 'WW' }, 'law'],
  ['a product that is not on the list', { product: 'zw' }, 'product'],
  ['an employment that is not on the list', { employment: '' }, 'employment'],
  ['participatiewet as a text', { participatiewet: 'no' }, 'participatiewet'],
  ['participatiewet left out', { participatiewet: undefined }, 'participatiewet'],
  ['groups as a text', { groups: 'klm' }, 'groups'],
  ['the same group twice', { groups: ['klm', 'klm'] }, 'groups'],
  ['a group that is not on the list', { groups: ['navy'] }, 'groups'],
  ['an array of arrays', { groups: [[]] }, 'groups'],
  ['a moment without a time zone', { receivedAt: '2026-11-24T09:30:00' }, 'receivedAt'],
  ['30 February', { receivedAt: '2026-02-30T09:30:00Z' }, 'receivedAt'],
  ['a moment in the future', { receivedAt: '2026-11-25T09:30:00Z' }, 'receivedAt'],
  ['a moment in the year 9999', { receivedAt: '9999-12-31T23:59:59Z' }, 'receivedAt'],
  ['a moment before 1970', { receivedAt: '1900-01-01T00:00:00+14:00' }, 'receivedAt'],
  ['a moment as a number', { receivedAt: NOW_MS }, 'receivedAt'],
  ['null instead of nothing', { dossierRef: null }, 'dossierRef'],
  ['a channel that is none', { channel: 'fax' }, 'channel'],
  ['no event id', { eventId: undefined }, 'eventId'],
  ['a field that does not exist', { name: 'Jansen' }, 'name'],
  ['the BSN as case id', { caseId: BSN }, 'caseId'],
  ['the BSN inside the event id', { eventId: `zaak-${BSN}-1` }, 'eventId'],
  ['the BSN with dots as dossier', { dossierRef: '9999.90.342' }, 'dossierRef'],
  ['the BSN as employer', { employerKey: BSN }, 'employerKey'],
];

test.each(wrong)('%s is refused by the name of the field', (_title, change, field) => {
  const body: unknown = JSON.parse(JSON.stringify({ ...CASE, ...change }));
  expect(problems('CaseRegistered', body)).toEqual([field]);
});

test('all problems are told at once', () => {
  const body = { ...CASE, bsn: '1', law: 'X', extra: 1, participatiewet: 1 };
  expect(problems('CaseRegistered', body)).toEqual(['bsn', 'law', 'participatiewet', 'extra']);
});

test.each([[undefined], [null], ['text'], [7], [[]], [[CASE]]])('%j is no event', (body) => {
  expect(problems('CaseRegistered', body)).toEqual(['']);
});

test('a name out of the prototype is no field', () => {
  const body: unknown = JSON.parse(`{"__proto__":{"caseId":"c"},"constructor":1}`);
  const fields = problems('ClientMoved', body);
  expect(fields).toContain('__proto__');
  expect(fields).toContain('constructor');
});

test('an event without an id takes one of its key, the same for every repeat by the same client', () => {
  const { eventId: _, ...body } = CASE;
  const id = (key: string, change: object = {}) => {
    const context = { nowMs: NOW_MS, withoutId: { idempotencyKey: key } };
    return parsed('CaseRegistered', { ...body, ...change }, context).eventId;
  };

  expect(id('k1')).toBe(id('k1'));
  expect(id('k1')).not.toBe(id('k2'));
  expect(id('k1')).not.toBe(id('k1', { bsn: CANARY_BSNS[1] }));
  expect(id('k1', { eventId: 'own' })).toBe('own');
});

test('an event of a file without an id takes one of what it says, whenever it is read', () => {
  const { eventId: _, ...body } = CASE;
  const id = (change: object = {}, nowMs = NOW_MS) =>
    parsed('CaseRegistered', { ...body, ...change }, { ...BY_CONTENT, nowMs }).eventId;

  expect(id()).toBe(id({}, NOW_MS + 86_400_000));
  expect(id()).toBe(id({ postcode: '3511AB', groups: [] }));
  expect(id()).not.toBe(id({ law: 'WIA' }));
  expect(id()).not.toBe(id({ receivedAt: '2026-11-24T09:30:00Z' }));
});

test('no problem and no event holds the BSN, whatever field it was written in', () => {
  const bsn = fc.constantFrom(...CANARY_BSNS);
  const field = fc.constantFrom(...Object.keys(CASE), 'groups', 'receivedAt', 'channel', 'x');
  const disguise = fc.constantFrom<((digits: string) => unknown)[]>(
    (digits) => digits,
    (digits) => Number(digits),
    (digits) => [digits],
    (digits) => ({ [digits]: digits }),
    (digits) => `x${digits}`,
  );

  fc.assert(
    fc.property(bsn, field, disguise, fc.boolean(), (digits, name, hide, asName) => {
      const change = asName ? { [digits]: 1, [`a${digits}`]: 1 } : { [name]: hide(digits) };
      const body = { ...CASE, bsn: digits, ...change };
      const result = PARSER.parse('CaseRegistered', body, REFUSE);
      expect(JSON.stringify(result)).not.toContain(digits);
    }),
  );
});

test('whatever is said, the answer is problems, or an event that can be written', async () => {
  const log = memoryBroker().connect('intake');
  const writer = await openIntakeWriter({ log, registry: await memoryRegistry() });
  const moment = fc
    .date({ noInvalidDate: true, min: new Date('1800-01-01'), max: new Date('9999-12-31') })
    .map((date) => date.toISOString());
  const day = fc.oneof(
    fc.constant('2026-11-20'),
    fc.string(),
    moment.map((it) => it.slice(0, 10)),
  );
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z0-9._:-]{1,64}$/));
  const changes = fc.record(
    {
      caseId: text,
      receivedAt: fc.oneof(moment, fc.constant('2026-11-20T08:15:00+01:00')),
      closedOn: day,
      movedOn: day,
      changedOn: day,
      postcode: fc.stringMatching(/^[0-9]{4} ?[A-Za-z]{2}$/),
      addressKind: fc.constantFrom('dutch', 'postbus', 'foreign', 'secret', 'none'),
      dossierRef: text,
      employerKey: text,
      groups: fc.subarray(['military', 'klm', 'police']),
      other: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const judged = { bsn: CLOSURE.bsn, caseId: 'c-1', activity: 'idle' };
  const bodies = [CASE, { ...CLOSURE, caseId: 'c-1' }, judged, MOVE, STATUS];
  let accepted = 0;

  fc.assert(
    fc.property(fc.nat(4), changes, (n, change) => {
      const kind = INTAKE_KINDS[n] ?? 'CaseRegistered';
      // Most bodies stay within the fields of their kind, so that many are accepted.
      const own = Object.entries(change).filter(([field]) => field in (PARSER.shapes[kind] ?? {}));
      const body = { ...bodies[n], ...Object.fromEntries(own) };
      const result = PARSER.parse(kind, body, BY_CONTENT);
      if (!result.ok) return result.refusal.every(({ expected }) => expected !== '');
      accepted++;
      const record = writer.record(result.value, { timeMs: NOW_MS });
      return isLocalDate(result.value.receivedOn) && record.value !== undefined;
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(50);
});
