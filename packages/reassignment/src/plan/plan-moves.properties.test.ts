import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FULL_ORGANISATION } from '../../../decision/src/testing/full-organisation.ts';
import { demarcationOf } from '../../../decision/src/testing/small-organisation.ts';
import { keyOf, type ClientNotes } from '../testing/clients.ts';
import { planOf } from '../testing/plan-of.ts';
import { canonicalLine, moveLine } from './canonical-line.ts';
import type { MoveRow } from './plan.ts';

const demarcation = demarcationOf(FULL_ORGANISATION);
const PLACES = ['3510AA', '3560AA', '1350AA', '3010AA', '5005AA', '5050AA', '7550AA', '2550AA'];

const caseNotes = fc.record({
  law: fc.constantFrom('ZW', 'WIA'),
  product: fc.constantFrom('zw-beoordeling', 'herbeoordeling'),
  employment: fc.constantFrom('ww', 'vast-dienstverband'),
  idle: fc.boolean(),
});
const client: fc.Arbitrary<ClientNotes> = fc.record({
  team: fc.constantFrom(...demarcation.teams.keys(), 'weg-1'),
  postcode: fc.constantFrom(...PLACES),
  suffix: fc.constantFrom('07', '77'),
  participatiewet: fc.constantFrom(false, false, false, true),
  groups: fc.constantFrom([], [], [], ['military'], ['police'], ['statushouder']),
  cases: fc.array(caseNotes, { maxLength: 3 }),
});
const clients = fc.array(client, { maxLength: 25 }).map((all) =>
  all.map((one) => ({
    ...one,
    office: demarcation.teams.get(one.team as never)?.office ?? 'weg',
  })),
);
const scopes = fc.constantFrom(
  [],
  ['office=dom', 'office=werf'],
  ['team=veld-1'],
  ['postcode=3500-5050'],
);
const objectives = fc.constantFrom('follow-demarcation', 'exact-shares', 'within-band=20');

/** The clients as they are when the plan has been carried out. */
function carriedOut(
  all: readonly ClientNotes[],
  moves: readonly MoveRow[],
): readonly ClientNotes[] {
  const to = new Map(moves.map((move) => [move.client, move.to]));
  return all.map((notes, i) => ({ ...notes, ...to.get(keyOf(i + 1)) }));
}

test('a plan that has been carried out leaves nothing to move', () => {
  fc.assert(
    fc.property(clients, scopes, objectives, (all, scope, objective) => {
      const first = planOf({ clients: all, demarcation, objective, scope });
      // A scope by team or office is about where clients are now, so it is left out afterwards.
      const moved = carriedOut(all, first.moves);
      const own = first.moves.map(({ client: key }) => `client=${key}`);
      const again = planOf({ clients: moved, demarcation, objective, scope: own });
      expect(own.length === 0 ? [] : again.moves).toEqual([]);
      if (scope.length > 0) return;
      expect(planOf({ clients: moved, demarcation, objective }).moves).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the teams have afterwards what the clients say who have been moved', () => {
  fc.assert(
    fc.property(clients, scopes, objectives, (all, scope, objective) => {
      const { moves, teams } = planOf({ clients: all, demarcation, objective, scope });
      const recount = planOf({ clients: carriedOut(all, moves), demarcation, objective });
      const of = (lines: typeof teams, when: 'before' | 'after') =>
        lines.filter((line) => line[when].clients > 0).map((line) => [line.team, line[when]]);
      expect(of(teams, 'after')).toEqual(of(recount.teams, 'before'));
    }),
    { numRuns: 300 },
  );
});

test('nobody out of scope moves, and everybody is in one count', () => {
  fc.assert(
    fc.property(clients, objectives, (all, objective) => {
      const inScope = all.flatMap(({ team }, i) => (team === 'dom-1' ? [keyOf(i + 1)] : []));
      const { moves, summary } = planOf({
        clients: all,
        demarcation,
        objective,
        scope: ['team=dom-1'],
      });
      expect(inScope).toEqual(expect.arrayContaining(moves.map(({ client: key }) => key)));
      const counts = [...summary.stays, ...summary.fixed, ...summary.uncovered].map(([, n]) => n);
      const sum = counts.reduce((a, b) => a + b, summary.moves + summary.choosing);
      expect(sum).toBe(inScope.length);
    }),
    { numRuns: 300 },
  );
});

test('following a demarcation for a part moves whom it moves for all', () => {
  fc.assert(
    fc.property(clients, (all) => {
      const whole = planOf({ clients: all, demarcation });
      const part = planOf({ clients: all, demarcation, scope: ['postcode=3500-3599'] });
      const keys = new Set(part.moves.map(({ client: key }) => key));
      // Which team an office by workload chooses depends on who else comes.
      const byRule = (moves: readonly MoveRow[]) =>
        moves
          .filter(({ client: key, rule }) => keys.has(key) && rule !== 'workload')
          .map(canonicalLine);
      expect(byRule(part.moves)).toEqual(byRule(whole.moves));
    }),
    { numRuns: 300 },
  );
});

test('a move is written like everything else, with its names in order', () => {
  fc.assert(
    fc.property(clients, objectives, (all, objective) => {
      const { moves } = planOf({ clients: all, demarcation, objective });
      expect(moves.map(moveLine)).toEqual(moves.map(canonicalLine));
    }),
    { numRuns: 100 },
  );
});

test('a line has its names in order, nothing that is undefined, and no number that is not whole', () => {
  expect(canonicalLine({ b: [1, undefined_], a: { d: 'x"', c: true } })).toBe(
    '{"a":{"c":true,"d":"x\\""},"b":[1,{}]}',
  );
  for (const bad of [null, 0.5, Number.NaN, () => 1]) expect(() => canonicalLine(bad)).toThrow();
});
const undefined_ = { gone: undefined };
