import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewestMoves, type ClientsAlike, type Room } from './fewest-moves.ts';

const group = (team: number, may: readonly number[], clients: number, work: 0 | 1 | 2 = 0) => ({
  clients,
  team,
  may,
  work,
});

describe('the fewest moves', () => {
  test('nobody moves where everybody is right', () => {
    const found = fewestMoves(
      [group(0, [0, 1], 3)],
      [
        { least: 0, most: 3 },
        { least: 0, most: 3 },
      ],
    );
    expect(found).toEqual({ moves: 0, lowerBound: 0, leaving: [[]] });
  });

  test('go by a third team where the clients of the first may not go to the last', () => {
    const rooms = [
      { least: 1, most: 1 },
      { least: 1, most: 1 },
      { least: 1, most: 1 },
    ];
    const found = fewestMoves([group(0, [0, 1], 2), group(1, [1, 2], 1)], rooms);
    expect(found).toMatchObject({ moves: 2, lowerBound: 2 });
  });

  test('take clients without open work first', () => {
    const groups = [group(0, [0, 1], 2, 2), group(0, [0, 1], 1, 0), group(0, [0, 1], 1, 1)];
    const found = fewestMoves(groups, [
      { least: 2, most: 2 },
      { least: 2, most: 2 },
    ]);
    expect(found?.leaving.map((of) => of.length)).toEqual([0, 1, 1]);
  });

  test('there are none where a team lacks clients that may go to it', () => {
    const rooms = [
      { least: 0, most: 9 },
      { least: 1, most: 9 },
    ];
    expect(fewestMoves([group(0, [0], 3)], rooms)).toBeUndefined();
    expect(fewestMoves([group(0, [0], 3)], [{ least: 0, most: 2 }])).toBeUndefined();
  });
});

const within = (n: number, least: number, most: number) => n >= least && n <= most;

/** Every way to divide the clients, one by one. */
function bruteForce(groups: readonly ClientsAlike[], rooms: readonly Room[]) {
  const clients = groups.flatMap((of) => Array.from({ length: of.clients }, () => of));
  const counts = rooms.map(() => 0);
  let best: readonly [number, number] | undefined;
  const go = (i: number, moves: number, work: number) => {
    const client = clients[i];
    if (client === undefined) {
      const fits = rooms.every(({ least, most }, t) => within(counts[t] ?? 0, least, most));
      if (!fits) return;
      if (best === undefined || moves < best[0] || (moves === best[0] && work < best[1])) {
        best = [moves, work];
      }
      return;
    }
    for (const to of new Set([client.team, ...client.may])) {
      counts[to] = (counts[to] ?? 0) + 1;
      if (to === client.team) go(i + 1, moves, work);
      else go(i + 1, moves + 1, work + client.work);
      counts[to] = (counts[to] ?? 0) - 1;
    }
  };
  go(0, 0, 0);
  return best;
}

const TEAMS = 3;
const team = fc.integer({ min: 0, max: TEAMS - 1 });
const groupOf = fc.record({
  clients: fc.integer({ min: 0, max: 3 }),
  team,
  may: fc.uniqueArray(team, { maxLength: TEAMS }),
  work: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
});
const room = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }))
  .map(([least, more]) => ({ least, most: least + more }));

test(
  'as few, with as little open work, as trying every division finds',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(
        fc.array(groupOf, { maxLength: 3 }),
        fc.array(room, { minLength: TEAMS, maxLength: TEAMS }),
        (groups, rooms) => {
          const found = fewestMoves(groups, rooms);
          const work = found?.leaving.reduce(
            (sum, of, i) =>
              of.reduce((all, { clients }) => all + clients * (groups[i]?.work ?? 0), sum),
            0,
          );
          const best = bruteForce(groups, rooms);
          expect(found && [found.moves, work]).toEqual(best);
          expect(found?.lowerBound).toBe(found?.moves);
        },
      ),
      { numRuns: 10_000 },
    );
  },
);
