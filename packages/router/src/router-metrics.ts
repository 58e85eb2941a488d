import type { Metrics } from '@smc/runtime';

/** The router's metrics; partitions are few, so they may be a label. */
export function createRouterMetrics(metrics: Metrics) {
  const perPartition = ['partition'] as const;
  return {
    records: metrics.counter({
      name: 'router_intake_records_total',
      help: 'Intake records answered by a committed transaction',
    }),
    decisions: metrics.counter({
      name: 'router_decisions_total',
      help: 'Events by kind and by rule, parking code or cause',
      labels: ['kind', 'detail'],
    }),
    repeats: metrics.counter({
      name: 'router_repeats_total',
      help: 'Valid intake records that changed nothing',
    }),
    deadLetters: metrics.counter({
      name: 'router_dead_letters_total',
      help: 'Records that are no valid event, by code',
      labels: ['code'],
    }),
    failures: metrics.counter({
      name: 'router_task_failures_total',
      help: 'Tasks dropped and built anew, by the code of the fault',
      labels: ['code'],
    }),
    transactionSeconds: metrics.histogram({
      name: 'router_transaction_seconds',
      help: 'From building a batch to its durable commit',
    }),
    restoreSeconds: metrics.histogram({
      name: 'router_restore_seconds',
      help: 'From fencing to the restored state of a partition',
    }),
    lag: metrics.gauge({
      name: 'router_lag_offsets',
      help: 'Offsets of the intake partition that are not answered yet',
      labels: perPartition,
    }),
    oldestSeconds: metrics.gauge({
      name: 'router_oldest_unrouted_seconds',
      help: 'Age of the oldest record when its batch was committed; 0 when none waits',
      labels: perPartition,
    }),
    clients: metrics.gauge({
      name: 'router_clients',
      help: 'Clients known to the task when it was restored',
      labels: perPartition,
    }),
    incomplete: metrics.gauge({
      name: 'router_incomplete_demarcations_info',
      help: '1 while an activated demarcation is not there in full',
      labels: perPartition,
    }),
    partitions: metrics.gauge({
      name: 'router_partitions',
      help: 'Partitions that are of this router',
    }),
  };
}
