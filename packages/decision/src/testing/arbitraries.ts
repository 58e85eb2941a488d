/** Random small demarcations and random lives of clients, for properties. */
import fc from 'fast-check';
import {
  fromEpochDay,
  isPostcode,
  must,
  toEpochDay,
  type Basis,
  type CaseActivity,
  type IntakeEvent,
  type LocalDate,
  type Postcode,
  type TeamId,
} from '@smc/domain';
import {
  DEFAULT_PRECEDENCE,
  type Demarcation,
  type PrecedenceRule,
  type Route,
  type Settings,
} from '../demarcation.ts';
import {
  caseClosed,
  caseReclassified,
  caseRegistered,
  clientMoved,
  statusChanged,
} from './intake-events.ts';
import { demarcationOf, type DemarcationNotes } from './small-organisation.ts';

const FIRST_DAY = toEpochDay('2026-01-01' as LocalDate);
const DAYS = 900;
const OFFICES = ['dom', 'plas', 'kade'];
const LAWS = ['WIA', 'ZW'];
const PRODUCTS = ['wia-aanvraag', 'herbeoordeling'];
const GROUPS = ['military', 'klm', 'police', 'statushouder', 'banenafspraak'];
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function postcode(from: number, to: number): fc.Arbitrary<Postcode> {
  const letter = fc.constantFrom(...LETTERS.split(''));
  return fc
    .tuple(fc.integer({ min: from, max: to }), letter, letter)
    .map(([digits, first, second]) => `${digits}${first}${second}`)
    .filter(isPostcode);
}

const day = fc.nat(DAYS).map((n) => fromEpochDay(FIRST_DAY + n));
const often = <T, U>(usual: fc.Arbitrary<T>, now: fc.Arbitrary<U>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: now });
const someOf = (codes: readonly string[]) =>
  often(fc.constant(undefined), fc.subarray([...codes], { minLength: 1 }));

const team = fc.record({
  from: often(fc.constant('2020-01-01'), day),
  until: fc.oneof(fc.constant(undefined), day),
  laws: someOf(LAWS),
  products: someOf(PRODUCTS),
  postcodes: fc.subarray(['1000-1009', '1000-1004', '1005-1009', '1003AA-1006ZZ']),
  suffixes: fc.subarray(['00-49', '50-99', '00-99']),
  hours: fc.constantFrom(undefined, 0, 12, 36, 36),
  lines: someOf(['vangnet', 'werkgever']),
});

const basis = fc.constantFrom<Basis[]>('postcode', 'bsn', 'postcode', 'bsn', 'manual', 'workload');
const office = fc.record({
  begins: often(fc.constant('2020-01-01'), day),
  first: basis,
  switches: fc.array(fc.tuple(day, basis), { maxLength: 2 }),
  teams: fc.array(team, { minLength: 1, maxLength: 4, size: 'max' }),
});

const route: fc.Arbitrary<Route> = fc.oneof(
  fc.constant<Route>({ kind: 'park' }),
  fc.constantFrom(...OFFICES).map((name) => ({ kind: 'office', office: name }) as Route),
);

/** An organisation of three offices that share 1000 to 1008 between them; 1009 belongs to none. */
export function organisation(effectiveFrom: fc.Arbitrary<string>): fc.Arbitrary<Demarcation> {
  return fc
    .record({
      version: fc.constantFrom('v1', 'v2', 'v3'),
      effectiveFrom,
      months: fc.nat(12),
      onMove: fc.constantFrom<Settings['onMove'][]>('keep-team', 'keep-team', 'by-address'),
      precedence: precedences,
      appointed: fc.boolean(),
      routes: fc.record({ postbus: route, foreign: route, secret: route, none: route }),
      offices: fc.tuple(office, office, office),
    })
    .map(
      ({ version, effectiveFrom: from, months, routes, onMove, precedence, appointed, offices }) =>
        demarcationOf({
          version,
          effectiveFrom: from,
          settings: { journeyEndMonths: months, routes, onMove, precedence },
          rules: appointed ? APPOINTED : {},
          offices: {
            ...Object.fromEntries(offices.map((notes, i) => officeNotes(i, notes))),
            stad: STAD,
          },
        }),
    );
}

/** Any order with area as the last. */
const precedences = fc.oneof(
  fc.constant(DEFAULT_PRECEDENCE),
  fc
    .shuffledSubarray(
      DEFAULT_PRECEDENCE.filter((rule) => rule !== 'area'),
      { minLength: 4 },
    )
    .map((rules): readonly PrecedenceRule[] => [...rules, 'area']),
);

