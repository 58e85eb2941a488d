import { randomBytes } from 'node:crypto';
import { DIVISIONS, must, type Division } from '@smc/domain';
import { CATALOGUE_TYPES, DemarcationCatalogue } from '@smc/demarcation';
import { startDivision } from '@smc/divisions';
import {
  createMemoryRegistry,
  openCodec,
  registerSchemas,
  WIRE_TYPES,
  type SchemaRegistryPort,
} from '@smc/events';
import { loadTopics } from '@smc/infra';
import { intakeSettings, startIntake } from '@smc/intake';
import { createMemoryBroker, type MemoryBroker } from '@smc/log';
import { createMemoryStore, startProjector } from '@smc/projections';
import { startRouter } from '@smc/router';
import {
  createMetrics,
  createReadiness,
  readConfig,
  silentLogger,
  systemClock,
} from '@smc/runtime';
import { publishFolder } from '../commands/demarcation.ts';
import type { Output } from '../output.ts';
import type { Constellation } from './constellation.ts';

const DOOR = { host: '127.0.0.1', port: 0 };
const ROUTER_AWAY_MS = 1_000;
const SESSION_MS = 1_000;
const DIVISION_LAG_SECONDS = 60;
const CODEC_TYPES = [...WIRE_TYPES];

/** The same services in this one process, on the log, registry and read models in memory. */
export async function startEmbeddedConstellation(
  folder: string,
  output: Output,
): Promise<Constellation> {
  const { topics } = loadTopics();
  const broker = createMemoryBroker({
    topics: topics.map(({ name, partitions, settings }) => ({
      name,
      partitions,
      compact: settings['cleanup.policy'] === 'compact',
    })),
  });
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  const codec = await openCodec({ registry, types: CODEC_TYPES });
  const log = broker.connect('smc');
  const fail = (error: unknown) => {
    throw error;
  };
  const world = new World(broker, registry, fail);
  await publishFolder({ log: async () => log, codec: async () => codec }, folder);

  const routers = [await world.startRouter('router-1'), await world.startRouter('router-2')];
  const store = createMemoryStore();
  const projector = startProjector({
    ...world.context(),
    config: { divisionLagSeconds: DIVISION_LAG_SECONDS },
    connectLog: async () => broker.connect('projector'),
    registry,
    store,
  });
  const divisions = new Map<Division, Awaited<ReturnType<typeof startDivision>>>();
  for (const division of DIVISIONS) {
    const connectLog = async () => broker.connect(division);
    const config = { door: DOOR, dataDirectory: undefined };
    divisions.set(
      division,
      await startDivision({ ...world.context(), division, config, connectLog, registry }),
    );
  }
  const intake = await startIntake({
    ...world.context(),
    config: intakeConfig(),
    connectLog: async () => broker.connect('intake'),
    registry,
  });
  const urls = new Map([...divisions].map(([division, running]) => [division, running.doors.http]));
  output.talk('intake, two routers, the projector and five divisions run in this process');

  return {
    intakeUrl: intake.doors.http,
    divisionUrls: urls,
    log: async () => log,
    codec: async () => codec,
    views: () => projector.views,
    places: [['intake', intake.doors.http], ...urls],
    async killRouter() {
      const victim = must(routers.shift(), 'a router runs');
      await victim.crash();
      const revive = async () => routers.push(await world.startRouter(`${victim.name}-again`));
      setTimeout(() => void revive(), ROUTER_AWAY_MS).unref();
      return victim.name;
    },
    logFolder: undefined,
    async stop() {
      await intake.stop();
      await Promise.all(routers.map((router) => router.stop()));
      await projector.stop();
      await Promise.all([...divisions.values()].map((division) => division.stop()));
      await log.close();
    },
  };
}

type EmbeddedRouter = {
  readonly name: string;
  stop(): Promise<void>;
  /** As SIGKILL does: nothing is finished, nothing is said. */
  crash(): Promise<void>;
};

/** What services in one process share, and what each has for itself. */
class World {
  readonly #broker: MemoryBroker;
  readonly #registry: SchemaRegistryPort;
  readonly #fail: (error: unknown) => void;

  constructor(broker: MemoryBroker, registry: SchemaRegistryPort, fail: (error: unknown) => void) {
    this.#broker = broker;
    this.#registry = registry;
    this.#fail = fail;
  }

  context() {
    return {
      metrics: createMetrics({ ofProcess: false }),
      readiness: createReadiness(),
      logger: silentLogger,
      clock: systemClock,
      random: Math.random,
      fail: this.#fail,
    };
  }

  async startRouter(name: string): Promise<EmbeddedRouter> {
    const log = this.#broker.connect(name);
    const registry = this.#registry;
    const stopping = new AbortController();
    let crashed = false;
    const fail = (error: unknown) => {
      if (!crashed) this.#fail(error);
    };
    const context = { ...this.context(), fail };
    const demarcations = new DemarcationCatalogue({
      ...context,
      openReader: () => log.openReader(),
      codec: await openCodec({ registry, types: CATALOGUE_TYPES }),
    });
    const router = await startRouter({
      ...context,
      log,
      registry,
      demarcations,
      partitions: 4,
      groupId: 'router',
      sessionTimeoutMs: SESSION_MS,
      signal: stopping.signal,
    });
    const end = async () => {
      stopping.abort();
      await router.stop();
      await demarcations.close();
    };
    return {
      name,
      async stop() {
        await end();
        await log.close();
      },
      crash: async () => {
        crashed = true;
        await this.#broker.crash(log);
        // What is left of it in this process only finds out that it is dead.
        void end().catch(() => undefined);
      },
    };
  }
}

function intakeConfig() {
  const environment = {
    SMC_CLIENT_KEY_SECRET: randomBytes(32).toString('hex'),
    SMC_CLIENT_KEY_VERSION: '1',
  };
  const config = readConfig(intakeSettings, environment);
  return must(config.ok ? config.value : undefined, 'the settings of an embedded intake are right');
}
