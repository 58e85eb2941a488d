/**
 * `npm run bench -- plan`: what a plan costs, without a broker.
 *
 *   clients   invented, routed by one version of the example organisation and packed as on the
 *             changelog; the plan is computed by the next version, which moves a part of them
 *   plan      unpacking, judging, counting, and the rows that come of it
 *   file      the same, and writing it: canonical lines, hash, gzip
 *
 * A rate is clients per second of CPU of the whole process, garbage collector and compiler included,
 * so that it is a rate per core. Sorting the keys is part of neither; it is told by itself.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { must, type ClientKey, type ClientState, type LocalDate, type TeamId } from '@smc/domain';
import { rulebookOf } from '@smc/decision';
import { builtInPopulation, EXAMPLE_FOLDER, generateCases } from '@smc/example';
import { createClientKeyDeriver, readCodeLists } from '@smc/intake';
import {
  EVERYBODY,
  PLAN_FORMAT,
  planMoves,
  writePlan,
  type Objective,
  type PlanLine,
  type PlanQuestion,
} from '@smc/reassignment';
import { ByteStore } from '@smc/router';
import { createCaseParser, loadDemarcation, openSimulationCodec } from '@smc/simulation';
import { PlayedRouter } from '../../packages/simulation/src/played-router.ts';
import { percentile } from './figures.ts';

const CLIENTS = { full: 200_000, quick: 20_000 };
const ROUNDS = { full: 5, quick: 2 };
const CASES_PER_CLIENT = 1.6;
const GOAL_PER_SECOND = 150_000;
const MILLION = 1_000_000;
const AS_OF = '2026-12-01' as LocalDate;
const EXIT = { measured: 0, missed: 1, usage: 2 } as const;
const SCENARIOS: readonly Scenario[] = [
  { name: 'follow', objective: { kind: 'follow-demarcation' }, everybody: false },
  { name: 'everybody moves', objective: { kind: 'follow-demarcation' }, everybody: true },
  { name: 'within 10 %', objective: { kind: 'within-band', percent: 10 }, everybody: false },
];
type Scenario = {
  readonly name: string;
  readonly objective: Objective;
  /** Every client is with a team that is gone: the most rows that there can be. */
  readonly everybody: boolean;
};

const HELP = `Measures what a plan costs, without a broker.

  npm run bench -- plan [OPTION ...]

  --clients N   invented clients (default ${CLIENTS.full})
  --quick       a smoke test; its figures mean nothing
  --help        this text

Median of the rounds in clients per second of CPU, and the memory that a plan takes beside the packed
clients. Exit codes: 0 following a demarcation reached ${GOAL_PER_SECOND} clients a second with its
file, 1 it did not, 2 wrong usage.

Example:  npm run bench -- plan --clients 1000000`;

export async function benchPlan(args: readonly string[]): Promise<number> {
  const settings = readSettings(args);
  if (settings === undefined) {
    process.stderr.write('bench: --clients takes a whole number; plan --help says what there is\n');
    return EXIT.usage;
  }
  if (settings === 'help') return print(HELP, EXIT.measured);
  const world = await openWorld(settings.clients);
  const load = loadavg()[0] ?? Number.NaN;
  print(
    `machine     ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.versions.node}, load ${load.toFixed(2)}\n` +
      `clients     ${show(world.clients)}, ${show(world.megabytesPerMillion)} MB per million packed; keys sorted in ${world.sortMs} ms`,
    EXIT.measured,
  );
  let reached = false;
  for (const scenario of SCENARIOS) {
    const plan = await measure(settings.rounds, world.clients, () => drain(world, scenario));
    const file = await measure(settings.rounds, world.clients, () => toFile(world, scenario));
    if (scenario.name === 'follow') reached = file.perSecond >= GOAL_PER_SECOND;
    print(
      `${scenario.name.padEnd(16)} ${show(plan.result)} moves; plan ${show(plan.perSecond)} clients a second per core, ` +
        `with file ${show(file.perSecond)}; at most ${show(plan.megabytes)} MB more`,
      EXIT.measured,
    );
  }
  const verdict = reached ? 'reached' : 'NOT reached';
  return print(
    `goal        ${show(GOAL_PER_SECOND)} clients a second per core: ${verdict}`,
    reached ? EXIT.measured : EXIT.missed,
  );
}

type World = Awaited<ReturnType<typeof openWorld>>;

function question({ question: asked }: World, { objective, everybody }: Scenario): PlanQuestion {
  const { keys, get } = asked.clients;
  const gone = (state: ClientState | undefined) => state && { ...state, team: GONE };
  const clients = everybody ? { keys, get: (key: ClientKey) => gone(get(key)) } : asked.clients;
  return { ...asked, objective, clients };
}
const GONE = 'gone-1' as TeamId;