/** Who helps the clients that are not helped by area. */
const STAD: DemarcationNotes['offices'][string] = {
  bases: { '2020-01-01': 'manual' },
  postcodes: [],
  teams: {
    pw: { profile: 'participatiewet' },
    mil: { profile: 'special-group' },
    klm: { profile: 'special-group' },
    rust: { profile: 'special-group' },
  },
};
const id = (text: string) => text as TeamId;
const APPOINTED: NonNullable<DemarcationNotes['rules']> = {
  participatiewet: { naloopMonths: 3, team: id('pw'), byOffice: new Map() },
  specialGroups: [
    { group: 'military', team: id('mil'), members: 'current-or-former' },
    { group: 'klm', team: id('klm'), members: 'current' },
    { group: 'police', team: undefined, members: 'current-or-former' },
  ],
  exclusions: [
    { id: 'x1', group: 'statushouder', until: '2027-01-01' as LocalDate, team: id('rust') },
    { id: 'x2', group: 'banenafspraak', until: undefined, team: undefined },
  ],
  lines: [
    { law: 'WIA', employment: 'vast-dienstverband', line: 'werkgever' },
    { law: 'ZW', employment: 'ww', line: 'vangnet' },
  ],
};

/** Up to three versions: the first holds from the start, or nearly. */
export const organisations = fc
  .tuple(
    organisation(fc.constantFrom('2026-01-01', '2026-02-01')),
    fc.array(organisation(day), { maxLength: 2 }),
  )
  .map(([first, later]) => [first, ...later]);

function officeNotes(
  i: number,
  { begins, first, switches, teams }: OfficeDraw,
): [string, DemarcationNotes['offices'][string]] {
  const name = must(OFFICES[i], 'an office has a name');
  const bases = [[begins, first] as const, ...switches].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    name,
    {
      bases: Object.fromEntries(bases),
      postcodes: [`${1000 + 3 * i}-${1002 + 3 * i}`],
      teams: Object.fromEntries(teams.map((notes, n) => [`${name}-${n}`, notes])),
    },
  ];
}

type OfficeDraw = typeof office extends fc.Arbitrary<infer O> ? O : never;

const address = fc.oneof(
  { weight: 4, arbitrary: postcode(1000, 1009).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('postbus 1000 GA', 'foreign', 'secret', 'none') },
);

const step = fc.record({
  client: fc.nat(1),
  what: fc.constantFrom(
    ...(['case', 'case', 'case', 'case', 'close', 'close-all', 'move', 'status', 'judge'] as const),
  ),
  caseId: fc.constantFrom(...'abcdefgh'.split('')),
  /** Mostly forward in time, now and then a late arrival. */
  days: fc.oneof(
    { weight: 4, arbitrary: fc.nat(120) },
    { weight: 1, arbitrary: fc.nat(60).map((n) => -n) },
  ),
  address,
  law: fc.constantFrom(...LAWS),
  product: fc.constantFrom(...PRODUCTS),
  employment: fc.constantFrom('vast-dienstverband', 'ww', 'geen'),
  participatiewet: often(fc.constant(false), fc.constant(true)),
  groups: often(fc.constant([]), fc.subarray(GROUPS)),
  formerGroups: often(fc.constant([]), fc.subarray(GROUPS)),
  activity: fc.constantFrom<(CaseActivity | undefined)[]>('active', 'idle', undefined),
});

/** What happens to two clients, in the order in which it stands in the log. */
export const lives: fc.Arbitrary<readonly IntakeEvent[]> = fc
  .array(step, { maxLength: 30, size: 'max' })
  .map((steps) => {
    let now = FIRST_DAY;
    const events: IntakeEvent[] = [];
    for (const taken of steps) {
      now = Math.max(FIRST_DAY, now + taken.days);
      events.push(...eventsOf(taken, fromEpochDay(now), events));
    }
    return events;
  });

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function eventsOf(taken: Step, on: LocalDate, before: readonly IntakeEvent[]): IntakeEvent[] {
  const clientKey = must(LETTERS[taken.client], 'a client has a letter').toLowerCase().repeat(26);
  const caseId = `${taken.client}-${taken.caseId}`;
  const common = { on, clientKey, eventId: `e-${before.length}` };
  const bsn = must(['07', '99'][taken.client], 'a client has a BSN');
  const { law, product, employment, participatiewet, groups, formerGroups, activity } = taken;
  const status = { participatiewet, groups, formerGroups };
  switch (taken.what) {
    case 'case':
      return [
        caseRegistered({
          ...common,
          ...status,
          caseId,
          bsn,
          law,
          product,
          employment,
          address: taken.address,
        }),
      ];
    case 'close':
      return [caseClosed({ ...common, caseId })];
    case 'close-all': {
      const own = before.filter((event) => event.clientKey === clientKey);
      const cases = own.flatMap((event) => (event.type === 'CaseRegistered' ? [event.caseId] : []));
      return [...new Set(cases)].map((id) => caseClosed({ on, clientKey, caseId: id }));
    }
    case 'move':
      return [clientMoved({ ...common, address: taken.address })];
    case 'status':
      return [statusChanged({ ...common, ...status })];
    case 'judge':
      return [caseReclassified({ ...common, caseId, employment, ...(activity && { activity }) })];
  }
}
