import { TOPICS, type DemarcationActivated, type OfficeLoad } from '@smc/domain';
import type { LogFault } from '@smc/log';
import type { Logger, Metrics, Readiness } from '@smc/runtime';
import type { PairCounts, Tally } from './batch.ts';
import type { NamedVersion } from './demarcation-waits.ts';
import { OfficeGauge } from './office-gauge.ts';
import { createRouterMetrics } from './router-metrics.ts';
import type { TaskState } from './router-task.ts';

/**
 * Everything the router reports, one method an event: each is a log line, a metric or both, and
 * none of them throws or waits.
 */
export type RouterReports = {
  restored(partition: number, what: { readonly clients: number; readonly tookMs: number }): void;
  committed(
    partition: number,
    what: {
      readonly tally: Tally;
      /** From building the batch to the durable commit. */
      readonly tookMs: number;
      /** How long ago its oldest record of intake was written; undefined: it has none. */
      readonly oldestMs: number | undefined;
    },
  ): void;
  /** How many cases wait for an office's choice, and how long ago intake received the oldest. */
  awaiting(partition: number, cases: number, oldestMs: number): void;
  /** The counters of an office that is counted in this partition. */
  officeLoad(partition: number, load: OfficeLoad): void;
  /** The task's state, and what it waits for when it can't work. */
  taskState(partition: number, state: TaskState, waitsFor: string | undefined): void;
  /** Where the task stands, and the first offset that is not decided yet. */
  position(partition: number, next: number, end: number): void;
  activated(partition: number, command: DemarcationActivated, offset: number): void;
  demarcationIncomplete(partition: number, named: NamedVersion): void;
  demarcationComplete(partition: number): void;
  registryAway(partition: number, schemaId: number, error: unknown): void;
  taskFailed(partition: number, fault: LogFault): void;
  /** The task of the partition has been stopped for good. */
  released(partition: number): void;
  assigned(partitions: readonly number[]): void;
  lost(reason: string): void;
};

type World = { readonly logger: Logger; readonly metrics: Metrics; readonly readiness: Readiness };

/** Reports to the log, the metrics and the readiness door of the process. */
export function createRouterReports({ logger, metrics, readiness }: World): RouterReports {
  const of = createRouterMetrics(metrics);
  const offices = new OfficeGauge(of.openCases);
  const nameOf = (partition: number) => `partition-${partition}`;
  return {
    restored(partition, { clients, tookMs }) {
      of.restoreSeconds.observe(tookMs / 1000);
      of.clients.set({ partition }, clients);
      logger.info({ event: 'task.restored', partition, clients, tookMs }, 'restored from the log');
    },
    committed(partition, { tally, tookMs, oldestMs }) {
      of.transactionSeconds.observe(tookMs / 1000);
      if (oldestMs !== undefined) of.oldestSeconds.set({ partition }, oldestMs / 1000);
      of.records.inc(tally.records.get(TOPICS.intake) ?? 0);
      of.officeRecords.inc(tally.records.get(TOPICS.officeIntake) ?? 0);
      of.repeats.inc(tally.repeats);
      eachPair(tally.outcomes, (kind, detail, n) => of.decisions.inc({ kind, detail }, n));
      eachPair(tally.commands, (command, outcome, n) => of.commands.inc({ command, outcome }, n));
      eachPair(tally.choices, (office, team, n) => of.choices.inc({ office, team }, n));
      for (const [code, n] of tally.deadLetters) of.deadLetters.inc({ code }, n);
    },
    awaiting(partition, cases, oldestMs) {
      of.awaiting.set({ partition }, cases);
      of.oldestAwaitingSeconds.set({ partition }, oldestMs / 1000);
    },
    officeLoad: (partition, load) => offices.show(partition, load),
    taskState(partition, state, waitsFor) {
      const reason = `partition ${partition} is ${state}${waitsFor ? `: ${waitsFor}` : ''}`;
      if (state === 'running') readiness.clear(nameOf(partition));
      else if (state !== 'stopped') readiness.set(nameOf(partition), reason);
      logger.debug({ event: 'task.state', partition, state, waitsFor }, reason);
    },
    position(partition, next, end) {
      of.lag.set({ partition }, Math.max(0, end - next));
      if (end <= next) of.oldestSeconds.set({ partition }, 0);
    },
    activated(partition, { version, contentHash, effectiveFrom }, offset) {
      const facts = { partition, version, contentHash, effectiveFrom, offset };
      logger.info({ event: 'demarcation.activated', ...facts }, `demarcation ${version} decides`);
    },
    demarcationIncomplete(partition, { version, contentHash }) {
      of.incomplete.set({ partition }, 1);
      const facts = { partition, version, contentHash };
      logger.warn({ event: 'demarcation.incomplete', ...facts }, `${version} is not there in full`);
    },
    demarcationComplete: (partition) => of.incomplete.set({ partition }, 0),
    registryAway(partition, schemaId, error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn(
        { event: 'registry.away', partition, schemaId, reason },
        'waiting for the registry',
      );
    },
    taskFailed(partition, { code, message, retriable }) {
      of.failures.inc({ code });
      readiness.set(nameOf(partition), `partition ${partition}: ${code}: ${message}`);
      const facts = { partition, code, retriable, reason: message };
      logger.warn({ event: 'task.failed', ...facts }, 'the task is dropped and built anew');
    },
    released(partition) {
      readiness.clear(nameOf(partition));
      for (const gauge of of.perPartition) gauge.remove({ partition });
      offices.forget(partition);
      logger.info({ event: 'task.released', partition }, `partition ${partition} is given up`);
    },
    assigned(partitions) {
      readiness.clear('group');
      of.partitions.set(partitions.length);
      logger.info({ event: 'group.assigned', partitions }, 'partitions of this router');
    },
    lost(reason) {
      of.partitions.set(0);
      readiness.set('group', `not in the group: ${reason}`);
      logger.warn({ event: 'group.lost', reason }, 'no partition is ours until the group says so');
    },
  };
}

function eachPair(
  counts: PairCounts,
  tell: (first: string, second: string, n: number) => void,
): void {
  for (const [first, its] of counts) for (const [second, n] of its) tell(first, second, n);
}
