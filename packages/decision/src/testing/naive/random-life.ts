/** Random lives of three clients, with what happens to the router meanwhile. */
import fc from 'fast-check';
import {
  fromEpochDay,
  must,
  type BsnSuffix,
  type CaseActivity,
  type CaseId,
  type ClientKey,
  type EventId,
  type IntakeEvent,
  type LocalDate,
} from '@smc/domain';
import { addressOf } from '../intake-events.ts';
import { CATEGORIES, EMPLOYMENTS, GROUPS } from './random-rules.ts';
import { FIRST_DAY, LAWS, mostly, PRODUCTS } from './random-teams.ts';

export type Step =
  | { readonly kind: 'input'; readonly event: IntakeEvent }
  /** The next version of the organisation becomes active. */
  | { readonly kind: 'activate' }
  /** One message goes to its office, or one answer to its client: which, of those under way. */
  | { readonly kind: 'deliver'; readonly pick: number };

/** No group, so many times as often as one or two. */
function groupsOr(weight: number): fc.Arbitrary<string[]> {
  const some = fc.subarray(GROUPS, { minLength: 1, maxLength: 2 });
  return fc.oneof({ weight, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: some });
}

const status = fc.record({
  participatiewet: mostly(fc.constant(false), fc.constant(true)),
  groups: groupsOr(2),
  formerGroups: groupsOr(4),
});

const address = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.integer({ min: 1000, max: 1009 }), fc.constantFrom('AA', 'AB', 'ZZ'))
      .map(([digits, letters]) => `${digits}${letters}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('postbus 1000 GA', 'foreign', 'secret', 'none') },
);

const draw = fc.record({
  client: fc.nat(2),
  what: fc.oneof(
    { weight: 9, arbitrary: fc.constant('case' as const) },
    { weight: 3, arbitrary: fc.constantFrom('close' as const, 'move' as const) },
    { weight: 2, arbitrary: fc.constantFrom('status' as const, 'reclassify' as const) },
    { weight: 2, arbitrary: fc.constantFrom('close-all' as const, 'repeat' as const) },
    { weight: 6, arbitrary: fc.constant('deliver' as const) },
    { weight: 1, arbitrary: fc.constant('activate' as const) },
  ),
  caseId: fc.nat(11),
  /** Mostly forward in time, now and then a late arrival. */
  days: fc.oneof(
    { weight: 6, arbitrary: fc.nat(8) },
    { weight: 2, arbitrary: fc.nat(250) },
    { weight: 1, arbitrary: fc.nat(60).map((n) => -n) },
  ),
  millis: fc.nat(2),
  /** Days between what happened and when it was told. */
  earlier: mostly(fc.constant(0), fc.integer({ min: -20, max: 60 })),
  address: fc.option(address, { nil: undefined, freq: 2 }),
  status: fc.option(status, { nil: undefined, freq: 2 }),
  law: fc.constantFrom(...LAWS),
  product: fc.constantFrom(...PRODUCTS),
  employment: fc.constantFrom(...EMPLOYMENTS),
  category: fc.option(fc.constantFrom(...CATEGORIES), { nil: undefined }),
  activity: fc.constantFrom<(CaseActivity | undefined)[]>('active', 'idle', undefined),
  pick: fc.nat(30),
});

type Draw = typeof draw extends fc.Arbitrary<infer D> ? D : never;
type Client = {
  readonly clientKey: ClientKey;
  readonly bsnSuffix: BsnSuffix;
  address: string;
  status: Exclude<Draw['status'], undefined>;
};

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** The first 50 bits of a key decide where an area is shared; the rest keeps clients apart. */
const keys = fc.tuple(
  ...['a', 'b', 'c'].map((last) =>
    fc.bigInt({ min: 0n, max: 2n ** 50n - 1n }).map((bits) => {
      const first = Array.from(
        { length: 10 },
        (_, i) => BASE32[Number((bits >> BigInt(45 - 5 * i)) & 31n)],
      );
      return `${first.join('')}${last.repeat(16)}` as ClientKey;
    }),
  ),
);

/** A life of about so many steps, in the order in which it stands in the log. */
export function lives(steps: number): fc.Arbitrary<readonly Step[]> {
  return fc
    .tuple(keys, fc.array(draw, { maxLength: steps, size: 'max' }))
    .map(([clientKeys, draws]) => {
      const clients = clientKeys.map((clientKey, i): Client => {
        const bsnSuffix = must(['07', '49', '99'][i], 'three clients') as BsnSuffix;
        const none = { participatiewet: false, groups: [], formerGroups: [] };
        return { clientKey, bsnSuffix, address: `100${i}AA`, status: none };
      });
      const taken: Step[] = [];
      let today = FIRST_DAY;
      for (const one of draws) {
        today = Math.max(FIRST_DAY, today + one.days);
        taken.push(...stepsOf(one, today, must(clients[one.client], 'three clients'), taken));
      }
      return taken;
    });
}

function stepsOf(one: Draw, today: number, client: Client, before: readonly Step[]): Step[] {
  const eventId = `e-${before.length}` as EventId;
  const caseId = `${one.client}-${one.caseId}` as CaseId;
  const { clientKey, bsnSuffix } = client;
  const receivedOn = fromEpochDay(today);
  const receivedAtMs = today * 86_400_000 + one.millis;
  const happenedOn: LocalDate = fromEpochDay(today - one.earlier);
  const fact = { eventId, clientKey, receivedOn, receivedAtMs };
  const input = (event: IntakeEvent): Step => ({ kind: 'input', event });
  const { law, product, employment, category, activity } = one;
  if (one.what === 'case' || one.what === 'move') client.address = one.address ?? client.address;
  if (one.what === 'case' || one.what === 'status') client.status = one.status ?? client.status;
  switch (one.what) {
    case 'activate':
      return [{ kind: 'activate' }];
    case 'deliver':
      return [{ kind: 'deliver', pick: one.pick }];
    case 'repeat': {
      const inputs = before.filter((step) => step.kind === 'input');
      const again = inputs[one.pick % Math.max(1, inputs.length)];
      return again === undefined ? [] : [again];
    }
    case 'case':
      return [
        input({
          ...fact,
          type: 'CaseRegistered',
          caseId,
          bsnSuffix,
          ...addressOf(client.address),
          ...client.status,
          law,
          product,
          employment,
          category,
          employerKey: undefined,
          dossierRef: undefined,
          channel: 'central',
        }),
      ];
    case 'close':
      return [input({ ...fact, type: 'CaseClosed', caseId, closedOn: happenedOn })];
    case 'close-all':
      return casesOf(clientKey, before).map((id, n) =>
        input({
          ...fact,
          eventId: `${eventId}-${n}` as EventId,
          type: 'CaseClosed',
          caseId: id,
          closedOn: happenedOn,
        }),
      );
    case 'move':
      return [
        input({ ...fact, type: 'ClientMoved', ...addressOf(client.address), movedOn: happenedOn }),
      ];
    case 'status':
      return [
        input({ ...fact, type: 'ClientStatusChanged', ...client.status, changedOn: happenedOn }),
      ];
    case 'reclassify': {
      const about = one.pick % 2 === 0 ? { employment } : { employment: undefined };
      return [input({ ...fact, type: 'CaseReclassified', caseId, ...about, category, activity })];
    }
  }
}

function casesOf(clientKey: ClientKey, before: readonly Step[]): CaseId[] {
  const ids = before.flatMap((step) =>
    step.kind === 'input' && step.event.type === 'CaseRegistered' ? [step.event] : [],
  );
  return [...new Set(ids.filter((e) => e.clientKey === clientKey).map((e) => e.caseId))];
}
