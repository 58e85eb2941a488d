import path from 'node:path';
import type { Division } from '@smc/domain';
import { CATALOGUE_TYPES } from '@smc/demarcation';
import { openCodec, type Codec, type SchemaRegistryPort, type WireType } from '@smc/events';
import type { TxnLog } from '@smc/log';
import {
  doorSetting,
  endsWithin,
  textSetting,
  untilReachable,
  type ConfigOf,
  type RunningService,
  type ServiceContext,
} from '@smc/runtime';
import {
  ASSIGNMENT_TYPES,
  createReports,
  LocalStore,
  openLocalDatabase,
  openMemoryDatabase,
  startSubscriber,
  watchSubscriber,
  type Subscriber,
} from '@smc/subscriber';
import { bezwaarEnBeroep } from './bezwaar-en-beroep.ts';
import { openClientDoor } from './client-door.ts';
import type { DivisionRules } from './division-rules.ts';
import { handhaving } from './handhaving.ts';
import { klantEnService } from './klant-en-service.ts';
import { OrganisationOnLog } from './organisation-on-log.ts';
import { uitkeren } from './uitkeren.ts';
import { createWerkbedrijf, type WerkbedrijfOrganisation } from './werkbedrijf.ts';

export const divisionSettings = {
  door: doorSetting('SMC_DIVISION', 'the division'),
  dataDirectory: textSetting('SMC_DATA_DIRECTORY', {
    help: "the folder of the division's own database",
  }),
};

export type StartDivision = Pick<
  ServiceContext<unknown>,
  'metrics' | 'logger' | 'readiness' | 'clock' | 'random' | 'fail'
> & {
  readonly division: Division;
  readonly config: Omit<ConfigOf<typeof divisionSettings>, 'dataDirectory'> & {
    /** Undefined: in memory, and read from the log again at the next start. */
    readonly dataDirectory: string | undefined;
  };
  /** Reaches the log; called until it works. The division closes it when it stops. */
  readonly connectLog: () => Promise<TxnLog>;
  readonly registry: SchemaRegistryPort;
};

export type RunningDivision = RunningService & {
  /** Of `GET /clients/{clientKey}`. */
  readonly doors: { readonly http: string };
  /** Undefined until log and registry have been reached. */
  subscriber(): Subscriber | undefined;
};

/** What a division reads and writes; each must be registered. */
const TYPES: readonly WireType[] = [...ASSIGNMENT_TYPES, 'Acknowledgement'];

/** Stopping waits so long for a connection that is being made; it is closed when it comes. */
const OPENING_MS_MAX = 2_000;

/** Log and codec, once both can be reached. */
export type Connected = { readonly log: TxnLog; readonly codec: Codec };

/**
 * One division: its tables, its door and its subscriber. It answers at once from what it has, and
 * follows the log as soon as log and registry can be reached. Calls `fail` where waiting can't
 * help: a schema is not registered, the database belongs to another log. Throws the fault
 * STORE_VERSION.
 */
export async function startDivision(context: StartDivision): Promise<RunningDivision> {
  const { division, config, fail } = context;
  const organisation = new OrganisationOnLog(context);
  const rules = rulesOf(division, organisation);
  const database =
    config.dataDirectory === undefined
      ? openMemoryDatabase()
      : openLocalDatabase(path.join(config.dataDirectory, `${division}.sqlite`));
  const store = new LocalStore(database, rules.handler);
  const answer = rules.prepareAnswers(database);
  const door = await openClientDoor({ ...config.door, store, answer });

  const stopping = new AbortController();
  let following: Following | undefined;
  const opening = connect(context, stopping.signal).then(
    (reached) => {
      if (stopping.signal.aborted) return reached.log.close();
      if (division === 'werkbedrijf') organisation.follow(reached);
      following = follow(context, { ...reached, rules, store, signal: stopping.signal });
      return undefined;
    },
    (error: unknown) => {
      if (!stopping.signal.aborted) fail(error);
    },
  );
  return {
    doors: { http: door.url },
    subscriber: () => following?.subscriber,
    async stop() {
      stopping.abort();
      await door.close();
      await endsWithin(opening, OPENING_MS_MAX);
      await following?.stop();
      await organisation.close();
      await following?.log.close();
      database.close();
    },
  };
}

function rulesOf(division: Division, organisation: WerkbedrijfOrganisation): DivisionRules {
  switch (division) {
    case 'uitkeren':
      return uitkeren;
    case 'werkbedrijf':
      return createWerkbedrijf(organisation);
    case 'klant-en-service':
      return klantEnService;
    case 'bezwaar-en-beroep':
      return bezwaarEnBeroep;
    case 'handhaving':
      return handhaving;
  }
}

async function connect(context: StartDivision, signal: AbortSignal): Promise<Connected> {
  const { division, connectLog, registry, random, readiness, logger } = context;
  const waiting = { random, signal, readiness, logger };
  const types = division === 'werkbedrijf' ? [...TYPES, ...CATALOGUE_TYPES] : TYPES;
  const log = await untilReachable(connectLog, { ...waiting, name: 'log' });
  const open = () => openCodec({ registry, types });
  try {
    return { log, codec: await untilReachable(open, { ...waiting, name: 'registry' }) };
  } catch (error) {
    await log.close();
    throw error;
  }
}

type Following = {
  readonly log: TxnLog;
  readonly subscriber: Subscriber;
  stop(): Promise<void>;
};

function follow(
  context: StartDivision,
  parts: Connected & {
    readonly rules: DivisionRules;
    readonly store: LocalStore;
    readonly signal: AbortSignal;
  },
): Following {
  const { division, metrics, clock, random, fail } = context;
  const { log, codec, store, signal } = parts;
  const { handler } = parts.rules;
  const reports = createReports(context);
  const subscriber = startSubscriber({
    division,
    log,
    codec,
    store,
    handler,
    reports,
    clock,
    random,
  });
  subscriber.stopped.catch((error: unknown) => {
    if (!signal.aborted) fail(error);
  });
  const stopWatching = watchSubscriber(subscriber, metrics);
  return {
    log,
    subscriber,
    async stop() {
      stopWatching();
      await subscriber.close();
    },
  };
}
