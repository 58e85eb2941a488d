import { setTimeout as delay } from 'node:timers/promises';
import { TOPICS } from '@smc/domain';
import type { LogReader } from '@smc/log';
import { look, type Watched } from './look.ts';

/** How often the outcomes are counted: the precision of the duration. */
const LOOK_EVERY_MS = 50;
/** Markers of transactions count as offsets too, so the end is where nothing comes any more. */
const QUIET_MS = 1_000;
const SAY_EVERY_MS = 5_000;

export type Drain = {
  readonly cases: number;
  /** From the worker's own word that it is ready to the last outcome that a reader could see. */
  readonly seconds: number;
  /** Of the worker until it was ready: loading, compiling, joining the group. */
  readonly startCpuSeconds: number;
  /** From then on. */
  readonly workerCpuSeconds: number;
  readonly brokerCpuSeconds: number;
};

export type DrainOptions = Watched & {
  readonly reader: LogReader;
  readonly partitions: number;
  readonly cases: number;
  /** A worker that has not finished by then is taken as it stands; the audit counts what is lost. */
  readonly deadlineMs: number;
  readonly report: (line: string) => void;
};

/** Called when the worker has just become ready; resolves when it has answered what there was. */
export async function watchDrain(options: DrainOptions): Promise<Drain> {
  const { reader, cases, report } = options;
  const start = look(options);
  let last = start;
  let committed = 0;
  let saidAt = start.atMs;
  for (;;) {
    await delay(LOOK_EVERY_MS);
    const seen = await committedOf(reader, options.partitions);
    const now = look(options);
    if (seen > committed) {
      committed = seen;
      last = now;
    }
    const quietMs = now.atMs - last.atMs;
    if (committed >= cases && quietMs >= QUIET_MS) break;
    if (now.atMs - start.atMs > options.deadlineMs) break;
    if (now.atMs - saidAt >= SAY_EVERY_MS) {
      report(`${committed.toLocaleString('en')} of ${cases.toLocaleString('en')} cases answered`);
      saidAt = now.atMs;
    }
  }
  return {
    cases,
    seconds: (last.atMs - start.atMs) / 1000,
    startCpuSeconds: start.worker,
    workerCpuSeconds: last.worker - start.worker,
    brokerCpuSeconds: last.broker - start.broker,
  };
}

async function committedOf(reader: LogReader, partitions: number): Promise<number> {
  const topic = TOPICS.assignments;
  const ranges = await Promise.all(
    Array.from({ length: partitions }, (_, partition) => reader.range({ topic, partition })),
  );
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
