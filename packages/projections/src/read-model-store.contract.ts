import { afterAll, beforeAll, expect, test } from 'vitest';
import { isIdentifier, must, type CaseId, type ClientKey } from '@smc/domain';
import { clientKey, date, id } from '@smc/subscriber/testing';
import type { Namespace, ReadModelStore } from './read-model-store.ts';
import type { ViewChanges } from './view-changes.ts';
import { UNKNOWN_CLIENT, type CaseView, type ClientView } from './views.ts';

export function namespace(text: string): Namespace {
  return must(isIdentifier<'Namespace'>(text) ? text : undefined, `${text} is no namespace`);
}

const nothing: ViewChanges = {
  clients: new Map(),
  cases: new Map(),
  counts: new Map(),
  rankings: new Map(),
  positions: [],
};
const at = (partition: number, offset: number) => ({ topic: 'smc.assignments', partition, offset });

const caseView: CaseView = {
  clientKey: clientKey(1),
  status: 'assigned',
  law: 'WIA',
  product: 'wia-aanvraag',
  receivedAtMs: 1,
  changedAtMs: 2,
  rule: 'postcode',
  effectiveOn: date('2026-11-23'),
  explanation: [{ code: 'BASIS_OF_OFFICE', parameters: ['utrecht', 'postcode'] }],
};

