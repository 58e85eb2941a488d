import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readLastRun } from './last-run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smc-reports-'));
beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ran = readonly [title: string, status: string, ...ancestorTitles: string[]];

/** A report as vitest leaves it, as far as it is read. */
function report(step: string, ...ran: readonly Ran[]): void {
  const assertionResults = ran.map(([title, status, ...ancestorTitles]) => {
    return { title, status, ancestorTitles };
  });
  const text = { startTime: Date.UTC(2026, 0, 2), testResults: [{ assertionResults }] };
  writeFileSync(path.join(folder, `${step}.json`), JSON.stringify(text));
}

describe('the outcome of a test in the last run', () => {
  test('is passed or failed; what was skipped, or not there, is not run', () => {
    report('unit', ['good', 'passed'], ['bad', 'failed'], ['put off', 'skipped']);
    report('infra', ['on a broker', 'pending']);

    const { outcomeOf, steps, tests } = readLastRun(folder);
    const names = ['good', 'bad', 'put off', 'on a broker', 'elsewhere'];
    expect(names.map(outcomeOf)).toEqual(['passed', 'failed', 'not run', 'not run', 'not run']);
    expect([steps, tests]).toEqual([['infra', 'unit'], 4]);
  });

  test('of a title with placeholders is passed only when all of them passed', () => {
    report('unit', ['area 1 of noord', 'passed'], ['area 2 of oost', 'failed']);
    expect(readLastRun(folder).outcomeOf('area %i of $name')).toBe('failed');
    report('unit', ['area 1 of noord', 'passed'], ['area 2 of oost', 'skipped']);
    expect(readLastRun(folder).outcomeOf('area %i of $name')).toBe('not run');
    report('unit', ['area 1 of noord', 'passed'], ['area 2 of oost', 'passed']);
    expect(readLastRun(folder).outcomeOf('area %i of $name')).toBe('passed');
  });

  test('of a row is that of its table', () => {
    report('unit', ['line 3: a move', 'failed', 'journey.tsv'], ['a move', 'passed', 'other.tsv']);
    expect(readLastRun(folder).outcomeOf('journey.tsv: a move')).toBe('failed');
  });

  test('is not known where nothing was left', () => {
    const { outcomeOf, startedAt } = readLastRun(path.join(folder, 'nowhere'));
    expect([outcomeOf('good'), startedAt]).toEqual(['not run', undefined]);
  });
});

describe('npm run requirements', () => {
  const print = (...args: readonly string[]) => {
    const program = path.join(import.meta.dirname, '../print-requirements.ts');
    const options = { encoding: 'utf8' } as const;
    return spawnSync(process.execPath, [program, '--reports', folder, ...args], options);
  };
  const T09 = 'T09 27 offices at 40, 40 and 20 percent are 11, 11 and 5';

  test('shows each requirement with the outcome of its tests, and the totals', () => {
    report('unit', [T09, 'passed']);

    const { status, stdout } = print('--state', 'met');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^T09 {2}met {4}27 offices/m);
    expect(stdout).toContain(`     passed   ${T09}\n`);
    expect(stdout).toMatch(/^named tests {3}1 passed, 0 failed, [0-9]+ not run$/m);
    expect(stdout).toContain('2026-01-02T00:00:00.000Z, unit, 1 tests');
  });

  test('ends with 1 when a test failed that shows a requirement as met', () => {
    report('unit', [T09, 'failed']);

    const { status, stdout } = print('--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout).totals.tests).toMatchObject({ passed: 0, failed: 1 });
  });

  test('ends with 2 for a state that there is not', () => {
    expect(print('--state', 'done')).toMatchObject({
      status: 2,
      stderr: '--state takes one of met, next, input, out; got done\n',
    });
  });
});
