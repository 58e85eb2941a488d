/** What the last `npm test` left: one report of vitest for each of its steps. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isNamed } from './test-name.ts';

/** Ignored by git; emptied when tests begin to run. */
export const REPORTS_FOLDER = path.resolve(import.meta.dirname, '../../.cache/test-reports');

export type Outcome = 'passed' | 'failed' | 'not run';

type Ran = {
  readonly title: string;
  /** What the test is described by, outermost first. */
  readonly groups: readonly string[];
  readonly outcome: Outcome;
};

export type LastRun = {
  /** Undefined: there was none, or it was broken off before its first report. */
  readonly startedAt: Date | undefined;
  readonly steps: readonly string[];
  readonly tests: number;
  /** Of a test as the table names it: passed only when all that it means have passed. */
  readonly outcomeOf: (name: string) => Outcome;
};

export function readLastRun(folder: string = REPORTS_FOLDER): LastRun {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const reports = files.map((file) => {
    const report: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    return { step: path.basename(file, '.json'), report };
  });
  const ran = reports.flatMap(({ report }) => testsIn(report));
  const starts = reports.map(({ report }) => get(report, 'startTime')).filter(isNumber);
  return {
    startedAt: starts.length === 0 ? undefined : new Date(Math.min(...starts)),
    steps: reports.map(({ step }) => step),
    tests: ran.length,
    outcomeOf: (name) => outcomeOfAll(ran.filter((test) => isNamed(name, test))),
  };
}

function outcomeOfAll(ran: readonly Ran[]): Outcome {
  if (ran.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return ran.length > 0 && ran.every(({ outcome }) => outcome === 'passed') ? 'passed' : 'not run';
}

function testsIn(report: unknown): readonly Ran[] {
  return itemsOf(report, 'testResults')
    .flatMap((file) => itemsOf(file, 'assertionResults'))
    .map((test) => ({
      title: String(get(test, 'title')),
      groups: itemsOf(test, 'ancestorTitles').map(String),
      outcome: outcomeOf(get(test, 'status')),
    }));
}

/** Skipped, pending and to do are tests that were found and not run. */
const outcomeOf = (status: unknown): Outcome =>
  status === 'passed' || status === 'failed' ? status : 'not run';

function get(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function itemsOf(value: unknown, name: string): readonly unknown[] {
  const items = get(value, name);
  return Array.isArray(items) ? items : [];
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
