import { openCodec, type SchemaRegistryPort } from '@smc/events';
import type { TxnLog } from '@smc/log';
import {
  endsWithin,
  integerSetting,
  untilReachable,
  type ConfigOf,
  type RunningService,
  type ServiceContext,
} from '@smc/runtime';
import { PROJECTED_TYPES } from './project-batch.ts';
import { startProjection, type Projector } from './projector.ts';
import type { ReadModelStore } from './read-model-store.ts';
import { openViews, type Views } from './read-views.ts';
import { createReports, watchViews } from './reports.ts';

export const projectorSettings = {
  divisionLagSeconds: integerSetting('SMC_DIVISION_LAG_SECONDS', {
    help: 'a division that has not answered an event for so long raises the alarm',
    fallback: '60',
    min: 1,
    max: 86_400,
  }),
};

export type StartProjector = Pick<
  ServiceContext<ConfigOf<typeof projectorSettings>>,
  'config' | 'metrics' | 'logger' | 'readiness' | 'clock' | 'random' | 'fail'
> & {
  /** Reaches the log; called until it works. The projector closes it when it stops. */
  readonly connectLog: () => Promise<TxnLog>;
  readonly registry: SchemaRegistryPort;
  /** The projector does not close it. */
  readonly store: ReadModelStore;
};

export type RunningProjector = RunningService & {
  readonly views: Views;
  /** Undefined until log and registry have been reached. */
  projector(): Projector | undefined;
};

/**
 * The projector as a service: read models, their gauges and its reports. It waits for whatever is
 * away, and calls `fail` where waiting can't help.
 */
export function startProjector(context: StartProjector): RunningProjector {
  const { store, clock, fail } = context;
  const views = openViews(store, clock);
  const stopping = new AbortController();
  let working: Working | undefined;
  const opening = connect(context, stopping.signal).then(
    (connected) => {
      if (stopping.signal.aborted) return connected.log.close();
      working = work(context, { ...connected, views, signal: stopping.signal });
      return undefined;
    },
    (error: unknown) => {
      if (!stopping.signal.aborted) fail(error);
    },
  );
  return {
    views,
    projector: () => working?.projector,
    async stop() {
      stopping.abort();
      await endsWithin(opening, OPENING_MS_MAX);
      await working?.stop();
    },
  };
}

/** Stopping waits so long for a connection that is being made; it is closed when it comes. */
const OPENING_MS_MAX = 2_000;

type Connected = Pick<Parameters<typeof startProjection>[0], 'log' | 'codec'>;

async function connect(context: StartProjector, signal: AbortSignal): Promise<Connected> {
  const { connectLog, registry, random, readiness, logger } = context;
  const waiting = { random, signal, readiness, logger };
  const log = await untilReachable(connectLog, { ...waiting, name: 'log' });
  const open = () => openCodec({ registry, types: PROJECTED_TYPES });
  try {
    return { log, codec: await untilReachable(open, { ...waiting, name: 'registry' }) };
  } catch (error) {
    await log.close();
    throw error;
  }
}

type Working = { readonly projector: Projector; stop(): Promise<void> };

function work(
  context: StartProjector,
  parts: Connected & { readonly views: Views; readonly signal: AbortSignal },
): Working {
  const { store, clock, random, metrics, fail } = context;
  const { log, codec, views, signal } = parts;
  const reports = createReports(context);
  const projector = startProjection({ log, codec, store, reports, clock, random });
  projector.stopped.catch(fail);
  const divisionLagMsMax = context.config.divisionLagSeconds * 1_000;
  const watching = watchViews({ projector, views, metrics, divisionLagMsMax, signal });
  return {
    projector,
    async stop() {
      await projector.close();
      await watching;
      await log.close();
    },
  };
}
