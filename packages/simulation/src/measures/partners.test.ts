import { expect, test } from 'vitest';
import type { ArbeidsmarktregioId, Basis, OfficeId, WerkbedrijfOfficeId } from '@smc/domain';
import { caseRegistered } from '@smc/decision/testing/intake-events';
import { demarcationOf } from '@smc/decision/testing/small-organisation';
import { Simulation } from '../simulation.ts';
import { openSimulationCodec } from '../simulation-codec.ts';
import { summarise } from '../summary.ts';
import { plainScenario } from '../testing/scenarios.ts';

const codec = await openSimulationCodec();
const WEST = 'west' as ArbeidsmarktregioId;
const EAST = 'east' as ArbeidsmarktregioId;

/** One office of two regions: its first team has the west by postcode, and the low digits by BSN. */
function summaryBy(basis: Basis) {
  const demarcation = demarcationOf({
    offices: {
      dom: {
        bases: { '2020-01-01': basis },
        postcodes: ['3500-3599'],
        teams: {
          'dom-1': { postcodes: ['3500-3549'], suffixes: ['00-49'] },
          'dom-2': { postcodes: ['3550-3599'], suffixes: ['50-99'] },
        },
      },
    },
  });
  const office = 'dom' as OfficeId;
  const regionOf = (postcode: string) => (postcode < '3550' ? WEST : EAST);
  const scenario = plainScenario(basis, [
    {
      ...demarcation,
      areas: {
        lookUp: (postcode) => ({
          area: { office, arbeidsmarktregio: regionOf(postcode) },
          exception: false,
        }),
      },
    },
  ]);
  const facts = {
    ...scenario.facts,
    werkbedrijfOf: new Map([
      [WEST, 'wb-west' as WerkbedrijfOfficeId],
      [EAST, 'wb-east' as WerkbedrijfOfficeId],
    ]),
    characterOf: new Map([[EAST, 'rural' as const]]),
  };
  const simulation = new Simulation({ ...scenario, facts }, codec);
  for (const [n, address] of ['3510 AA', '3560 AA'].entries()) {
    for (const [m, bsn] of ['10', '60'].entries()) {
      const clientKey = ('abcd'[2 * n + m] ?? 'a').repeat(26);
      simulation.take(
        caseRegistered({ clientKey, caseId: `case-${n}-${m}`, on: '2026-05-01', address, bsn }),
      );
    }
  }
  return summarise(simulation);
}

test('by BSN each team works with more partners than by postcode, told for the country apart (A12, A13)', () => {
  expect(summaryBy('postcode').partners).toEqual([
    { group: 'postcode', area: 'all', teams: 2, pairs: 2, pairsPerTeam: 1 },
    { group: 'postcode', area: 'rural', teams: 1, pairs: 1, pairsPerTeam: 1 },
  ]);
  expect(summaryBy('bsn').partners).toEqual([
    { group: 'bsn', area: 'all', teams: 2, pairs: 4, pairsPerTeam: 2 },
    { group: 'bsn', area: 'rural', teams: 2, pairs: 2, pairsPerTeam: 1 },
  ]);
});

test('by BSN the clients of one neighbourhood are spread, by postcode they are with one team (A16)', () => {
  expect(summaryBy('postcode').spread).toMatchObject([{ basis: 'postcode', evenness: 0 }]);
  expect(summaryBy('bsn').spread).toMatchObject([{ basis: 'bsn', evenness: 1 }]);
});
