import type { DemarcationActivated } from '@smc/domain';
import type { LogFault } from '@smc/log';
import type { Logger, Metrics, Readiness } from '@smc/runtime';
import type { Tally } from './batch.ts';
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
      readonly records: number;
      readonly tally: Tally;
      /** From building the batch to the durable commit. */
      readonly tookMs: number;
      /** How long ago the oldest record of the batch was written. */
      readonly oldestMs: number;
    },
  ): void;
  /** The task's state, and what it waits for when it can't work. */
  taskState(partition: number, state: TaskState, waitsFor: string | undefined): void;
  /** Where the task stands, and the first offset that is not decided yet. */
  position(partition: number, next: number, end: number): void;
  activated(partition: number, command: DemarcationActivated, offset: number): void;
  demarcationIncomplete(partition: number, command: DemarcationActivated): void;
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
  const nameOf = (partition: number) => `partition-${partition}`;
  return {
    restored(partition, { clients, tookMs }) {
      of.restoreSeconds.observe(tookMs / 1000);
      of.clients.set({ partition }, clients);
      logger.info({ event: 'task.restored', partition, clients, tookMs }, 'restored from the log');
    },
    committed(partition, { records, tally, tookMs, oldestMs }) {
      of.transactionSeconds.observe(tookMs / 1000);
      of.oldestSeconds.set({ partition }, oldestMs / 1000);
      of.records.inc(records);
      of.repeats.inc(tally.repeats);
      for (const [outcome, n] of tally.outcomes) {
        const [kind = '', detail = ''] = outcome.split('/');
        of.decisions.inc({ kind, detail }, n);
      }
      for (const [code, n] of tally.deadLetters) of.deadLetters.inc({ code }, n);
    },
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
      for (const gauge of [of.lag, of.oldestSeconds, of.clients, of.incomplete]) {
        gauge.remove({ partition });
      }
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
