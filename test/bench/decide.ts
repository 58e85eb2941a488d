/**
 * `npm run bench -- decide`: what a decision costs, without a broker, a codec or a socket.
 *
 *   cases       decide, and decideOffice for offices that divide by workload, with every client's
 *               state kept as it is: the same cases as in the benchmark of the router
 *   lives       the same for cases of invented clients with the closures, moves and changes of
 *               status that come with them
 *   simulation  lives, as `smc simulate` takes them: clients packed as bytes, every measure counted
 *
 * All by the example organisation. Making events is not counted. A rate is events per second
 * of CPU of the whole process, garbage collector and compiler included: a rate per core also where
 * others use the machine. What the caches lose to others stays in it, and can be a factor of three.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { accept, must, refuse, type ClientState, type IntakeEvent, type Result } from '@smc/domain';
import { rulebookOf, type Demarcation } from '@smc/decision';
import { builtInPopulation, EXAMPLE_FOLDER, generateCases } from '@smc/example';
import { createClientKeyDeriver, readCodeLists, type IntakeParser } from '@smc/intake';
import {
  createCaseParser,
  loadDemarcation,
  openSimulationCodec,
  scenarioOf,
  Simulation,
  type LoadedDemarcation,
} from '@smc/simulation';
import { PlayedRouter } from '../../packages/simulation/src/played-router.ts';
import { percentile } from './figures.ts';
import { createWorkload } from './workload.ts';

const CASES = { full: 200_000, quick: 20_000 };
const ROUNDS = { full: 9, quick: 3 };
const COUNT_MAX = 10_000_000;
/** As in the benchmark of the router. */
const CASES_PER_CLIENT = 2.5;
/** Above it another program was at work. */
const QUIET_LOAD = 0.5;
const GOAL_PER_SECOND = 400_000;
/** As many as a lot of lines or a batch of the router has. */
const LOT = 1_000;
const MILLION = 1_000_000;
const EXIT = { measured: 0, missed: 1, usage: 2 } as const;

const HELP = `Measures what a decision costs, without a broker.

  npm run bench -- decide [OPTION ...]

  --cases N     cases in a round (default ${CASES.full}), and what comes with them
  --rounds N    measured rounds, after one that is not (default ${ROUNDS.full})
  --quick       a smoke test; its figures mean nothing
  --json FILE   the figures as JSON too

Median, slowest and fastest round in events per second of CPU, for cases alone, for cases with what
comes with them, and for smc simulate; and memory per million clients. Exit codes: 0 cases alone
reached ${GOAL_PER_SECOND} a second, 1 they did not, 2 wrong usage.

Example:  npm run bench -- decide --rounds 15`;

type Settings = {
  readonly cases: number;
  readonly rounds: number;
  readonly json: string | undefined;
};

type Rates = {
  readonly name: string;
  /** In one round. */
  readonly events: number;
  /** Events per second of CPU, ascending. */
  readonly perSecond: readonly number[];
  readonly clients: number;
  /** Megabytes, heap and bytes outside it. */
  readonly megabytesPerMillionClients: number;
};

export async function benchDecide(args: readonly string[]): Promise<number> {
  const read = readSettings(args);
  if (!read.ok) {
    process.stderr.write(`bench: ${read.refusal}; decide --help says what there is\n`);
    return EXIT.usage;
  }
  const settings = read.value;
  if (settings === 'help') return print(HELP, EXIT.measured);
  const load = loadavg()[0] ?? Number.NaN;
  const loaded = await loadDemarcation(EXAMPLE_FOLDER['2026-07']);
  const version = must(loaded.ok ? loaded.value : undefined, 'the example demarcation is valid');
  const { cases, rounds } = settings;
  const parser = await exampleParser();
  const alone = () => casesAlone(cases);
  const lives = () => livesOf(cases, parser);
  const core = () => coreOf(version.demarcation);
  const measured = [
    measure('cases', core, { events: alone, rounds }),
    measure('lives', core, { events: lives, rounds }),
    measure('simulation', await simulationOf(version), { events: lives, rounds }),
  ];
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load };
  if (settings.json !== undefined) {
    const figures = { machine, node: process.versions.node, measured };
    writeFileSync(settings.json, `${JSON.stringify(figures, undefined, 2)}\n`);
  }
  const [first] = measured;
  const reached = first !== undefined && percentile(first.perSecond, 0.5) >= GOAL_PER_SECOND;
  const quiet = load < QUIET_LOAD ? 'quiet' : 'NOT quiet: other programs were at work';
  return print(
    [
      `machine     ${machine.cpu}, ${machine.cores} cores, Node ${process.versions.node}`,
      `load        ${load.toFixed(2)} before (${quiet})`,
      `demarcation ${version.demarcation.version} of the example`,
      ...measured.map(describe),
      `goal        ${show(GOAL_PER_SECOND)} cases a second per core, cases alone: ${reached ? 'reached' : 'NOT reached'}`,
    ].join('\n'),
    reached ? EXIT.measured : EXIT.missed,
  );
}

type Work = { readonly take: (event: IntakeEvent) => void; readonly clients: () => number };

