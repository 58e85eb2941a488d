import type { Clock, Logger, Metrics, Readiness } from '@smc/runtime';
import type { Subscriber, SubscriberReports } from './subscriber.ts';

export type ReportTools = {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly readiness: Readiness;
  readonly clock: Clock;
};

/** One entry for each thing that a subscriber reports: its metric and its log line together. */
export function createReports({
  metrics,
  logger,
  readiness,
  clock,
}: ReportTools): SubscriberReports {
  const events = metrics.counter({
    name: 'subscriber_events_total',
    help: 'Records of smc.assignments by outcome: applied, duplicate, gap (applied too), bad, lost',
    labels: ['outcome'],
  });
  const acknowledgements = metrics.counter({
    name: 'subscriber_acknowledgements_total',
    help: 'Acknowledgements that Kafka has taken',
  });
  const delay = metrics.histogram({
    name: 'subscriber_delay_seconds',
    help: 'From the oldest event of a batch being written to the batch being stored here',
  });
  return {
    tookIn({ applied, duplicates }, oldestTimestampMs) {
      if (applied > 0) events.inc({ outcome: 'applied' }, applied);
      if (duplicates > 0) events.inc({ outcome: 'duplicate' }, duplicates);
      if (oldestTimestampMs !== undefined)
        delay.observe((clock.nowMs() - oldestTimestampMs) / 1_000);
    },
    acknowledged: (clients) => acknowledgements.inc(clients),
    gap(gap) {
      events.inc({ outcome: 'gap' });
      logger.error({ event: 'assignment.gap', ...gap }, 'numbers of a client are missing upstream');
    },
    badRecord(record) {
      events.inc({ outcome: 'bad' });
      logger.error({ event: 'assignment.unreadable', ...record }, 'a record is no event');
    },
    lost(from, to) {
      events.inc({ outcome: 'lost' }, to - from.offset);
      logger.error({ event: 'assignments.lost', ...from, to }, 'deleted before they were read');
    },
    away(error) {
      const reason = error instanceof Error ? error.message : String(error);
      readiness.set('assignments', `assignments: ${reason}`);
      logger.warn({ event: 'dependency.unreachable', reason }, 'waiting for Kafka or the registry');
    },
    back() {
      readiness.clear('assignments');
      logger.info({ event: 'dependency.reachable' }, 'Kafka and the registry answer again');
    },
  };
}

const WATCH_MS = 1_000;

/** Keeps the gauges of a subscriber up to date, also while Kafka is away; the answer stops it. */
export function watchSubscriber(subscriber: Subscriber, metrics: Metrics): () => void {
  const lag = metrics.gauge({
    name: 'subscriber_lag_offsets',
    help: 'Offsets of smc.assignments still to be read',
  });
  const age = metrics.gauge({
    name: 'subscriber_age_seconds',
    help: 'Age of the last event taken in, where more are waiting; 0: none is',
  });
  const unsent = metrics.gauge({
    name: 'subscriber_unacknowledged_transactions',
    help: 'Batches stored here whose acknowledgements are still to be sent',
  });
  const look = () => {
    const status = subscriber.status();
    lag.set(status.lag);
    age.set(status.ageMs / 1_000);
    unsent.set(status.outboxBatches);
  };
  const timer = setInterval(look, WATCH_MS);
  timer.unref();
  return () => clearInterval(timer);
}
