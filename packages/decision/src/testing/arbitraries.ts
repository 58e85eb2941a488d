/** Random small demarcations and random lives of clients, for properties. */
import fc from 'fast-check';
import {
  fromEpochDay,
  isPostcode,
  must,
  toEpochDay,
  type Basis,
  type IntakeEvent,
  type LocalDate,
  type Postcode,
} from '@smc/domain';
import type { Demarcation, Route } from '../demarcation.ts';
import { caseClosed, caseRegistered, clientMoved, statusChanged } from './intake-events.ts';
import { demarcationOf, type DemarcationNotes } from './small-organisation.ts';

const FIRST_DAY = toEpochDay('2026-01-01' as LocalDate);
const DAYS = 900;
const OFFICES = ['dom', 'plas', 'kade'];
const LAWS = ['WIA', 'ZW'];
const PRODUCTS = ['wia-aanvraag', 'herbeoordeling'];
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function postcode(from: number, to: number): fc.Arbitrary<Postcode> {
  const letter = fc.constantFrom(...LETTERS.split(''));
  return fc
    .tuple(fc.integer({ min: from, max: to }), letter, letter)
    .map(([digits, first, second]) => `${digits}${first}${second}`)
    .filter(isPostcode);
}

const day = fc.nat(DAYS).map((n) => fromEpochDay(FIRST_DAY + n));
const someOf = (codes: readonly string[]) => fc.option(fc.subarray([...codes]), { nil: undefined });

const team = fc.record({
  from: fc.oneof(fc.constant('2020-01-01'), day),
  until: fc.option(day),
  laws: someOf(LAWS),
  products: someOf(PRODUCTS),
  postcodes: fc.array(fc.constantFrom('1000-1009', '1000-1004', '1005-1009', '1003AA-1006ZZ'), {
    maxLength: 3,
  }),
  suffixes: fc.array(fc.constantFrom('00-49', '50-99', '00-99'), { maxLength: 2 }),
});

const basis = fc.constantFrom<Basis[]>('postcode', 'bsn', 'postcode', 'bsn', 'manual', 'workload');
const office = fc.record({
  bases: fc.dictionary(fc.oneof(fc.constant('2020-01-01'), day), basis, { maxKeys: 3 }),
  teams: fc.dictionary(fc.constantFrom('t1', 't2', 't3', 't4'), team, { minKeys: 1 }),
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
      routes: fc.record({ postbus: route, foreign: route, secret: route, none: route }),
      offices: fc.tuple(office, office, office),
    })
    .map(({ version, effectiveFrom: from, months, routes, offices }) =>
      demarcationOf({
        version,
        effectiveFrom: from,
        settings: { journeyEndMonths: months, routes },
        offices: Object.fromEntries(offices.map((notes, i) => officeNotes(i, notes))),
      }),
    );
}

/** Up to three versions: the first holds from the start, or nearly. */
export const organisations = fc
  .tuple(
    organisation(fc.constantFrom('2026-01-01', '2026-02-01')),
    fc.array(organisation(day), { maxLength: 2 }),
  )
  .map(([first, later]) => [first, ...later]);

function officeNotes(
  i: number,
  notes: {
    readonly bases: Record<string, Basis>;
    readonly teams: Record<string, { readonly until: string | null } & Record<string, unknown>>;
  },
): [string, DemarcationNotes['offices'][string]] {
  const name = must(OFFICES[i], 'an office has a name');
  const ascending = Object.entries(notes.bases).sort(([a], [b]) => (a < b ? -1 : 1));
  const bases = Object.fromEntries(ascending);
  const teams = Object.fromEntries(
    Object.entries(notes.teams).map(([id, { until, ...rest }]) => [
      `${name}-${id}`,
      until === null ? rest : { ...rest, until },
    ]),
  );
  const postcodes = [`${1000 + 3 * i}-${1002 + 3 * i}`];
  return [name, { bases, teams, postcodes }];
}

const address = fc.oneof(
  { weight: 4, arbitrary: postcode(1000, 1009).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('postbus 1000 GA', 'foreign', 'secret', 'none') },
);

const step = fc.record({
  client: fc.nat(2),
  what: fc.constantFrom('case', 'case', 'case', 'close', 'close', 'move', 'status'),
  caseId: fc.constantFrom('a', 'b', 'c', 'd'),
  /** Mostly forward in time, now and then a late arrival. */
  days: fc.oneof(
    { weight: 4, arbitrary: fc.nat(120) },
    { weight: 1, arbitrary: fc.nat(60).map((n) => -n) },
  ),
  address,
  law: fc.constantFrom(...LAWS),
  product: fc.constantFrom(...PRODUCTS),
});

/** What happens to up to three clients, in the order in which it stands in the log. */
export const lives: fc.Arbitrary<readonly IntakeEvent[]> = fc
  .array(step, { maxLength: 24 })
  .map((steps) => {
    let now = FIRST_DAY;
    return steps.map((taken, i) => {
      now = Math.max(FIRST_DAY, now + taken.days);
      return eventOf(taken, fromEpochDay(now), i);
    });
  });

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function eventOf(taken: Step, on: LocalDate, i: number) {
  const clientKey = must(LETTERS[taken.client], 'a client has a letter').toLowerCase().repeat(26);
  const caseId = `${taken.client}-${taken.caseId}`;
  const common = { on, clientKey, eventId: `e-${i}` };
  const bsn = must(['07', '42', '99'][taken.client], 'a client has a BSN');
  const { law, product } = taken;
  switch (taken.what) {
    case 'case':
      return caseRegistered({ ...common, caseId, bsn, law, product, address: taken.address });
    case 'close':
      return caseClosed({ ...common, caseId });
    case 'move':
      return clientMoved({ ...common, address: taken.address });
    case 'status':
      return statusChanged({ ...common, participatiewet: i % 2 === 0 });
  }
}
