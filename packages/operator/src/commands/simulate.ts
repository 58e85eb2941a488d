import type { Command } from 'commander';
import { statSync } from 'node:fs';
import type { Language } from '@smc/decision';
import { isLocalDate, toEpochDay } from '@smc/domain';
import { createClientKeyDeriver, readCodeLists } from '@smc/intake';
import {
  createCaseParser,
  openSimulationCodec,
  readCases,
  runSimulation,
  SAMPLE_MAX,
  Simulation,
  summarise,
} from '@smc/simulation';
import { command } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { createOutput, show, type Output } from '../output.ts';
import { createProgress } from '../progress.ts';
import { wholeNumber } from './example.ts';
import { answer } from './simulate/answer.ts';
import { AGAINST_MAX, clientSecret, openOut, scenariosOf, sourceOf } from './simulate/inputs.ts';
import { SIMULATE_WORDS } from './simulate/words.ts';

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
      sample: { ...asked.sample, language: asked.language ?? 'en' },
      onProgress,
    }),
  );
  await file?.close();
  answer(output, { report, summaries: simulations.map(summarise), file: options.cases });
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
  const stop = () => {
    stopping.abort();
    // Nothing may come for hours from a pipe.
    if (cases === '-') process.stdin.destroy();
  };
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
