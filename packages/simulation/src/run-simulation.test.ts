import { expect, test } from 'vitest';
import { caseRegistered } from '@smc/decision/testing/intake-events';
import { demarcationOf, SMALL_ORGANISATION } from '@smc/decision/testing/small-organisation';
import { CaseFileFault, type CaseLot } from './cases/read-cases.ts';
import { compareFigures } from './figures.ts';
import { runSimulation, type RunOptions } from './run-simulation.ts';
import { Simulation } from './simulation.ts';
import { openSimulationCodec } from './simulation-codec.ts';
import { summarise } from './summary.ts';
import { plainScenario } from './testing/scenarios.ts';

const codec = await openSimulationCodec();
const SMALL = demarcationOf(SMALL_ORGANISATION);
/** As SMALL, but office plas divides by hand. */
const BY_HAND = demarcationOf({
  ...SMALL_ORGANISATION,
  offices: {
    ...SMALL_ORGANISATION.offices,
    plas: {
      ...SMALL_ORGANISATION.offices['kade'],
      bases: { '2020-01-01': 'manual' },
      postcodes: ['1300-1399'],
      teams: { 'plas-1': {} },
    },
  },
});

function lotOf(n: number, rejectedLines = 0): CaseLot {
  const letter = 'abcdefgh'[n] ?? 'a';
  const about = { clientKey: letter.repeat(26), on: '2026-05-01', caseId: `c-${n}` };
  const events = [caseRegistered({ ...about, address: n % 2 === 0 ? '1310 AB' : '3520 AA' })];
  const rejections = Array.from({ length: rejectedLines }, (_, i) => ({
    line: i + 1,
    field: 'law',
    reason: 'a law expected',
  }));
  return { events, rejections, rejectedLines, bytes: (n + 1) * 100 };
}

async function* lots(...given: readonly CaseLot[]): AsyncGenerator<CaseLot> {
  yield* given;
}

async function run(given: AsyncIterable<CaseLot>, changes: Partial<RunOptions> = {}) {
  const scenarios = [plainScenario('a', [SMALL]), plainScenario('b', [BY_HAND])];
  const simulations = scenarios.map((scenario) => new Simulation(scenario, codec));
  const report = await runSimulation({
    lots: given,
    simulations,
    signal: new AbortController().signal,
    strict: false,
    file: undefined,
    language: undefined,
    sample: { size: 2, seed: 1, language: 'en' },
    onProgress: () => undefined,
    ...changes,
  });
  return { report, summaries: simulations.map(summarise) };
}

test('every scenario decides every event, and clients who fare otherwise are counted', async () => {
  const { report, summaries } = await run(lots(lotOf(0), lotOf(1), lotOf(2)));
  expect(report).toMatchObject({ events: 3, stopped: undefined, bytes: 300 });
  expect(summaries.map(({ cases }) => cases.assigned)).toEqual([3, 1]);
  expect(report.moved).toEqual([{ otherTeam: 0, onlyOneHasTeam: 2 }]);
  const assigned = compareFigures(summaries).find(({ name }) => name === 'cases assigned');
  expect(assigned).toMatchObject({ values: [3, 1], differences: [-2] });
  const byHand = compareFigures(summaries).find(({ name }) => name === 'cases parked MANUAL_BASIS');
  expect(byHand).toMatchObject({ values: [0, 2], differences: [2] });
});

test('a sample holds the same cases of every scenario, with words', async () => {
  const { report } = await run(lots(lotOf(1), lotOf(3), lotOf(5)));
  const [a, b] = report.samples.map((rows) => rows.map(({ cases }) => cases[0]));
  expect(a).toHaveLength(2);
  expect(b).toEqual(a);
  for (const row of report.samples.flat()) expect(row.words.length).toBeGreaterThan(0);
});

test('an interrupted run says how far it came, and its figures are of that', async () => {
  const stopping = new AbortController();
  const onProgress = ({ events }: { readonly events: number }) => {
    if (events === 2) stopping.abort();
  };
  const given = lots(lotOf(0), lotOf(1), lotOf(2), lotOf(3));
  const { report, summaries } = await run(given, { signal: stopping.signal, onProgress });
  expect(report).toMatchObject({ stopped: 'INTERRUPTED', events: 2 });
  expect(summaries[0]?.cases.registered).toBe(2);
});

test('a rejected line is counted and told; strict, it is the last', async () => {
  const lenient = await run(lots(lotOf(0, 1), lotOf(1)));
  expect(lenient.report).toMatchObject({ events: 2, rejectedLines: 1, stopped: undefined });
  expect(lenient.report.rejections).toEqual([{ line: 1, field: 'law', reason: 'a law expected' }]);
  const strict = await run(lots(lotOf(0, 1), lotOf(1)), { strict: true });
  expect(strict.report).toMatchObject({ events: 1, stopped: 'LINE_REJECTED' });
});

test('a file that breaks off is told with what was read before', async () => {
  async function* breaking(): AsyncGenerator<CaseLot> {
    yield lotOf(0);
    throw new CaseFileFault('FILE_DAMAGED', 'the compressed file is damaged');
  }
  const { report } = await run(breaking());
  expect(report).toMatchObject({
    stopped: 'FILE_DAMAGED',
    events: 1,
    fault: 'the compressed file is damaged',
  });
});
