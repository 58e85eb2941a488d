import { explain, PARKED_WORDS, RULE_WORDS } from '@smc/decision';
import { EXAMPLE_FOLDER, generateCases, loadPopulation } from '@smc/example';
import { findMissingParts } from '@smc/infra';
import type { DecisionCounts } from '@smc/projections';
import { endsWithin } from '@smc/runtime';
import { describeVerdict, verifySettled } from '../commands/verify.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { show, table, type Output } from '../output.ts';
import { createProgress } from '../progress.ts';
import type { Verdict } from '../verify/verify.ts';
import type { Constellation } from './constellation.ts';
import { startEmbeddedConstellation } from './embedded-constellation.ts';
import { startRealConstellation } from './real-constellation.ts';
import { sendCases } from './send-cases.ts';
import type { StoryPicker } from './stories.ts';
import { AssignmentWatch } from './watch-assignments.ts';

export type DemoOptions = {
  readonly cases: number;
  readonly clients: number;
  readonly seed: number;
  /** On the log in memory, in this one process. */
  readonly embedded: boolean;
  /** Leave everything running until Ctrl-C. */
  readonly keep: boolean;
};

/** When so large a part of the cases has been sent, a router is killed. */
const KILL_AT = 0.4;
/** The days on which cases are closed and clients move lie in this span before now. */
const CASES_SPAN_MS = 30 * 24 * 3_600_000;
/** How long after the last case everything may take to be routed and acknowledged. */
const SETTLE_MS = 90_000;
const FOLDER = EXAMPLE_FOLDER['2026-01'];

export type DemoReport = {
  readonly on: string;
  readonly sentPerSecond: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  readonly killed: string;
  readonly decisions: DecisionCounts;
  readonly stories: StoryPicker['told'];
  readonly agreeing: number;
  readonly verdict: Verdict;
};

/**
 * The main job, end to end: invented clients' cases through intake's door, two routers of which
 * one is killed on the way, five divisions, and the proof of it all in the end.
 */
export async function runDemo(options: DemoOptions, output: Output): Promise<DemoReport> {
  const embedded = options.embedded || mustEmbed(output);
  const on = embedded
    ? 'the embedded log: one process, in memory, no Kafka, registry or Redis'
    : 'a real Kafka, schema registry and Redis, every service a process of its own';
  output.talk(`This demo runs on ${on}. Organisation and clients are invented.`);
  const start = embedded ? startEmbeddedConstellation : startRealConstellation;
  const constellation = await start(FOLDER, output);
  const ending = endOnSignal(constellation);
  let keepLogs = true;
  try {
    const report = { on, ...(await work(constellation, options, output)) };
    output.data(report, () => describe(report));
    keepLogs = !report.verdict.clean;
    if (options.keep) await keep(constellation, output, ending.ended);
    return report;
  } catch (error) {
    // What is stopped under our hands fails; the signal's handler ends the process.
    if (ending.isEnding()) await new Promise(() => {});
    throw error;
  } finally {
    ending.release();
    await constellation.stop({ keepLogs });
    const { logFolder } = constellation;
    if (keepLogs && logFolder !== undefined) output.talk(`The services' logs are in ${logFolder}`);
  }
}

async function work(
  constellation: Constellation,
  options: DemoOptions,
  output: Output,
): Promise<Omit<DemoReport, 'on'>> {
  const [log, codec] = [await constellation.log(), await constellation.codec()];
  const watch = await AssignmentWatch.start(log, codec);
  try {
    const { sentPerSecond, killed } = await send(constellation, options, output);
    const waiting = `${killed} was killed on the way; waiting until everything is routed and acknowledged`;
    output.talk(`${waiting} ...`);
    const settling = { output, settleMs: SETTLE_MS, divisions: true };
    const verdict = await verifySettled(constellation, settling);
    return {
      sentPerSecond,
      latencyMs: { p50: watch.percentile(50), p99: watch.percentile(99) },
      killed,
      decisions: await constellation.views().decisions(),
      stories: watch.stories,
      agreeing: verdict.agreement.filter(({ behind }) => behind === 0).length,
      verdict,
    };
  } finally {
    await watch.stop();
  }
}