function drain(world: World, scenario: Scenario): Promise<number> {
  let moves = 0;
  for (const line of planMoves(question(world, scenario))) if (line.kind === 'move') moves++;
  return Promise.resolve(moves);
}

async function toFile(world: World, scenario: Scenario): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-bench-plan-'));
  try {
    await writePlan(path.join(folder, 'plan.gz'), linesOf(question(world, scenario)));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return 0;
}

function* linesOf(asked: PlanQuestion): Generator<PlanLine> {
  const { demarcation, asOf, objective, scope } = asked;
  const { version, contentHash, decisionReference, effectiveFrom } = demarcation;
  yield {
    kind: 'plan',
    format: PLAN_FORMAT,
    demarcation: { version, contentHash, decisionReference, effectiveFrom },
    asOf,
    objective,
    scope,
    teams: undefined,
    positions: [],
    askedBy: 'bench',
    why: 'bench',
    decisionReference: 'bench',
    createdAtMs: 0,
  };
  yield* planMoves(asked);
}

async function measure(rounds: number, clients: number, run: () => Promise<number>) {
  const perSecond: number[] = [];
  let [result, most] = [0, 0];
  const before = process.memoryUsage.rss();
  // The first round pays for the compiler.
  for (let round = 0; round <= rounds; round++) {
    const cpu = process.cpuUsage();
    result = await run();
    const { user, system } = process.cpuUsage(cpu);
    if (round > 0) perSecond.push(Math.round((clients / (user + system)) * MILLION));
    most = Math.max(most, process.memoryUsage.rss() - before);
  }
  perSecond.sort((a, b) => a - b);
  const megabytes = Math.round(most / MILLION);
  return { result, perSecond: Math.round(percentile(perSecond, 0.5)), megabytes };
}

/** Clients as routers leave them, under a version that is to be followed by the next. */
async function openWorld(clients: number) {
  const [first, next] = await Promise.all([load('2026-01'), load('2026-07')]);
  const codec = await openSimulationCodec();
  const router = new PlayedRouter(rulebookOf([first.demarcation]));
  const packed = new ByteStore<ClientKey>();
  const parser = createCaseParser({
    codeLists: await readCodeLists(),
    clientKeys: createClientKeyDeriver(Buffer.alloc(32, 1), 1),
    nowMs: 0,
  });
  const inputs = generateCases({
    seed: 1,
    clients,
    cases: Math.ceil(clients * CASES_PER_CLIENT),
    population: builtInPopulation(),
    fromMs: Date.UTC(2026, 0, 2),
    untilMs: Date.UTC(2026, 5, 29),
  });
  const stateOf = (key: ClientKey) => {
    const bytes = packed.get(key);
    const decoded = bytes && codec.decode(bytes, ['ClientState'] as const);
    return decoded?.ok === true ? decoded.value : undefined;
  };
  for (const { type, ...body } of inputs) {
    const parsed = parser.parse(type, body, { nowMs: 0, withoutId: 'refuse' });
    const event = must(parsed.ok ? parsed.value : undefined, 'an example is a valid event');
    const played = router.take(event, stateOf(event.clientKey));
    if (played.ok && played.value.state !== undefined) {
      packed.set(event.clientKey, codec.encodeState(played.value.state));
    }
  }
  const startedAt = performance.now();
  const keys = [...packed.keys()].sort();
  const sortMs = Math.round(performance.now() - startedAt);
  const bytes = keys.reduce((sum, key) => sum + (packed.get(key)?.length ?? 0), 0);
  return {
    clients: keys.length,
    sortMs,
    megabytesPerMillion: Math.round(bytes / keys.length),
    question: {
      clients: { keys: () => keys, get: stateOf },
      demarcation: next.demarcation,
      organisation: next.organisation,
      asOf: AS_OF,
      scope: EVERYBODY,
    },
  };
}

async function load(version: keyof typeof EXAMPLE_FOLDER) {
  const loaded = await loadDemarcation(EXAMPLE_FOLDER[version]);
  return must(loaded.ok ? loaded.value : undefined, 'the example demarcations are valid');
}

function readSettings(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      clients: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const size = values.quick ? 'quick' : 'full';
  const clients = values.clients === undefined ? CLIENTS[size] : Number(values.clients);
  if (!Number.isSafeInteger(clients) || clients < 1) return undefined;
  return { clients, rounds: ROUNDS[size] };
}

const show = (value: number) => value.toLocaleString('en-GB');

function print(text: string, exitCode: number): number {
  process.stdout.write(`${text}\n`);
  return exitCode;
}
