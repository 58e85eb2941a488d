import { auditOutcomes, type Audit } from './audit.ts';
import { watchDrain, type Drain } from './drain.ts';
import { runOpenLoop, type OpenLoop } from './open-loop.ts';
import { peakMbOf } from './proc-stat.ts';
import { startWorker, type ProfileFolder, type WorkerName } from './workers.ts';
import { createWorkload } from './workload.ts';
import type { World } from './world.ts';

export type Measured = {
  readonly worker: WorkerName;
  readonly drain: Drain;
  readonly openLoop: OpenLoop | undefined;
  readonly peakMb: number;
  readonly audit: Audit;
};

export type MeasureOptions = {
  /** Tells the runs apart, in names of groups and logs. */
  readonly round: number;
  /** What the workload was made for: the same for all workers, so that cases are the same. */
  readonly population: number;
  readonly cases: number;
  /** Undefined: only the drain. */
  readonly openLoop: { readonly perSecond: number; readonly seconds: number } | undefined;
  readonly digestCases: number;
  readonly profileFolder?: ProfileFolder;
  readonly report: (line: string) => void;
};

/** A worker that answers fewer cases a second than this is not waited for. */
const CASES_PER_SECOND_MIN = 100;
const DRAIN_SECONDS_MIN = 20;

/** One round with one worker: preload, drain, open loop, and what came of it. */
export async function measureWorker(
  world: World,
  name: WorkerName,
  options: MeasureOptions,
): Promise<Measured> {
  const { cases, population, report } = options;
  const { codec, partitions, brokerPid, stack } = world;
  const round = await world.newRound();
  try {
    report(`writing ${cases.toLocaleString('en')} cases`);
    await round.preload(createWorkload(population), cases);
    report('starting the worker');
    const worker = startWorker(name, world, {
      round: options.round,
      profileFolder: options.profileFolder,
    });
    try {
      await worker.ready();
      const watched = { workerPid: worker.pid, brokerPid };
      const deadlineMs = 1000 * Math.max(DRAIN_SECONDS_MIN, cases / CASES_PER_SECOND_MIN);
      const { reader } = round;
      const drain = await watchDrain({
        ...watched,
        reader,
        partitions,
        cases,
        deadlineMs,
        report,
      });
      const { openLoop: wanted } = options;
      if (wanted) report(`${wanted.perSecond} cases a second for ${wanted.seconds} s`);
      const openLoop =
        wanted &&
        (await runOpenLoop({
          ...watched,
          ...wanted,
          brokers: stack.brokers,
          registryUrl: stack.registryUrl,
          partitions,
          population,
          firstCase: cases,
        }));
      const peakMb = peakMbOf(worker.pid);
      await worker.stop();
      report('counting the outcomes');
      const total = cases + (openLoop?.sent ?? 0);
      const { digestCases } = options;
      const audit = await auditOutcomes({ reader, codec, partitions, cases: total, digestCases });
      return { worker: name, drain, openLoop, peakMb, audit };
    } finally {
      await worker.stop();
    }
  } finally {
    await round.close();
  }
}
