/** The command that proves exactly-once under fire: `npm run kills -- --help`. */
import { parseArgs } from 'node:util';
import { findMissingParts } from '@smc/infra';
import { MISTAKES } from '../broken-drivers.ts';
import { Installation } from '../live/installation.ts';
import { describe } from './describe.ts';
import { killRun } from './kill-run.ts';

const KINDS = [...MISTAKES, 'none'] as const;

const HELP = `Cases flow while routers are killed and frozen, a broker is killed and leaders move, on a
real cluster of three brokers; then every decision is made again and compared with the log. Some
offices divide by workload: their counters must be what counting all clients again gives.

  npm run kills -- [--cases 100000] [--kills 10] [--per-second 800] [--zombie-seconds 20]
                   [--seed 1] [--quick] [--mistake ${KINDS.join(' | ')}]

  --quick    10000 cases, 3 kills, a zombie of 6 s
  --mistake  routers with a deliberate mistake (4000 cases unless told otherwise): the run must
             find what it does. none: the same routers without one, which must be clean

Exit code 0: the log is proved; with --mistake: the mistake was caught. 1: not so. 2: wrong usage.
3: a part is missing on this machine.
`;

const FULL = { cases: 100_000, kills: 10, perSecond: 800, zombieSeconds: 20 };
const QUICK = { cases: 10_000, kills: 3, perSecond: 400, zombieSeconds: 6 };
/** Routers that lose counts end when one would fall below zero, and for good: they bear one kill. */
const ONE_KILL = { kills: 1, takeOvers: 0, zombieMs: 0, brokerFaults: false };
const WITH_MISTAKE = { cases: 4_000, kills: 2, perSecond: 400, zombieSeconds: 6 };

const { values } = readArguments();
// Leaving ends the routers; the stack's watchdog ends the rest and removes the data.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
if (values.help) {
  process.stdout.write(HELP);
} else {
  process.exitCode = await run();
}

async function run(): Promise<number> {
  const mistake = KINDS.find((one) => one === values.mistake);
  if (values.mistake !== undefined && mistake === undefined) {
    return refuse(`--mistake is one of ${KINDS.join(', ')}`);
  }
  const missing = findMissingParts();
  for (const { part, howToGet } of missing) {
    process.stderr.write(`${part} is missing here. ${howToGet}\n`);
  }
  if (missing.length > 0) return 3;

  const defaults = mistake !== undefined ? WITH_MISTAKE : values.quick ? QUICK : FULL;
  const numbers = {
    cases: numberOf(values.cases, defaults.cases),
    kills: numberOf(values.kills, defaults.kills),
    perSecond: numberOf(values['per-second'], defaults.perSecond),
    seed: numberOf(values.seed, 1),
  };
  const zombieMs = 1000 * numberOf(values['zombie-seconds'], defaults.zombieSeconds);
  if (Object.values(numbers).some((n) => !Number.isSafeInteger(n)) || Number.isNaN(zombieMs)) {
    return refuse('numbers are whole numbers');
  }
  const startedAt = performance.now();
  const tell = (what: string) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(7);
    process.stderr.write(`${seconds} s  ${what}\n`);
  };
  await using installation = await Installation.start({ brokers: 3, report: tell });
  const report = await killRun(installation, {
    ...numbers,
    takeOvers: mistake === undefined ? 1 : 3,
    zombieMs,
    brokerFaults: true,
    tell,
    ...(mistake !== undefined && { mistake }),
    ...(mistake === 'counters-in-the-next-transaction' && ONE_KILL),
  });
  process.stdout.write(`${describe(report).join('\n')}\n`);
  if (mistake === undefined || mistake === 'none') return report.clean ? 0 : 1;
  const caught = Object.keys(report.verdict.findingCounts).length > 0;
  process.stdout.write(`mistake    ${mistake}: ${caught ? 'caught' : 'NOT caught'}\n`);
  return caught ? 0 : 1;
}

function readArguments() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      options: {
        cases: text,
        kills: text,
        'per-second': text,
        'zombie-seconds': text,
        seed: text,
        mistake: text,
        quick: flag,
        help: flag,
      },
    });
  } catch (error) {
    process.exit(refuse(error instanceof Error ? error.message : String(error)));
  }
}

function refuse(reason: string): 2 {
  process.stderr.write(`${reason}\n\n${HELP}`);
  return 2;
}

function numberOf(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  return /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
}
