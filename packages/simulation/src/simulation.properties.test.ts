import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LoadCount, type Demarcation } from '@smc/decision';
import { lives, organisations } from '@smc/decision/testing/arbitraries';
import { must, type ClientState } from '@smc/domain';
import { OtherTeams } from './other-teams.ts';
import { Simulation } from './simulation.ts';
import { openSimulationCodec } from './simulation-codec.ts';
import { summarise } from './summary.ts';
import { plainScenario } from './testing/scenarios.ts';

const codec = await openSimulationCodec();

function versionsOf(versions: readonly Demarcation[]): readonly [Demarcation, ...Demarcation[]] {
  const [first, ...rest] = versions;
  return [must(first, 'an organisation has a version'), ...rest];
}

test('whatever happens: registered is assigned, parked, refused and repeats, and nothing waits', () => {
  fc.assert(
    fc.property(organisations, lives, (versions, inputs) => {
      const simulation = new Simulation(plainScenario('x', versionsOf(versions)), codec);
      for (const input of inputs) simulation.take(input);
      const { cases, teams, laws, journeys, rules } = summarise(simulation);
      const registered = inputs.filter(({ type }) => type === 'CaseRegistered').length;
      const sum = (counts: readonly { readonly cases: number }[]) =>
        counts.reduce((all, { cases: own }) => all + own, 0);
      expect(cases.registered).toBe(registered);
      expect(cases.awaiting).toBe(0);
      expect(cases.assigned + cases.parked + cases.refused + cases.repeats).toBe(registered);
      expect(sum(laws)).toBe(cases.assigned);
      expect(sum(rules)).toBe(cases.assigned);
      expect(sum(teams)).toBeLessThanOrEqual(cases.assigned);
      expect(journeys.teamsMean ?? 1).toBeGreaterThanOrEqual(1);
      expect(journeys.teamsMax).toBeGreaterThanOrEqual(Math.ceil(journeys.teamsMean ?? 0));
    }),
    { numRuns: 300 },
  );
});

test('what teams have in hand, and who differs between scenarios, equals a recount in the end', () => {
  fc.assert(
    fc.property(organisations, organisations, lives, (one, other, inputs) => {
      const [a, b] = [one, other].map(
        (versions, i) => new Simulation(plainScenario(`s${i}`, versionsOf(versions)), codec),
      );
      if (a === undefined || b === undefined) return;
      const others = new OtherTeams();
      const ends = new Map<string, readonly [ClientState | undefined, ClientState | undefined]>();
      for (const input of inputs) {
        const [first, second] = [a.take(input), b.take(input)];
        others.add(first, second);
        ends.set(input.clientKey, [first.after, second.after]);
      }
      const pairs = [...ends.values()];
      const differing = pairs.filter(([x, y]) => x?.team !== y?.team);
      const both = differing.filter(([x, y]) => x?.team !== undefined && y?.team !== undefined);
      expect(others.moved).toEqual({
        otherTeam: both.length,
        onlyOneHasTeam: differing.length - both.length,
      });

      const recount = new LoadCount();
      for (const [state] of pairs) if (state !== undefined) recount.addClient(state, 1);
      const open = new Map<string, number>();
      for (const { changes } of recount.changes()) {
        for (const { team, count } of changes) open.set(team, (open.get(team) ?? 0) + count);
      }
      for (const { team, open: counted } of summarise(a).teams) {
        expect(counted).toBe(open.get(team) ?? 0);
      }
    }),
    { numRuns: 200 },
  );
});
