import { expect, test } from 'vitest';
import { FULL_ORGANISATION } from '@smc/decision/testing/full-organisation';
import { caseRegistered } from '@smc/decision/testing/intake-events';
import { demarcationOf } from '@smc/decision/testing/small-organisation';
import { Simulation } from '../simulation.ts';
import { openSimulationCodec } from '../simulation-codec.ts';
import { summarise } from '../summary.ts';
import { plainScenario } from '../testing/scenarios.ts';

test('what comes of each line is counted: its cases and its clients (B13)', async () => {
  const scenario = plainScenario('lines', [demarcationOf(FULL_ORGANISATION)]);
  const simulation = new Simulation(scenario, await openSimulationCodec());
  const told = [
    ['a', 'tijdelijk-dienstverband'],
    ['a', 'ww'],
    ['b', 'ww'],
    ['c', 'vast-dienstverband'],
    ['d', 'geen'],
  ] as const;
  for (const [n, [client, employment]] of told.entries()) {
    const about = { clientKey: client.repeat(26), caseId: `case-${n}`, on: '2026-05-01' };
    simulation.take(caseRegistered({ ...about, address: '7510 AA', employment }));
  }

  const { lines, cases } = summarise(simulation);
  expect(lines).toEqual([
    { name: 'vangnet', cases: 3, clients: 2 },
    { name: 'werkgever', cases: 1, clients: 1 },
  ]);
  expect(cases).toMatchObject({ assigned: 4, parked: 1 });
});