/** What every store of read models does; run on each of them. */
export function testReadModelStore(open: () => Promise<ReadModelStore>): void {
  let store: ReadModelStore;
  let made = 0;
  beforeAll(async () => void (store = await open()));
  afterAll(() => store.close());

  async function fresh(): Promise<Namespace> {
    const created = namespace(`n-${made++}`);
    await store.create(created);
    return created;
  }

  test('a namespace begins empty, at version 0, unseen by readers', async () => {
    const ns = await fresh();
    expect(await store.standing(ns)).toEqual({ version: 0, positions: [] });
    expect(await store.current()).not.toBe(ns);
    expect(await store.clients(ns, [clientKey(1)])).toEqual(new Map());
    expect(await store.counts(ns, 'assigned')).toEqual(new Map());
    expect(await store.oldest(ns, 'parked-all', 10)).toEqual([]);
    expect(await store.size(ns, 'parked-all')).toBe(0);
  });

  test('a namespace that was never made has no standing, and nothing is applied to it', async () => {
    const never = namespace('never');
    expect(await store.standing(never)).toBeUndefined();
    expect(await store.apply(never, 0, nothing)).toBe(false);
    expect(await store.publish(never)).toBe(false);
    expect(await store.standing(never)).toBeUndefined();
  });

  test('a batch is found again, whole: documents, counts, rankings, positions', async () => {
    const ns = await fresh();
    const client: ClientView = { ...UNKNOWN_CLIENT, team: id('utrecht-1'), placed: [id('case-1')] };
    const applied = await store.apply(ns, 0, {
      clients: new Map([[clientKey(1), client]]),
      cases: new Map([[id<'CaseId'>('case-1'), caseView]]),
      counts: new Map([['cases-by-team', new Map([['utrecht-1', 2]])]]),
      rankings: new Map([
        [
          'parked-all',
          new Map([
            ['case-2', 20],
            ['case-1', 10],
          ]),
        ],
      ]),
      positions: [at(0, 7), at(1, 9)],
    });
    expect(applied).toBe(true);
    expect(await store.standing(ns)).toEqual({
      version: 1,
      positions: expect.arrayContaining([at(0, 7), at(1, 9)]),
    });
    expect(await store.clients(ns, [clientKey(2), clientKey(1)])).toEqual(
      new Map<ClientKey, ClientView>([[clientKey(1), client]]),
    );
    expect(await store.cases(ns, [id('case-1')])).toEqual(
      new Map<CaseId, CaseView>([[id('case-1'), caseView]]),
    );
    expect(await store.counts(ns, 'cases-by-team')).toEqual(new Map([['utrecht-1', 2]]));
    expect(await store.oldest(ns, 'parked-all', 10)).toEqual([
      { member: 'case-1', atMs: 10 },
      { member: 'case-2', atMs: 20 },
    ]);
  });

  test('the same batch a second time changes nothing', async () => {
    const ns = await fresh();
    const batch = { ...nothing, counts: new Map([['assigned', new Map([['a/bsn', 1]])]] as const) };
    expect(await store.apply(ns, 0, batch)).toBe(true);
    expect(await store.apply(ns, 0, batch)).toBe(false);
    expect(await store.counts(ns, 'assigned')).toEqual(new Map([['a/bsn', 1]]));
  });

  test('counts add up, and one that is back at nothing is gone', async () => {
    const ns = await fresh();
    const add = (version: number, by: number) =>
      store.apply(ns, version, {
        ...nothing,
        counts: new Map([
          [
            'cases-by-team',
            new Map([
              ['a', by],
              ['b', 1],
            ]),
          ],
        ] as const),
      });
    await add(0, 2);
    await add(1, -2);
    expect(await store.counts(ns, 'cases-by-team')).toEqual(new Map([['b', 2]]));
  });

  test('members move and leave; the oldest come first, at most as many as asked', async () => {
    const ns = await fresh();
    const rank = (version: number, members: readonly (readonly [string, number | undefined])[]) =>
      store.apply(ns, version, {
        ...nothing,
        rankings: new Map([['not-converged', new Map(members)]] as const),
      });
    await rank(0, [
      ['a', 3],
      ['b', 2],
      ['c', 1],
    ]);
    await rank(1, [
      ['c', undefined],
      ['a', 1.5e12],
      ['nobody', undefined],
    ]);
    expect(await store.size(ns, 'not-converged')).toBe(2);
    expect(await store.oldest(ns, 'not-converged', 1)).toEqual([{ member: 'b', atMs: 2 }]);
    expect(await store.oldest(ns, 'not-converged', 9)).toEqual([
      { member: 'b', atMs: 2 },
      { member: 'a', atMs: 1.5e12 },
    ]);
    expect(await store.oldest(ns, 'not-converged', 0)).toEqual([]);
  });

  test('a batch of thousands is applied and read as one', async () => {
    const ns = await fresh();
    const keys = Array.from({ length: 2_500 }, (_, n) => clientKey(n));
    const applied = await store.apply(ns, 0, {
      ...nothing,
      clients: new Map(keys.map((key, n) => [key, { ...UNKNOWN_CLIENT, sequence: n }])),
      rankings: new Map([['not-converged', new Map(keys.map((key, n) => [key, n]))]] as const),
    });
    expect(applied).toBe(true);
    const found = await store.clients(ns, keys);
    expect(found.size).toBe(2_500);
    expect(found.get(clientKey(2_499))?.sequence).toBe(2_499);
    expect(await store.size(ns, 'not-converged')).toBe(2_500);
  });

  test('publishing makes a namespace the current one and removes every other', async () => {
    const old = await fresh();
    await store.apply(old, 0, { ...nothing, clients: new Map([[clientKey(1), UNKNOWN_CLIENT]]) });
    expect(await store.publish(old)).toBe(true);
    expect(await store.current()).toBe(old);
    const given = await fresh();
    await store.apply(given, 0, { ...nothing, positions: [at(0, 5)] });
    expect(await store.publish(given)).toBe(true);
    expect(await store.current()).toBe(given);
    expect(await store.standing(given)).toEqual({ version: 1, positions: [at(0, 5)] });
    expect(await store.standing(old)).toBeUndefined();
    expect(await store.clients(old, [clientKey(1)])).toEqual(new Map());
    expect(await store.apply(old, 1, nothing)).toBe(false);
  });

  test('a namespace that was given up is gone', async () => {
    const ns = await fresh();
    await store.drop(ns);
    expect(await store.standing(ns)).toBeUndefined();
    expect(await store.publish(ns)).toBe(false);
  });
}
