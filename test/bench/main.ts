/** `npm run bench`: the router beside two kafkajs workers. `--help` says how. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { StackFault } from '@smc/infra';
import { must } from '@smc/domain';
import { HELP, readArguments, type BenchOptions } from './arguments.ts';
import { benchDecide } from './decide.ts';
import { measureWorker, type Measured } from './measure.ts';
import { benchPlan } from './plan.ts';
import { summariseProfile, type CpuProfile } from './profile.ts';
import { formatProfile, formatReport, goalsOfReport, type Machine } from './report.ts';
import { openWorld, type World } from './world.ts';

const EXIT = { measured: 0, wrong: 1, usage: 2, unreachable: 3 } as const;

const say = (line: string) => void process.stderr.write(`bench: ${line}\n`);

process.exitCode = await main();

async function main(): Promise<number> {
  const [subcommand, ...rest] = process.argv.slice(2);
  if (subcommand === 'decide') return benchDecide(rest);
  if (subcommand === 'plan') return benchPlan(rest);
  const options = readArguments(process.argv.slice(2));
  if (!options.ok) {
    say(`${options.refusal}; --help says what there is`);
    return EXIT.usage;
  }
  if (options.value === 'help') {
    process.stdout.write(`${HELP}\n`);
    return EXIT.measured;
  }
  if (process.platform !== 'linux') {
    say('CPU and memory are read from /proc, which only Linux has');
    return EXIT.usage;
  }
  // Workers and stack end with this process, whatever ends it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(130));
  }
  try {
    return await bench(options.value);
  } catch (error) {
    if (!(error instanceof StackFault)) throw error;
    say(error.message);
    return EXIT.unreachable;
  }
}

async function bench(options: BenchOptions): Promise<number> {
  const machine = describeMachine();
  say(`load average ${machine.loadBefore.toFixed(2)} on ${machine.cores} cores`);
  const world = await openWorld((line) => say(line));
  try {
    const measured = await measureAll(world, options);
    process.stdout.write(formatReport({ machine, measured }));
    if (options.profile) printProfile(profileFolderOf(world), options.cases);
    if (options.json !== undefined) {
      const figures = { machine, options, measured, goals: goalsOfReport(measured) };
      writeFileSync(options.json, `${JSON.stringify(figures, undefined, 2)}\n`);
    }
    return measured.every(isRight) ? EXIT.measured : EXIT.wrong;
  } finally {
    await world.close();
  }
}

/** Every worker once unmeasured, so that the broker has compiled what each asks of it. */
async function measureAll(world: World, options: BenchOptions): Promise<readonly Measured[]> {
  const { workers, cases, perSecond, seconds } = options;
  const digestCases = Math.min(...workers.map((name) => casesOf(name, options)));
  const common = { population: cases, digestCases };
  let round = 0;
  for (const name of workers) {
    await measureWorker(world, name, {
      ...common,
      round: round++,
      cases: options.warmUpCases,
      openLoop: undefined,
      report: (line) => say(`warm-up, ${name}: ${line}`),
    });
  }
  const measured: Measured[] = [];
  for (const name of workers) {
    const profileFolder = options.profile ? profileFolderOf(world) : undefined;
    measured.push(
      await measureWorker(world, name, {
        ...common,
        round: round++,
        cases: casesOf(name, options),
        openLoop: options.profile ? undefined : { perSecond, seconds },
        profileFolder,
        report: (line) => say(`${name}: ${line}`),
      }),
    );
  }
  return measured;
}

function casesOf(name: Measured['worker'], { cases, plainCases }: BenchOptions): number {
  return name === 'plain' ? plainCases : cases;
}

/** A worker that promises exactly once has kept it; nobody lost a case. */
function isRight({ worker, audit }: Measured): boolean {
  return audit.lost === 0 && (worker === 'plain' || audit.duplicated === 0);
}

function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown processor',
    cores: cpus().length,
    node: process.versions.node,
    loadBefore: loadavg()[0] ?? Number.NaN,
  };
}

function profileFolderOf({ stack }: World): string {
  const folder = path.join(stack.dataFolder, 'profile');
  mkdirSync(folder, { recursive: true });
  return folder;
}

function printProfile(folder: string, cases: number): void {
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
  const text = readFileSync(path.join(folder, must(file, 'the worker wrote a profile')), 'utf8');
  const profile: CpuProfile = JSON.parse(text);
  process.stdout.write(formatProfile(summariseProfile(profile), cases));
}
