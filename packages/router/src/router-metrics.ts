import type { Metrics } from '@smc/runtime';

/** The router's metrics; partitions are few, so they may be a label. */
export function createRouterMetrics(metrics: Metrics) {
  const ofPartitions = createPartitionMetrics(metrics);
  return {
    ...ofPartitions,
    perPartition: Object.values(ofPartitions),
    records: metrics.counter({
      name: 'router_intake_records_total',
      help: 'Intake records answered by a committed transaction',
    }),
    officeRecords: metrics.counter({
      name: 'router_office_records_total',
      help: 'Requests and load changes that offices have answered or counted',
    }),
    decisions: metrics.counter({
      name: 'router_decisions_total',
      help: 'Events by kind and by rule, parking code or cause',
      labels: ['kind', 'detail'],
    }),
    commands: metrics.counter({
      name: 'router_commands_total',
      help: 'Commands by kind and by what became of them',
      labels: ['command', 'outcome'],
    }),
    choices: metrics.counter({
      name: 'router_team_choices_total',
      help: 'Teams chosen by workload',
      labels: ['office', 'team'],
    }),
    openCases: metrics.gauge({
      name: 'router_office_open_cases',
      help: 'Open cases of each team, as its office counts them',
      labels: ['office', 'team'],
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
    partitions: metrics.gauge({
      name: 'router_partitions',
      help: 'Partitions that are of this router',
    }),
  };
}

/** Where each partition stands: gone when the partition is given up. */
function createPartitionMetrics(metrics: Metrics) {
  const labels = ['partition'] as const;
  return {
    lag: metrics.gauge({
      name: 'router_lag_offsets',
      help: 'Offsets of the intake partition that are not answered yet',
      labels,
    }),
    oldestSeconds: metrics.gauge({
      name: 'router_oldest_unrouted_seconds',
      help: 'Age of the oldest record when its batch was committed; 0 when none waits',
      labels,
    }),
    awaiting: metrics.gauge({
      name: 'router_awaiting_cases',
      help: 'Cases that wait for an office to choose a team by workload',
      labels,
    }),
    oldestAwaitingSeconds: metrics.gauge({
      name: 'router_oldest_awaiting_seconds',
      help: 'Age of the oldest of them; 0 when none waits',
      labels,
    }),
    clients: metrics.gauge({
      name: 'router_clients',
      help: 'Clients known to the task when it was restored',
      labels,
    }),
    incomplete: metrics.gauge({
      name: 'router_incomplete_demarcations_info',
      help: '1 while an activated demarcation is not there in full',
      labels,
    }),
  };
}
