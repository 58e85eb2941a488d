import { expect, test } from 'vitest';
import type { Output } from '../output.ts';
import { runDemo } from './demo.ts';

test('the embedded demo routes every case once, kills a router, and all divisions agree', async () => {
  const said: string[] = [];
  const shown: string[] = [];
  const output: Output = {
    json: false,
    interactive: false,
    talk: (line) => said.push(line),
    data: (_, text) => shown.push(...text()),
  };
  const options = { cases: 600, clients: 250, seed: 7, embedded: true, keep: false };
  const report = await runDemo(options, output);

  expect(report.verdict).toMatchObject({ clean: true, cases: 600, lost: 0, duplicated: 0 });
  const { assigned, parked, closedUnplaced, awaiting } = report.verdict;
  expect(assigned + parked + closedUnplaced + awaiting).toBe(600);
  expect(report.agreeing).toBe(5);
  expect(report.killed).toBe('router-1');
  expect(report.stories.map(({ story }) => story)).toContain('basis postcode');
  expect(said[0]).toContain('embedded log');
  expect(shown.at(-1)).toContain('embedded log');
});
