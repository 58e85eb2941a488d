import { setTimeout as delay } from 'node:timers/promises';
import { endsWithin } from '@smc/runtime';
import { BenchThread } from './bench-thread.ts';
import { paceFlaw, type Latency, type Pace } from './figures.ts';
import type { GeneratorData } from './generator.ts';
import type { ReaderData, ReaderResult } from './latency-reader.ts';
import { look, type Watched } from './look.ts';

/** Left out at the start: compilers and connections come to rest. */
const WARM_UP_SECONDS_MAX = 5;
/** How long after the last case is sent an answer still counts, in shares of the measured time. */
const PATIENCE = 1.5;
const PATIENCE_SECONDS_MIN = 10;

export type OpenLoop = {
  readonly perSecond: number;
  readonly seconds: number;
  readonly latency: Latency;
  readonly unanswered: number;
  readonly pace: Pace;
  /** Why the figures prove nothing; undefined when they do. */
  readonly invalid: string | undefined;
  /** Cores in use while cases came in. */
  readonly workerCores: number;
  readonly brokerCores: number;
  /** How many cases were sent in all, warm-up too. */
  readonly sent: number;
};

export type OpenLoopOptions = Watched & {
  readonly brokers: readonly string[];
  readonly registryUrl: string;
  readonly partitions: number;
  readonly population: number;
  readonly firstCase: number;
  readonly perSecond: number;
  readonly seconds: number;
};

/** Sends at a fixed rate to a worker that has nothing left to do, and measures how long it takes. */
export async function runOpenLoop(options: OpenLoopOptions): Promise<OpenLoop> {
  const { perSecond, seconds } = options;
  const warmUpSeconds = Math.min(WARM_UP_SECONDS_MAX, seconds / 4);
  const warmUp = Math.round(warmUpSeconds * perSecond);
  const count = warmUp + Math.round(seconds * perSecond);
  const { brokers, registryUrl, partitions, firstCase } = options;
  const common = { brokers, registryUrl, partitions, firstCase, count };
  const readerData: ReaderData = { ...common, warmUp };
  const generatorData: GeneratorData = { ...common, population: options.population, perSecond };
  const reader = new BenchThread<ReaderResult>('latency-reader.ts', readerData);
  const generator = new BenchThread<Pace>('generator.ts', generatorData);
  try {
    await Promise.all([reader.ready, generator.ready]);
    generator.tell('go');
    await delay(warmUpSeconds * 1000);
    const before = look(options);
    const pace = await generator.result;
    const after = look(options);
    const patienceSeconds = Math.max(PATIENCE_SECONDS_MIN, seconds * PATIENCE);
    if (!(await endsWithin(reader.result, patienceSeconds * 1000))) reader.tell('stop');
    const { latency, unanswered } = await reader.result;
    const tookSeconds = (after.atMs - before.atMs) / 1000;
    return {
      perSecond,
      seconds,
      latency,
      unanswered,
      pace,
      invalid: paceFlaw(pace),
      workerCores: (after.worker - before.worker) / tookSeconds,
      brokerCores: (after.broker - before.broker) / tookSeconds,
      sent: count,
    };
  } finally {
    await Promise.all([reader.close(), generator.close()]);
  }
}
