import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOAD_ENTRIES_MAX, type ClientState, type OfficeId, type TeamId } from '@smc/domain';
import { UNKNOWN_CLIENT } from '../evolve.ts';
import { rulebookOf } from '../rulebook.ts';
import { lives, organisations } from '../testing/arbitraries.ts';
import { Follower } from '../testing/follow.ts';
import { FULL_ORGANISATION } from '../testing/full-organisation.ts';
import { caseClosed, caseRegistered } from '../testing/intake-events.ts';
import { demarcationOf } from '../testing/small-organisation.ts';
import { LoadCount, stockChanges } from './counting.ts';

const RULEBOOK = rulebookOf([demarcationOf(FULL_ORGANISATION)]);

describe("an office's counters", () => {
  test('are what counting all clients again gives, whatever happens and whenever it answers', () => {
    fc.assert(
      fc.property(organisations, lives, fc.nat(5), (versions, inputs, every) => {
        const rulebook = rulebookOf(versions);
        const follower = new Follower(rulebook);
        for (const [i, input] of inputs.entries()) {
          follower.take(input);
          expect(countersOf(follower)).toEqual(
            recount(follower, (office) => rulebook.counts(office)),
          );
          if (i % (every + 1) === every) follower.deliver();
        }
        follower.deliver();
        expect(follower.underWay).toEqual([]);
        expect(countersOf(follower)).toEqual(
          recount(follower, (office) => rulebook.counts(office)),
        );
      }),
      { numRuns: 400 },
    );
  });

  test('are told nothing of an office that never divides by workload', () => {
    const follower = new Follower(RULEBOOK);
    follower.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3510 AA' }));
    expect([...follower.offices]).toEqual([]);
  });

  test('lose the case of a client who took no team after all', () => {
    const follower = new Follower(RULEBOOK);
    follower.take(caseRegistered({ caseId: 'a', on: '2026-05-01', address: '3010 AA' }));
    expect(follower.offices.get('werf' as OfficeId)?.entries).toMatchObject([{ count: 1 }]);
    follower.take(caseClosed({ caseId: 'a', on: '2026-05-02' }));
    follower.deliver();
    expect(countersOf(follower)).toEqual([]);
  });
});

describe('an activation', () => {
  const dom = 'dom' as OfficeId;
  const client: ClientState = {
    ...UNKNOWN_CLIENT,
    team: 'dom-1' as TeamId,
    office: dom,
    openCases: ['a', 'b'].map((caseId) => ({
      ...caseRegistered({ caseId, on: '2026-05-01' }),
      activity: 'active',
      parked: undefined,
      awaiting: undefined,
    })),
  };
  const none = new Set<OfficeId>();
  const counted = new Set([dom]);
  const entry = { team: 'dom-1', product: 'wia-aanvraag', category: undefined, activity: 'active' };

  test('that begins to count an office tells its stock', () => {
    expect(stockChanges([client, client], { before: none, after: counted })).toEqual([
      { office: 'dom', changes: [{ ...entry, count: 4 }] },
    ]);
  });

  test('that ends the counting takes it back', () => {
    expect(stockChanges([client], { before: counted, after: none })).toEqual([
      { office: 'dom', changes: [{ ...entry, count: -2 }] },
    ]);
  });

  test('that changes nothing for an office tells nothing', () => {
    expect(stockChanges([client], { before: counted, after: counted })).toEqual([]);
    expect(stockChanges([client], { before: none, after: none })).toEqual([]);
  });
});

test('more entries than a record holds come in several lists', () => {
  const count = new LoadCount();
  for (let i = 0; i <= LOAD_ENTRIES_MAX; i++) {
    const product = `p${i}`;
    const kind = { product, category: undefined, activity: 'active' } as const;
    count.add('werf' as OfficeId, { team: 'werf-1' as TeamId, ...kind, count: 1 });
  }
  expect(count.changes().map(({ changes }) => changes.length)).toEqual([LOAD_ENTRIES_MAX, 1]);
});

/** What the offices have counted, less what they have promised and nobody has taken yet. */
function countersOf(follower: Follower) {
  const count = new LoadCount();
  for (const { office, entries } of follower.offices.values()) {
    for (const entry of entries) count.add(office, entry);
  }
  for (const { office, team, counted } of follower.underWay) {
    count.add(office, { team, ...counted, count: -1 });
  }
  return count.changes().filter(({ changes }) => changes.length > 0);
}

function recount(follower: Follower, counts: (office: OfficeId) => boolean) {
  const count = new LoadCount();
  for (const client of follower.clients()) {
    if (client.office !== undefined && counts(client.office)) count.addClient(client, 1);
  }
  return count.changes();
}
