import { delay, type Logger, type Metrics, type Readiness } from '@smc/runtime';
import type { Projector, ProjectorReports } from './projector.ts';
import type { Views } from './read-views.ts';

export type ReportTools = {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly readiness: Readiness;
};

/** One entry for each thing that a projector reports: its metric and its log line together. */
export function createReports({ metrics, logger, readiness }: ReportTools): ProjectorReports {
  const events = metrics.counter({
    name: 'projector_events_total',
    help: 'Records by outcome: projected, gap (projected too), unreadable, lost',
    labels: ['outcome'],
  });
  const builds = metrics.counter({
    name: 'projector_builds_total',
    help: 'Times that the read models were built anew, by reason',
    labels: ['reason'],
  });
  return {
    projected({ records, next }, { gaps, unreadable }) {
      events.inc({ outcome: 'projected' }, records.length - unreadable);
      if (unreadable > 0) {
        events.inc({ outcome: 'unreadable' }, unreadable);
        logger.error({ event: 'view.unreadable', unreadable, next }, 'records are no event');
      }
      if (gaps > 0) {
        events.inc({ outcome: 'gap' }, gaps);
        logger.error({ event: 'view.gap', gaps, next }, 'events of clients are missing');
      }
    },
    building(reason) {
      builds.inc({ reason });
      readiness.set('views', 'views: being built from the log');
      logger.warn({ event: 'views.building', reason }, 'building the read models from the log');
    },
    built(namespace) {
      readiness.clear('views');
      if (namespace === undefined) return;
      logger.info({ event: 'views.built', namespace }, 'the read models are complete');
    },
    lost(from, to) {
      events.inc({ outcome: 'lost' }, to - from.offset);
      logger.error({ event: 'records.lost', ...from, to }, 'deleted before they were read');
    },
    away(error) {
      const reason = error instanceof Error ? error.message : String(error);
      readiness.set('projector', `projector: ${reason}`);
      logger.warn({ event: 'dependency.unreachable', reason }, 'waiting');
    },
    back() {
      readiness.clear('projector');
      logger.info({ event: 'dependency.reachable' }, 'all answer again');
    },
  };
}

export type WatchOptions = {
  readonly projector: Projector;
  readonly views: Views;
  readonly metrics: Metrics;
  /** A division that has not answered an event for so long counts as lagging (E33). */
  readonly divisionLagMsMax: number;
  readonly signal: AbortSignal;
};

/** Often enough for an alarm, seldom enough for Redis. */
const WATCH_MS = 5_000;

/** Keeps the gauges of what stands in the read models, until the signal aborts. */
export async function watchViews(options: WatchOptions): Promise<void> {
  const look = prepareGauges(options);
  while (!options.signal.aborted) {
    // The projector itself says that the store is away; the gauges then keep their last value.
    await look().catch(() => undefined);
    await delay(WATCH_MS, options.signal);
  }
}

function prepareGauges({ projector, views, metrics, divisionLagMsMax }: WatchOptions) {
  const watchers = [
    watchStatus(metrics, projector),
    watchConvergence(metrics, views, divisionLagMsMax),
    watchParked(metrics, views),
    watchLatency(metrics, views),
    watchCaseload(metrics, views),
    watchInflow(metrics, views),
  ];
  return async () => void (await Promise.all(watchers.map((watcher) => watcher())));
}

function watchStatus(metrics: Metrics, projector: Projector) {
  const lag = metrics.gauge({
    name: 'projector_lag_offsets',
    help: 'Offsets of assignments and acknowledgements still to be read',
  });
  const age = metrics.gauge({
    name: 'projector_age_seconds',
    help: 'Age of the last record taken in, where more are waiting; 0: none is',
  });
  return async () => {
    const status = projector.status();
    lag.set(status.lag);
    age.set(status.ageMs / 1_000);
  };
}

function watchConvergence(metrics: Metrics, views: Views, divisionLagMsMax: number) {
  const gauge = (name: string, help: string) => metrics.gauge({ name, help });
  const perDivision = (name: string, help: string) =>
    metrics.gauge({ name, help, labels: ['division'] });
  const clients = gauge('convergence_pending_clients', 'Clients whom not all divisions know yet');
  const age = gauge('convergence_pending_age_seconds', 'How long the oldest of them has waited');
  const disagreeing = gauge(
    'convergence_disagreeing_clients',
    'Clients of whom a division acknowledged the newest event with another team',
  );
  const behind = perDivision(
    'convergence_behind_clients',
    'Clients whose newest event is unanswered',
  );
  const behindAge = perDivision('convergence_behind_age_seconds', 'How long the oldest has waited');
  const lagging = gauge(
    'convergence_lagging_divisions',
    'Alarm: divisions past the limit (B43, E33)',
  );
  return async () => {
    const report = await views.convergence();
    clients.set(report.notConverged);
    age.set(report.oldestAgeMs / 1_000);
    disagreeing.set(report.disagreeing);
    for (const { division, behind: count, oldestAgeMs } of report.divisions) {
      behind.set({ division }, count);
      behindAge.set({ division }, oldestAgeMs / 1_000);
    }
    lagging.set(
      report.divisions.filter(({ oldestAgeMs }) => oldestAgeMs > divisionLagMsMax).length,
    );
  };
}

function watchParked(metrics: Metrics, views: Views) {
  const cases = metrics.gauge({ name: 'parked_cases', help: 'Cases without a team (E26)' });
  const age = metrics.gauge({
    name: 'parked_age_seconds',
    help: 'Age of the oldest case without a team (E26)',
  });
  return async () => {
    const { total, cases: oldest } = await views.parkedList('all', 1);
    cases.set(total);
    age.set((oldest[0]?.ageMs ?? 0) / 1_000);
  };
}

function watchLatency(metrics: Metrics, views: Views) {
  const latency = metrics.gauge({
    name: 'assignment_latency_seconds',
    help: 'From intake to assignment since the first case, per office (E40)',
    labels: ['office', 'quantile'],
  });
  return async () => {
    for (const { office, p50Ms, p95Ms } of await views.latency()) {
      if (p50Ms !== undefined) latency.set({ office, quantile: '0.5' }, p50Ms / 1_000);
      if (p95Ms !== undefined) latency.set({ office, quantile: '0.95' }, p95Ms / 1_000);
    }
  };
}

function watchCaseload(metrics: Metrics, views: Views) {
  const perTeam = (name: string, help: string) => metrics.gauge({ name, help, labels: ['team'] });
  const cases = perTeam('caseload_cases', 'Open cases of a team');
  const clients = perTeam('caseload_clients', 'Clients of a team with an open case');
  return async () => {
    const { teams } = await views.caseload();
    for (const { id: team, cases: open, clients: known } of teams) {
      cases.set({ team }, open);
      clients.set({ team }, known);
    }
  };
}

function watchInflow(metrics: Metrics, views: Views) {
  const assigned = metrics.gauge({
    name: 'inflow_cases',
    help: 'Cases assigned since the first record, by team, law and line: a team with ZW alone shows (B14)',
    labels: ['team', 'law', 'line'],
  });
  return async () => {
    for (const { team, law, line = '', cases } of await views.inflow()) {
      assigned.set({ team, law, line }, cases);
    }
  };
}