/** Sends all cases, and kills a router when a good part of them is on its way. */
async function send(
  constellation: Constellation,
  { cases, clients, seed }: DemoOptions,
  output: Output,
) {
  const { intakeUrl } = constellation;
  output.talk(`sending ${show(cases)} cases of ${show(clients)} clients through ${intakeUrl} ...`);
  const progress = createProgress(output, 'cases sent', cases);
  const startedAt = performance.now();
  let sent = 0;
  let registered = 0;
  let killing: Promise<string> | undefined;
  const untilMs = Date.now();
  const inputs = generateCases({
    seed,
    clients,
    cases,
    population: loadPopulation(),
    fromMs: untilMs - CASES_SPAN_MS,
    untilMs,
    // Intake says when it received them, so that the latency is a real one.
    told: false,
  });
  await sendCases(intakeUrl, inputs, (type) => {
    sent++;
    if (type !== 'CaseRegistered') return;
    progress.advance(1);
    if (++registered >= cases * KILL_AT) killing ??= constellation.killRouter();
  });
  progress.done();
  const seconds = (performance.now() - startedAt) / 1000;
  return { sentPerSecond: Math.round(sent / seconds), killed: (await killing) ?? 'none' };
}

/** True where a part is missing on this machine: says which and how to get it. */
function mustEmbed(output: Output): boolean {
  const missing = findMissingParts();
  for (const { part, howToGet } of missing) output.talk(`${part} is missing here. ${howToGet}`);
  return missing.length > 0;
}

function describe(report: DemoReport): readonly string[] {
  const { verdict, latencyMs, decisions } = report;
  const heading = (text: string) => ['', text];
  return [
    ...heading('Cases per office and rule'),
    ...officeTable(decisions),
    ...heading('One case of each kind, explained'),
    ...report.stories.flatMap(describeStory),
    ...heading('In figures'),
    `sent       ${show(report.sentPerSecond)} events a second through HTTP, while ${report.killed} was killed`,
    `latency    from intake to a division's reader: p50 ${show(latencyMs.p50)} ms, p99 ${show(latencyMs.p99)} ms (the kill included)`,
    `agreement  ${report.agreeing} of 5 divisions know the team of every client`,
    ...heading('smc verify'),
    ...describeVerdict(verdict),
    '',
    `${verdict.clean ? 'Clean' : 'NOT clean'}, on ${report.on}.`,
  ];
}

function officeTable({ assigned, parked }: DecisionCounts): readonly string[] {
  const names = [
    ...new Set([
      ...assigned.map((a) => a.office),
      ...parked.map((p) => p.office ?? 'national list'),
    ]),
  ];
  const sum = (counts: readonly { readonly count: number }[]) =>
    counts.reduce((n, c) => n + c.count, 0);
  const of = (office: string, rule: string) =>
    sum(assigned.filter((a) => a.office === office && a.rule === rule));
  const rows = names
    .toSorted()
    .map((office) => [
      office,
      of(office, 'postcode'),
      of(office, 'bsn'),
      of(office, 'workload'),
      of(office, 'participatiewet'),
      of(office, 'group'),
      of(office, 'journey'),
      sum(parked.filter((p) => (p.office ?? 'national list') === office)),
    ]);
  return table(['office', 'postcode', 'bsn', 'workload', 'PW', 'group', 'journey', 'parked'], rows);
}

function describeStory({ story, event }: StoryPicker['told'][number]): readonly string[] {
  const outcome =
    event.type === 'CaseAssigned'
      ? `team ${event.team} of office ${event.office} (${RULE_WORDS[event.rule].en})`
      : `the ${event.office ?? 'national'} work list: ${PARKED_WORDS[event.code].en}`;
  const why = explain(event.explanation, 'en').map((sentence) => `    ${sentence}`);
  const what = `${event.caseId} (${event.law}, ${event.product})`;
  return [`  ${story}`, `    ${what} -> ${outcome}`, ...why.map((sentence) => `  ${sentence}`)];
}

/** Ends the demo in good order at the first Ctrl-C; at once at the second. */
function endOnSignal(constellation: Constellation) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let count = 0;
  const onSignal = () => {
    if (++count > 1) process.exit(130);
    resolve();
    process.stderr.write('stopping everything; Ctrl-C again ends it at once\n');
    void endsWithin(constellation.stop(), 20_000).then(() => process.exit(130));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    ended: promise,
    isEnding: () => count > 0,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

async function keep(
  constellation: Constellation,
  output: Output,
  ended: Promise<void>,
): Promise<void> {
  output.talk('');
  for (const [what, where] of constellation.places) output.talk(`  ${what.padEnd(18)} ${where}`);
  output.talk('Everything goes on running; Ctrl-C stops and removes it.');
  const alive = setInterval(() => {}, 60_000);
  await ended;
  clearInterval(alive);
  // The signal's handler stops everything and ends the process.
  await new Promise(() => {});
}

export function endOf({ verdict }: DemoReport): void {
  if (!verdict.clean) throw new CommandEnd(EXIT.no, 'The verdict is not clean.');
}
