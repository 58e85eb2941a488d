import { must } from '@smc/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Installation } from '../live/installation.ts';
import { killRun, type KillRunOptions } from './kill-run.ts';

/** The short form of `npm run kills`; what it tells is shown when it fails. */
const SHORT: Omit<KillRunOptions, 'tell'> = {
  cases: 8_000,
  perSecond: 500,
  kills: 3,
  takeOvers: 1,
  zombieMs: 4_000,
  brokerFaults: true,
  seed: 7,
};

let running: Installation | undefined;
const installation = () => must(running, 'it was started');

beforeAll(async () => {
  running = await Installation.start({ brokers: 3, report: () => {} });
});
afterAll(async () => {
  await running?.stop();
});

test('routers and a broker are killed, leaders move, a zombie wakes: every case exactly once', async () => {
  const story: string[] = [];
  const report = await killRun(installation(), { ...SHORT, tell: (what) => story.push(what) });

  expect(report, story.join('\n')).toMatchObject({ clean: true, endedByThemselves: [] });
  expect(report.verdict).toMatchObject({
    findings: [],
    pending: 0,
    lost: 0,
    duplicated: 0,
    clientsWithTwoTeams: 0,
    awaiting: 0,
  });
  expect(report.verdict.choices).toBeGreaterThan(0);
  expect(report.verdict.cases).toBeGreaterThanOrEqual(SHORT.cases);
  // Without aborted transactions the run would have proved nothing.
  expect(report.assignments.abortedTransactions).toBeGreaterThan(0);
  expect(story.filter((what) => what.startsWith('SIGKILL of router'))).toHaveLength(3);
}, 120_000);

test('a router that restores before it fences is caught by the same run', async () => {
  const story: string[] = [];
  const { verdict } = await killRun(installation(), {
    ...SHORT,
    cases: 600,
    perSecond: 200,
    kills: 0,
    // One may miss: the moment is milliseconds wide, and machines differ.
    takeOvers: 3,
    zombieMs: 0,
    brokerFaults: false,
    seed: 8,
    mistake: 'restore-before-fencing',
    tell: (what) => story.push(what),
  });

  expect(verdict.clean, story.join('\n')).toBe(false);
  expect(verdict.duplicated).toBeGreaterThan(0);
}, 120_000);
