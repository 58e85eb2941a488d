import type { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { isLocalDate, must, toEpochDay } from '@smc/domain';
import { formatProblem } from '@smc/demarcation';
import {
  clientKeySetting,
  createClientKeyDeriver,
  readCodeLists,
  SECRET_BYTES_MIN,
} from '@smc/intake';
import { readConfig } from '@smc/runtime';
import type { Language } from '@smc/decision';
import {
  caseFile,
  compareFigures,
  createCaseParser,
  DecisionFile,
  loadDemarcation,
  openSimulationCodec,
  readCases,
  runSimulation,
  SAMPLE_MAX,
  scenarioOf,
  Simulation,
  summarise,
  type CaseSource,
  type LoadedDemarcation,
  type Scenario,
  type SimulationReport,
  type Summary,
} from '@smc/simulation';
import { command } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { createOutput, show, type Output } from '../output.ts';
import { createProgress } from '../progress.ts';
import { wholeNumber } from './example.ts';
import { describeComparison } from './simulate/describe-comparison.ts';
import { describeSummary, section } from './simulate/describe-summary.ts';
import { NO_CLAIM, SIMULATE_WORDS } from './simulate/words.ts';

type Options = {
  readonly json?: boolean;
  readonly demarcation: readonly string[];
  readonly cases: string;
  readonly against?: readonly string[];
  readonly out?: string;
  readonly explain?: string;
  readonly summary: string;
  readonly strict?: boolean;
  readonly always?: boolean;
  readonly on?: string;
  readonly sample: string;
  readonly seed: string;
};

/** Beside the first; more columns than this can't be read. */
const AGAINST_MAX = 2;
const REJECTIONS_SHOWN = 20;
const NOON_MS = 43_200_000;
const DAY_MS = 86_400_000;

export function simulateCommand(): Command {
  return command(
    'simulate',
    'decides a file of cases by a demarcation, without any broker, and counts what it comes to',
    'simulate --demarcation drafts/2027-01 --cases cases.csv --against drafts/2027-01-bsn',
    SIMULATE_WORDS,
  )
    .requiredOption(
      '--demarcation <dir...>',
      'the folder of the version; several: as activated in this order',
    )
    .requiredOption('--cases <file>', 'the cases, or - for stdin')
    .option('--against <dir...>', `up to ${AGAINST_MAX} other versions, side by side`)
    .option('--always', 'a version holds on every day, also before its first')
    .option('--on <date>', 'the day of cases that do not say when they were received (today)')
    .option('--out <file>', 'every decision: .csv a table, else NDJSON; .gz packed')
    .option('--explain <nl|en>', 'explanations in words, in the file and in the sample')
    .option('--sample <n>', 'so many decisions by chance, explained in words, to judge', '0')
    .option('--seed <n>', 'the chance of the sample: the same seed, the same cases', '1')
    .option('--summary <text|json>', 'how the summary is written; --json is the same', 'text')
    .option('--strict', 'ends with 2 at the first line that is no valid case')
    .action(simulate);
}

async function simulate(options: Options): Promise<void> {
  const output = createOutput(
    options.json === true || choice('--summary', options.summary, ['text', 'json']) === 'json',
  );
  const scenarios = await scenariosOf(options);
  const asked = {
    language: options.explain === undefined ? undefined : languageOf(options.explain),
    sample: {
      size: wholeNumber('--sample', options.sample, { min: 0, max: SAMPLE_MAX }),
      seed: wholeNumber('--seed', options.seed, { min: 0, max: 2 ** 31 - 1 }),
    },
    nowMs: options.on === undefined ? Date.now() : dayMs(options.on),
  };
  const codec = await openSimulationCodec();
  const simulations = scenarios.map((scenario) => new Simulation(scenario, codec));
  const parser = createCaseParser({
    codeLists: await readCodeLists(undefined),
    clientKeys: createClientKeyDeriver(clientSecret(), 1),
    nowMs: asked.nowMs,
  });
  const source = sourceOf(options.cases);
  const file = options.out === undefined ? undefined : await openOut(options.out);
  const strict = options.strict === true;
  const report = await stoppable(output, options.cases, (signal, onProgress) =>
    runSimulation({
      lots: readCases(source, { parser, strict }),
      simulations,
      signal,
      strict,
      file,
      language: asked.language,
      sample: { ...asked.sample, language: asked.language ?? 'nl' },
      onProgress,
    }),
  );
  await file?.close();
  answer(output, { report, summaries: simulations.map(summarise), file: options.cases });
}

/** The first is what is tried; each of the others stands beside it. */
async function scenariosOf(options: Options): Promise<readonly Scenario[]> {
  const against = options.against ?? [];
  if (against.length > AGAINST_MAX) {
    throw new CommandEnd(EXIT.usage, `--against takes at most ${AGAINST_MAX} folders`);
  }
  const groups = [options.demarcation, ...against.map((folder) => [folder])];
  const loaded: (readonly [LoadedDemarcation, ...LoadedDemarcation[]])[] = [];
  for (const folders of groups) {
    const [first, ...rest] = await Promise.all(folders.map((folder) => load(folder)));
    loaded.push([must(first, 'the option takes one folder or more'), ...rest]);
  }
  const names = loaded.map((all) => all.map((it) => it.demarcation.version).join('+'));
  const areDifferent = new Set(names).size === names.length;
  return loaded.map((all, i) => {
    const folders = all.map(({ folder }) => folder).join('+');
    const name = areDifferent ? (names[i] ?? folders) : folders;
    return scenarioOf(name, all, { always: options.always === true });
  });
}

async function load(folder: string): Promise<LoadedDemarcation> {
  const loaded = await loadDemarcation(folder);
  if (loaded.ok) return loaded.value;
  const problems = loaded.refusal.map((problem) => `${folder}/${formatProblem(problem)}`);
  throw new CommandEnd(EXIT.usage, [...problems, `${problems.length} problems.`].join('\n'));
}

/** The live secret, so that keys and splits are the live ones; else one that nobody can know. */
function clientSecret(): Uint8Array {
  const isSet = Object.keys(process.env).some((name) => name.startsWith('SMC_CLIENT_KEY_SECRET'));
  if (!isSet) return randomBytes(SECRET_BYTES_MIN);
  const config = readConfig({ clientKey: clientKeySetting }, process.env);
  if (config.ok) return config.value.clientKey.secret;
  const problems = config.refusal.map((it) => `${it.variable}: expected ${it.expected}`);
  throw new CommandEnd(EXIT.usage, problems.join('\n'));
}

function sourceOf(cases: string): CaseSource {
  if (cases === '-') return { chunks: process.stdin, form: undefined };
  if (!existsSync(cases)) throw new CommandEnd(EXIT.usage, `There is no file ${cases}.`);
  return caseFile(cases);
}

async function openOut(path: string): Promise<DecisionFile> {
  try {
    return await DecisionFile.open(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CommandEnd(EXIT.usage, `${path} can't be written (${code}).`);
  }
}

/** Runs with a bar, and lets Ctrl-C end it with what was done so far. */
async function stoppable<T>(
  output: Output,
  cases: string,
  run: (
    signal: AbortSignal,
    onProgress: (at: { readonly bytes: number; readonly events: number }) => void,
  ) => Promise<T>,
): Promise<T> {
  const total = cases === '-' ? undefined : statSync(cases).size;
  const progress = createProgress(output, 'deciding (bytes)', total ?? 0);
  const startedAt = performance.now();
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  try {
    return await run(stopping.signal, ({ bytes, events }) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const rate = Math.round(events / Math.max(seconds, 0.001));
      progress.set(bytes, total ?? bytes, `${show(events)} events, ${show(rate)} a second`);
    });
  } finally {
    process.off('SIGINT', stop);
    progress.done();
  }
}

type Outcome = {
  readonly report: SimulationReport;
  readonly summaries: readonly Summary[];
  readonly file: string;
};

function answer(output: Output, { report, summaries, file }: Outcome): void {
  for (const { line, field, reason } of report.rejections.slice(0, REJECTIONS_SHOWN)) {
    output.talk(`${file}:${line} ${field === '' ? '' : `${field}: `}${reason}`);
  }
  const { rejectedLines, events, stopped, fault } = report;
  if (rejectedLines > 0) output.talk(`${show(rejectedLines)} lines were rejected.`);
  if (events === 0) {
    throw new CommandEnd(EXIT.usage, `${file}: ${fault || 'no case could be read'}.`);
  }
  const { samples, moved, ...input } = report;
  const figures = compareFigures(summaries);
  output.data({ input, summaries, figures, moved, samples, note: NO_CLAIM }, () => [
    ...(summaries.length > 1
      ? describeComparison(summaries, moved)
      : summaries.flatMap(describeSummary)),
    ...describeSamples(report),
    '',
    NO_CLAIM,
  ]);
  if (stopped === undefined) return;
  const done = `after ${show(events)} events; the figures are of those`;
  if (stopped === 'INTERRUPTED') throw new CommandEnd(EXIT.no, `Interrupted ${done}.`);
  if (stopped === 'LINE_REJECTED') throw new CommandEnd(EXIT.usage, `Stopped ${done}.`);
  throw new CommandEnd(EXIT.usage, `${file}: ${fault}, ${done}.`);
}

function describeSamples({ samples }: SimulationReport): readonly string[] {
  return samples.flatMap((rows) =>
    section(
      `Sample of decisions, ${rows[0]?.demarcation ?? ''}`,
      rows.flatMap(({ cases, outcome, team, parkedCode, cause, words }) => [
        `  ${cases.join(' ')}: ${[outcome, team, parkedCode, cause].filter(Boolean).join(', ')}`,
        ...words.map((sentence) => `    ${sentence}`),
      ]),
    ),
  );
}

function dayMs(text: string): number {
  if (isLocalDate(text)) return toEpochDay(text) * DAY_MS + NOON_MS;
  throw new CommandEnd(EXIT.usage, `--on takes a day such as 2026-11-24; got ${text}`);
}

function languageOf(text: string): Language {
  return choice('--explain', text, ['nl', 'en']);
}

function choice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((it) => it === text);
  if (found !== undefined) return found;
  throw new CommandEnd(EXIT.usage, `${option} takes ${choices.join(' or ')}; got ${text}`);
}
