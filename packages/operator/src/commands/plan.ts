import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { isIdentifier, isLocalDate, type LocalDate, type TeamId } from '@smc/domain';
import { amsterdamDay } from '@smc/intake';
import {
  comparePlans,
  comparisonSections,
  impactOf,
  impactSections,
  parseObjective,
  parseScope,
  PlanFileError,
  readPlan,
  type Section,
} from '@smc/reassignment';
import { command, connected, group, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { figureTable } from '../figure-table.ts';
import { show } from '../output.ts';
import { createPlan, findVersion } from '../plan/create-plan.ts';
import { readStateSnapshot } from '../plan/state-snapshot.ts';
import { createProgress } from '../progress.ts';
import { LANGUAGE_OPTION, languageOf } from './demarcation-document.ts';
import { wholeNumber } from './example.ts';

const CREATE_WORDS = `
Computes who would get another team and writes it to a file. Nothing is moved: the routers' changelog
is read as anybody may read it, and nothing is written but the file, which is sealed with its hash.

Objectives:
  follow-demarcation  everybody where the version puts them, by the same rules as new cases
  exact-shares        every team its share of the clients by hours (largest remainder)
  within-band=N%      no team further than N % from the clients per hour of all together
The last two divide within each office, or over --teams, with the fewest moves that reach the goal.

Scopes, one option each; of one kind any may fit, of several kinds each must:
  office=ID  team=ID  client=KEY  postcode=3511  postcode=3511-3525  postcode=3511AB-3511AZ`;

const SAMPLE_MAX = 1_000;

export function planCommand(): Command {
  return group('plan', 'who would get another team, why, and what it comes to', [
    createCommand(),
    showCommand(),
    compareCommand(),
  ]);
}

type CreateOptions = {
  readonly json?: boolean;
  readonly demarcation: string;
  readonly objective: string;
  readonly scope?: readonly string[];
  readonly teams?: readonly string[];
  readonly asOf?: string;
  readonly why: string;
  readonly decision: string;
  readonly out: string;
  readonly lang: string;
};

function createCommand(): Command {
  return command(
    'create',
    'computes a plan on the state of this moment and writes it to a file',
    'plan create --demarcation drafts/2027-01 --objective follow-demarcation --scope office=zwolle --why "Zwolle goes over to postcode" --decision "RvB 23-245" --out zwolle.plan.gz',
    CREATE_WORDS,
  )
    .requiredOption('--demarcation <dir|version>', 'a folder, or a published version')
    .requiredOption('--objective <objective>', 'what is to be reached')
    .option('--scope <scope...>', 'whom it may move (everybody)')
    .option('--teams <id...>', 'teams that share their clients, also across offices')
    .option('--as-of <date>', 'the day whose rules decide (today, or the first day of the version)')
    .requiredOption('--why <text>', 'what it is for')
    .requiredOption('--decision <reference>', 'the decision that asks for it')
    .requiredOption('--out <file>', 'where the plan goes; it must not exist')
    .option(...LANGUAGE_OPTION)
    .action(create);
}

async function create(options: CreateOptions): Promise<void> {
  const output = outputOf(options);
  const language = languageOf(options.lang);
  const order = orderOf(options);
  if (existsSync(options.out)) {
    throw new CommandEnd(EXIT.usage, `${options.out} is there already; a plan is never changed.`);
  }
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  try {
    await connected(async (connections) => {
      const [log, codec] = await Promise.all([connections.log(), connections.codec()]);
      const version = await findVersion(options.demarcation, log, codec);
      const { effectiveFrom } = version.demarcation;
      const asOf = order.asOf ?? (order.today < effectiveFrom ? effectiveFrom : order.today);
      if (asOf < effectiveFrom) {
        throw new CommandEnd(EXIT.usage, `--as-of: the version holds from ${effectiveFrom} on`);
      }
      const reading = createProgress(output, 'reading the state (records)', 0);
      const snapshot = await readStateSnapshot(log, codec, (n, of) => reading.set(n, of));
      reading.done();
      const { size } = snapshot.clients;
      const planning = createProgress(output, 'planning (clients)', size);
      const onClients = (n: number) => planning.set(n, size);
      const { signal } = stopping;
      const to = { out: options.out, signal, onClients };
      await createPlan({ ...order.order, asOf }, { snapshot, version }, to);
      planning.done();
    });
  } finally {
    process.off('SIGINT', stop);
  }
  const impact = await read(() => impactOf(readPlan(options.out), { size: 0, seed: 1 }));
  const { plan, moves, summary } = impact;
  output.data({ plan, file: options.out, moves, inScope: summary.inScope }, () => [
    `plan ${plan}`,
    ...draw(impactSections(impact, language).slice(0, 1)),
  ]);
}

function orderOf(options: CreateOptions) {
  const nowMs = Date.now();
  const objective = parseObjective(options.objective);
  if (!objective.ok) throw new CommandEnd(EXIT.usage, `--objective: ${objective.refusal}`);
  const scope = parseScope(options.scope ?? []);
  if (!scope.ok) throw new CommandEnd(EXIT.usage, `--scope ${scope.refusal}`);
  return {
    asOf: options.asOf === undefined ? undefined : dayOf(options.asOf),
    today: amsterdamDay(nowMs),
    order: {
      objective: objective.value,
      scope: scope.value,
      teams: options.teams?.map(teamOf),
      askedBy: `local:${userInfo().username}`,
      why: options.why,
      decisionReference: options.decision,
      createdAtMs: nowMs,
    },
  };
}

function dayOf(text: string): LocalDate {
  if (isLocalDate(text)) return text;
  throw new CommandEnd(EXIT.usage, `--as-of takes a day such as 2027-01-01; got ${text}`);
}

function teamOf(text: string): TeamId {
  if (isIdentifier<'TeamId'>(text)) return text;
  throw new CommandEnd(EXIT.usage, `--teams takes ids of teams; got ${text}`);
}

type ShowOptions = {
  readonly json?: boolean;
  readonly lang: string;
  readonly sample: string;
  readonly seed: string;
};

function showCommand(): Command {
  return command(
    'show',
    'tells what a plan comes to: who, why, and what each division has to do',
    'plan show zwolle.plan.gz --sample 10',
  )
    .argument('<file>', 'the plan')
    .option(...LANGUAGE_OPTION)
    .option('--sample <n>', 'so many moves by chance, explained', '3')
    .option('--seed <n>', 'the chance of the sample: the same seed, the same moves', '1')
    .action(showPlan);
}

async function showPlan(file: string, options: ShowOptions): Promise<void> {
  const language = languageOf(options.lang);
  const sample = {
    size: wholeNumber('--sample', options.sample, { min: 0, max: SAMPLE_MAX }),
    seed: wholeNumber('--seed', options.seed, { min: 0, max: 2 ** 31 - 1 }),
  };
  const impact = await read(() => impactOf(readPlan(file), sample));
  outputOf(options).data(impact, () => [
    `plan ${impact.plan}`,
    ...draw(impactSections(impact, language)),
  ]);
}

function compareCommand(): Command {
  return command(
    'compare',
    'two plans side by side: what each costs and where they differ',
    'plan compare zwolle.plan.gz zwolle-band.plan.gz',
  )
    .argument('<first>', 'a plan')
    .argument('<second>', 'another plan')
    .option(...LANGUAGE_OPTION)
    .action(
      async (first: string, second: string, options: Omit<ShowOptions, 'sample' | 'seed'>) => {
        const language = languageOf(options.lang);
        const found = await read(() => comparePlans(readPlan(first), readPlan(second)));
        outputOf(options).data(found, () => [
          `plans ${found.first.plan}`,
          `      ${found.second.plan}`,
          ...draw(comparisonSections(found, language)),
        ]);
      },
    );
}

/** A file that is no plan, or a changed one, ends the command before anything is told of it. */
async function read<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlanFileError) throw new CommandEnd(EXIT.usage, error.message);
    if (isMissing(error)) throw new CommandEnd(EXIT.usage, `There is no file ${error.path}.`);
    throw error;
  }
}

const isMissing = (error: unknown): error is { readonly path: string } =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error;

/** So many rows of a table are shown; --json has them all. */
const ROWS_MAX = 30;

function draw(sections: readonly Section[]): readonly string[] {
  return sections.flatMap(({ title, lines, table }) => {
    const rows = table?.rows ?? [];
    const more = rows.length - ROWS_MAX;
    return [
      '',
      ...(title === undefined ? [] : [title]),
      ...lines,
      ...(rows.length === 0 ? [] : figureTable(table?.head ?? [], rows.slice(0, ROWS_MAX))),
      ...(more > 0 ? [`... ${show(more)} more; --json has them all`] : []),
    ];
  });
}
