/** The figures as a person reads them. */
import { goalsOf, perMillion, type Goal, type Judged } from './figures.ts';
import type { Measured } from './measure.ts';
import type { ProfileSummary } from './profile.ts';
import { GUARANTEE, type WorkerName } from './workers.ts';

export type Report = {
  readonly machine: Machine;
  readonly measured: readonly Measured[];
};

export type Machine = {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  /** Of the last minute, before anything was started. */
  readonly loadBefore: number;
};

const LABEL_WIDTH = 38;
const COLUMN_WIDTH = 15;
const PROFILE_LINES = 30;

type Row = readonly [label: string, cell: (measured: Measured) => string];

export function formatReport({ machine, measured }: Report): string {
  const row = ([label, cell]: Row) =>
    `${label.padEnd(LABEL_WIDTH)}${measured.map((of) => cell(of).padStart(COLUMN_WIDTH)).join('')}`;
  const { cpu, cores, node, loadBefore } = machine;
  const lines = [
    `${cpu}, ${cores} cores, node ${node}; load average before the run ${loadBefore.toFixed(2)}`,
    '',
    row(['', ({ worker }) => worker]),
    row(['guarantee', ({ worker }) => GUARANTEE[worker]]),
    '',
    'drain of cases that lie ready',
    ...DRAIN_ROWS.map(row),
  ];
  if (measured.some(({ openLoop }) => openLoop !== undefined)) {
    lines.push('', 'open loop, from the intended moment to a read_committed reader');
    lines.push(...OPEN_LOOP_ROWS.map(row));
  }
  lines.push('', 'what came out', ...AUDIT_ROWS.map(row));
  for (const { worker, openLoop } of measured) {
    if (openLoop?.invalid)
      lines.push(`! the open loop of ${worker} is invalid: ${openLoop.invalid}`);
  }
  const goals = goalsOfReport(measured);
  if (measured.length > 1) lines.push('', 'goals', ...goals.map(formatGoal));
  return `${lines.join('\n')}\n`;
}

const whole = (n: number) => Math.round(n).toLocaleString('en');
const one = (n: number) => n.toFixed(1);
const two = (n: number) => n.toFixed(2);

const DRAIN_ROWS: readonly Row[] = [
  ['  cases', ({ drain }) => whole(drain.cases)],
  ['  cases/s', ({ drain }) => whole(drain.cases / drain.seconds)],
  ['  worker, CPU-s per million cases', ({ drain }) => one(cpuPerMillion(drain))],
  ['  worker, CPU-s to start (apart)', ({ drain }) => two(drain.startCpuSeconds)],
  [
    '  broker, CPU-s per million cases',
    ({ drain }) => one(perMillion(drain.brokerCpuSeconds, drain.cases)),
  ],
];

const openLoopRow = (
  label: string,
  cell: (of: NonNullable<Measured['openLoop']>) => string,
): Row => [`  ${label}`, ({ openLoop }) => (openLoop === undefined ? '-' : cell(openLoop))];

const OPEN_LOOP_ROWS: readonly Row[] = [
  openLoopRow('cases/s, seconds', ({ perSecond, seconds }) => `${perSecond}, ${seconds}`),
  openLoopRow('p50, ms', ({ latency }) => one(latency.p50)),
  openLoopRow('p99, ms', ({ latency }) => one(latency.p99)),
  openLoopRow('p99.9, ms', ({ latency }) => one(latency.p999)),
  openLoopRow('longest, ms', ({ latency }) => one(latency.max)),
  openLoopRow('not answered in time', ({ unanswered }) => whole(unanswered)),
  openLoopRow('worker, cores', ({ workerCores }) => two(workerCores)),
  openLoopRow('broker, cores', ({ brokerCores }) => two(brokerCores)),
  openLoopRow('generator: rate reached', ({ pace }) => one(pace.achievedPerSecond)),
  openLoopRow('generator: late, p50 / p99 ms', ({ pace }) => {
    return `${one(pace.lateness.p50)} / ${one(pace.lateness.p99)}`;
  }),
];

const AUDIT_ROWS: readonly Row[] = [
  ['  cases in all', ({ audit }) => whole(audit.cases)],
  ['  assigned', ({ audit }) => whole(audit.assigned)],
  ['  parked', ({ audit }) => whole(audit.parked)],
  ['  lost', ({ audit }) => whole(audit.lost)],
  ['  duplicated', ({ audit }) => whole(audit.duplicated)],
  ['  dead letters', ({ audit }) => whole(audit.deadLetters)],
  ['  clients with two teams', ({ audit }) => whole(audit.clientsWithTwoTeams)],
  ['  digest of the first answers', ({ audit }) => audit.digest],
  ['peak memory of the worker, MB', ({ peakMb }) => whole(peakMb)],
];

function cpuPerMillion({ workerCpuSeconds, cases }: Measured['drain']): number {
  return perMillion(workerCpuSeconds, cases);
}

export function goalsOfReport(measured: readonly Measured[]): readonly Goal[] {
  const judged = (name: WorkerName): Judged => {
    const found = measured.find(({ worker }) => worker === name);
    const loop = found?.openLoop;
    const isUsable = loop !== undefined && loop.invalid === undefined;
    return {
      cpuPerMillion: found && cpuPerMillion(found.drain),
      p99Ms: isUsable ? loop.latency.p99 : undefined,
    };
  };
  return goalsOf({ ours: judged('ours'), good: judged('good'), plain: judged('plain') });
}

function formatGoal({ name, wanted, ratio }: Goal): string {
  const asked = `  ${name.padEnd(LABEL_WIDTH - 2)}at least ${one(wanted)}`;
  if (ratio === undefined) return `${asked}   not measured`;
  return `${asked}   ${one(ratio)}   ${ratio >= wanted ? 'reached' : 'NOT reached'}`;
}

/** Microseconds of self time per case, with the start of the process in it. */
export function formatProfile(
  { busyMs, groups, functions }: ProfileSummary,
  cases: number,
): string {
  const line = ({ name, ms }: { readonly name: string; readonly ms: number }) => {
    const share = ((ms / busyMs) * 100).toFixed(1).padStart(6);
    return `${((ms * 1000) / cases).toFixed(3).padStart(9)}${share} %  ${name}`;
  };
  return [
    '',
    `profile of ours: ${busyMs.toFixed(0)} ms busy, start and profiler included`,
    'us a case  share  package or dependency',
    ...groups.slice(0, PROFILE_LINES).map(line),
    '',
    'us a case  share  function',
    ...functions.slice(0, PROFILE_LINES).map(line),
    '',
  ].join('\n');
}
