/**
 * A process's life, the same for every service.
 *
 *   read configuration ──► health door opens ──► start ──► ready ──► draining ──► ended
 *          │ problems           (not ready:        │ fails    │ SIGTERM, SIGINT,    │
 *          ▼                     "starting")       ▼          ▼ or `fail`           ▼
 *        exit 2                                  exit 1    stop, at most 10 s   exit code
 *
 * A process that ends well empties its event loop; `exit` is for what hangs: a drain past its limit,
 * a second signal, an error that nobody caught. A service that can't reach Kafka, registry or Redis
 * does not end: it waits (`untilReachable`) and says so on its health door.
 */
import { configHelp, describeProblems, readConfig, type ConfigOf, type Spec } from './config.ts';
import { startHealthServer, type HealthServer } from './health-server.ts';
import { createLogger, type Logger } from './logger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { processHost, type ServiceHost } from './process-host.ts';
import { createReadiness, type Readiness } from './readiness.ts';
import { serviceSettings } from './settings.ts';
import { endsWithin, systemClock, type Clock, type Random } from './time.ts';

/** Long enough to end a transaction and leave the group; an orchestrator gives 30 s as a rule. */
export const DRAIN_MS_MAX = 10_000;

export type ServiceContext<C> = {
  readonly config: C;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborts when the service is told to stop, also while it still starts. */
  readonly signal: AbortSignal;
  /** The service can't go on: it is stopped and the process ends with exit code 1. */
  readonly fail: (error: unknown) => void;
};

export type RunningService = {
  /** Stops taking work, ends what is under way, lets go of everything. Called once. */
  stop(): Promise<void>;
  /** Further doors, shown on the ready line: `{ http: 'http://127.0.0.1:3000' }`. */
  readonly doors?: Readonly<Record<string, string>>;
};

export type ServiceSpec<S extends Spec> = {
  readonly name: string;
  readonly settings: S;
  readonly start: (context: ServiceContext<ConfigOf<S>>) => Promise<RunningService>;
};

/**
 * Runs a service until it is told to stop; the whole of its main.ts. Once ready it prints one line on
 * stdout: `{"event":"service.ready","service":"router","health":"http://127.0.0.1:41234"}`.
 * Exit codes: 0 stopped in good order, 1 failed, 2 wrong configuration. Never rejects.
 */
export async function runService<S extends Spec>(
  spec: ServiceSpec<S>,
  host: ServiceHost = processHost(),
): Promise<void> {
  if (host.args.includes('--help')) {
    host.print(`${spec.name}\n\n${configHelp({ ...serviceSettings, ...spec.settings })}\n`);
    return;
  }
  const common = readConfig(serviceSettings, host.env);
  const own = readConfig(spec.settings, host.env);
  if (!common.ok || !own.ok) {
    const problems = [...(common.ok ? [] : common.refusal), ...(own.ok ? [] : own.refusal)];
    host.complain(
      `${spec.name} can't start with this configuration:\n${describeProblems(problems)}\n`,
    );
    host.complain(`${spec.name} --help lists all settings.\n`);
    host.setExitCode(2);
    return;
  }
  const logger = createLogger({
    service: spec.name,
    level: common.value.logLevel,
    write: host.complain,
  });
  await live({ spec, host, logger, config: own.value, door: common.value.health });
}

type Life<S extends Spec> = {
  readonly spec: ServiceSpec<S>;
  readonly host: ServiceHost;
  readonly logger: Logger;
  readonly config: ConfigOf<S>;
  readonly door: { readonly host: string; readonly port: number };
};

async function live<S extends Spec>({ spec, host, logger, config, door }: Life<S>): Promise<void> {
  const readiness = createReadiness();
  const metrics = createMetrics({ ofProcess: true });
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const fail = (error: unknown) => {
    host.setExitCode(1);
    logger.error({ event: 'service.failed', ...described(error) }, `${spec.name} can't go on`);
    stopping.abort();
  };
  const release = host.onSignal((name, count) => {
    if (count > 1) {
      logger.warn({ event: 'service.killed', signal: name }, 'second signal: ending at once');
      host.exit(1);
      return;
    }
    logger.info({ event: 'service.stopping', signal: name }, `${spec.name} drains`);
    stopping.abort();
  });
  host.onCrash((error) => {
    logger.error({ event: 'service.crashed', ...described(error) }, 'an error that nobody caught');
    host.exit(1);
  });

  readiness.set('start', 'starting');
  let health: HealthServer | undefined;
  try {
    health = await startHealthServer({ ...door, ready: readiness.reasons, metrics });
    logger.info({ event: 'service.starting', health: health.url }, `${spec.name} starts`);
    const { signal } = stopping;
    const world = { clock: systemClock, random: Math.random };
    const context = { config, logger, metrics, readiness, signal, fail, ...world };
    const running = await spec.start(context);
    const ready = { event: 'service.ready', service: spec.name, health: health.url };
    readiness.onceReady(() => {
      if (!signal.aborted) host.print(`${JSON.stringify({ ...ready, ...running.doors })}\n`);
    });
    readiness.clear('start');
    await stopped;
    readiness.set('stop', 'stopping');
    await drain(running, { host, logger });
  } catch (error) {
    // Told to stop while it still waited for something: that is an end in good order.
    if (!stopping.signal.aborted) fail(error);
  }
  await health?.close();
  release();
  logger.info({ event: 'service.stopped' }, `${spec.name} has stopped`);
  host.exitWhenLingering();
}

async function drain(
  running: RunningService,
  { host, logger }: { readonly host: ServiceHost; readonly logger: Logger },
): Promise<void> {
  try {
    if (await endsWithin(running.stop(), DRAIN_MS_MAX)) return;
    logger.error(
      { event: 'service.drain-timeout', drainMs: DRAIN_MS_MAX },
      'draining took too long',
    );
    host.exit(1);
  } catch (error) {
    logger.error({ event: 'service.stop-failed', ...described(error) }, 'stopping failed');
    host.setExitCode(1);
  }
}

/** A fault explains itself; only a bug needs its stack. */
function described(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof Error && 'retriable' in error && 'code' in error) {
    return { code: error.code, reason: error.message };
  }
  return { err: error };
}