function measure(
  name: string,
  begin: () => Work,
  { events, rounds }: { readonly events: () => Iterable<IntakeEvent>; readonly rounds: number },
): Rates {
  // The first round pays for the compiler.
  const [, ...measured] = Array.from({ length: rounds + 1 }, () => measureRound(begin, events()));
  const last = must(measured.at(-1), 'at least one round is measured');
  const perSecond = measured.map(({ taken, cpuUs }) => (taken / cpuUs) * MILLION);
  return {
    name,
    events: last.taken,
    perSecond: perSecond.toSorted((a, b) => a - b),
    clients: last.clients,
    megabytesPerMillionClients: last.bytes / last.clients,
  };
}

/**
 * A function of its own, so that what a round kept is gone before the next one begins. Events are
 * made a few at a time between two readings of the clock: they are as young as those of a fetch.
 */
function measureRound(begin: () => Work, events: Iterable<IntakeEvent>) {
  const bytesBefore = bytesInUse();
  const work = begin();
  let [taken, cpuUs] = [0, 0];
  for (const lot of lotsOf(events)) {
    const before = process.cpuUsage();
    for (const event of lot) work.take(event);
    const { user, system } = process.cpuUsage(before);
    cpuUs += user + system;
    taken += lot.length;
  }
  const bytes = bytesInUse() - bytesBefore;
  // Asked for afterwards, so that the clients are still there while memory is measured.
  return { taken, cpuUs, bytes, clients: work.clients() };
}

function* lotsOf(events: Iterable<IntakeEvent>): Generator<readonly IntakeEvent[]> {
  let lot: IntakeEvent[] = [];
  for (const event of events) {
    lot.push(event);
    if (lot.length < LOT) continue;
    yield lot;
    lot = [];
  }
  yield lot;
}

function coreOf(demarcation: Demarcation): Work {
  const router = new PlayedRouter(rulebookOf([demarcation]));
  const clients = new Map<string, ClientState>();
  return {
    clients: () => clients.size,
    take(event) {
      const played = router.take(event, clients.get(event.clientKey));
      if (played.ok && played.value.state !== undefined) {
        clients.set(event.clientKey, played.value.state);
      }
    },
  };
}

async function simulationOf(version: LoadedDemarcation): Promise<() => Work> {
  const codec = await openSimulationCodec();
  return () => {
    const simulation = new Simulation(scenarioOf('bench', [version], { always: false }), codec);
    return { clients: () => simulation.clients, take: (event) => void simulation.take(event) };
  };
}

function* casesAlone(cases: number): Generator<IntakeEvent> {
  const workload = createWorkload(cases);
  for (let n = 0; n < cases; n++) yield workload.caseOf(n);
}

/** In the time in which the version holds. */
function* livesOf(cases: number, parser: IntakeParser): Generator<IntakeEvent> {
  const inputs = generateCases({
    seed: 1,
    clients: Math.ceil(cases / CASES_PER_CLIENT),
    cases,
    population: builtInPopulation(),
    fromMs: Date.UTC(2026, 6, 2),
    untilMs: Date.UTC(2027, 5, 30),
  });
  for (const { type, ...body } of inputs) {
    const parsed = parser.parse(type, body, { nowMs: 0, withoutId: 'refuse' });
    yield must(parsed.ok ? parsed.value : undefined, 'an example is a valid event');
  }
}

async function exampleParser(): Promise<IntakeParser> {
  const clientKeys = createClientKeyDeriver(Buffer.alloc(32, 1), 1);
  return createCaseParser({ codeLists: await readCodeLists(), clientKeys, nowMs: 0 });
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function bytesInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function describe({ name, events, perSecond, clients, ...memory }: Rates): string {
  const at = (share: number) => show(Math.round(percentile(perSecond, share) / 1000) * 1000);
  return (
    `${name.padEnd(11)} ${at(0.5)} events a second per core (median of ${perSecond.length} rounds of ${show(events)}; ` +
    `${at(0)} to ${at(1)}), ${show(Math.round(memory.megabytesPerMillionClients))} MB per million clients (of ${show(clients)})`
  );
}

function readSettings(args: readonly string[]): Result<Settings | 'help', string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        cases: { type: 'string' },
        rounds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return accept('help');
    const size = values.quick ? 'quick' : 'full';
    const cases = count(values.cases, CASES[size]);
    const rounds = count(values.rounds, ROUNDS[size]);
    if (cases === undefined || rounds === undefined) {
      return refuse(`--cases and --rounds take a whole number from 1 to ${COUNT_MAX}`);
    }
    return accept({ cases, rounds, json: values.json });
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      String(error.code).startsWith('ERR_PARSE_ARGS')
    ) {
      return refuse(error.message);
    }
    throw error;
  }
}

function count(text: string | undefined, fallback: number): number | undefined {
  if (text === undefined) return fallback;
  const value = /^[0-9]+$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= COUNT_MAX ? value : undefined;
}

const show = (value: number) => value.toLocaleString('en-GB');

function print(text: string, exitCode: number): number {
  process.stdout.write(`${text}\n`);
  return exitCode;
}
