import { parseArgs } from 'node:util';
import { accept, refuse, type Result } from '@smc/domain';
import { WORKERS, type WorkerName } from './workers.ts';

export type BenchOptions = {
  readonly workers: readonly WorkerName[];
  /** Cases that lie ready for each worker but `plain`. */
  readonly cases: number;
  /** Those for `plain`, which takes about a millisecond for each. */
  readonly plainCases: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly warmUpCases: number;
  readonly json: string | undefined;
  readonly profile: boolean;
};

const FULL = { cases: 200_000, plainCases: 20_000, seconds: 30, warmUpCases: 5_000 };
const QUICK = { cases: 20_000, plainCases: 2_000, seconds: 5, warmUpCases: 1_000 };
const RATE = 1_000;

export const HELP = `Measures the router beside two kafkajs workers: the same cases, broker and rules.

  npm run bench -- [OPTION ...]
  npm run bench -- decide          the decision alone, without a broker (decide --help)
  npm run bench -- plan            the plan of a reassignment, without a broker (plan --help)

  --quick          a smoke test: ${QUICK.cases} cases, ${QUICK.seconds} s; its figures mean nothing
  --cases N        cases that lie ready for a worker (default ${FULL.cases}; plain at most ${FULL.plainCases})
  --rate N         cases a second in the open loop (default ${RATE})
  --seconds N      how long, after a warm-up (default ${FULL.seconds})
  --only NAME      one worker: ours, good or plain
  --profile        only ours, only the drain, under node's profiler: where its time goes
  --json FILE      the figures as JSON too
  --help           this text

It starts a Kafka broker, a schema registry and a Redis of its own and stops them again. It needs
Linux, about 3 GB of memory and a machine that does nothing else: the load is printed with the
figures. A full run takes about four minutes. Figures go to stdout, talk to stderr. Exit codes:
0 measured and nothing lost or doubled by an exactly-once worker, 1 something was, 2 wrong usage,
3 a part of the stack could not be started.

Example:  npm run bench -- --seconds 60 --json bench.json`;

/** The options of a command line, the request for help, or what is wrong with it. */
export function readArguments(args: readonly string[]): Result<BenchOptions | 'help', string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        cases: { type: 'string' },
        rate: { type: 'string' },
        seconds: { type: 'string' },
        only: { type: 'string' },
        profile: { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return accept('help');
    const defaults = values.quick ? QUICK : FULL;
    const cases = count('--cases', values.cases, defaults.cases);
    const only = values.profile ? 'ours' : values.only;
    const workers = WORKERS.filter((name) => only === undefined || name === only);
    if (workers.length === 0) throw new UsageError(`--only takes ${WORKERS.join(', ')}`);
    return accept({
      workers,
      cases,
      plainCases: Math.min(cases, defaults.plainCases),
      perSecond: count('--rate', values.rate, RATE),
      seconds: count('--seconds', values.seconds, defaults.seconds),
      warmUpCases: defaults.warmUpCases,
      json: values.json,
      profile: values.profile,
    });
  } catch (error) {
    if (error instanceof UsageError || isParseError(error)) return refuse(error.message);
    throw error;
  }
}

class UsageError extends Error {}

/** What the longest sensible run needs, with room. */
const COUNT_MAX = 100_000_000;

function count(option: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = /^[0-9]+$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= COUNT_MAX) return value;
  throw new UsageError(`${option} takes a whole number from 1 to ${COUNT_MAX}`);
}

function isParseError(error: unknown): error is Error {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}
