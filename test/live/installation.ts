/**
 * A whole installation on real parts, made for one test and gone with it: brokers, registry and
 * Redis, topics, schemas, the example demarcation, and services as processes of their own.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { must, TOPICS } from '@smc/domain';
import { decide, type Demarcation } from '@smc/decision';
import {
  assembleDemarcation,
  formatProblem,
  publishDemarcation,
  readDemarcation,
  sliceDemarcation,
  type DemarcationDocument,
} from '@smc/demarcation';
import {
  connectRegistry,
  openCodec,
  registerSchemas,
  WIRE_TYPES,
  type Codec,
  type SchemaRegistryPort,
} from '@smc/events';
import { EXAMPLE_FOLDER } from '@smc/example';
import { createTopics, loadTopics, startStack, type Report, type Stack } from '@smc/infra';
import { connectKafkaLog, type TxnLog } from '@smc/log';
import { ServiceProcess, verify, type ServiceSpec, type Verdict } from '@smc/operator';
import { systemClock } from '@smc/runtime';

export type InstallationOptions = {
  readonly brokers: 1 | 3;
  readonly report?: Report;
};

/** A router that is silent for so long has lost its partitions. */
export const SESSION_MS = 2_500;

/** What takes ten seconds in production takes two or three here: a dead member, a dead broker. */
const BROKER_SETTINGS = {
  'broker.session.timeout.ms': '3000',
  'broker.heartbeat.interval.ms': '500',
  'group.min.session.timeout.ms': '1000',
};

/** The services' environment as every process of the installation gets it. */
type Environment = Readonly<Record<string, string>>;

export class Installation {
  readonly stack: Stack;
  readonly log: TxnLog;
  readonly registry: SchemaRegistryPort;
  readonly codec: Codec;
  readonly partitions: number;
  /** Logs of the processes and whatever else they write. */
  readonly folder: string;
  readonly environment: Environment;
  readonly #demarcation: Demarcation;
  readonly #services = new Set<ServiceProcess>();

  private constructor(parts: {
    readonly stack: Stack;
    readonly log: TxnLog;
    readonly registry: SchemaRegistryPort;
    readonly codec: Codec;
    readonly partitions: number;
    readonly folder: string;
    readonly demarcation: Demarcation;
  }) {
    this.stack = parts.stack;
    this.log = parts.log;
    this.registry = parts.registry;
    this.codec = parts.codec;
    this.partitions = parts.partitions;
    this.folder = parts.folder;
    this.#demarcation = parts.demarcation;
    this.environment = {
      SMC_KAFKA_BROKERS: parts.stack.bootstrapServers,
      SMC_REGISTRY_URL: parts.stack.registryUrl,
      SMC_REDIS_URL: parts.stack.redisUrl,
      SMC_PARTITIONS: String(parts.partitions),
      SMC_ROUTER_SESSION_MS: String(SESSION_MS),
      SMC_CLIENT_KEY_SECRET: '5a'.repeat(32),
      SMC_CLIENT_KEY_VERSION: '1',
    };
  }

  /** Everything but the services: resolves when they can be started. */
  static async start({ brokers, report }: InstallationOptions): Promise<Installation> {
    const stack = await startStack({
      brokers,
      brokerSettings: BROKER_SETTINGS,
      ...(report && { report }),
    });
    // In the stack's own folder, which goes with it however this process ends.
    const folder = path.join(stack.dataFolder, 'services');
    try {
      const topics = loadTopics();
      await createTopics(stack.brokers, topics);
      const registry = connectRegistry({ url: stack.registryUrl });
      await registerSchemas(registry);
      const codec = await openCodec({ registry, types: WIRE_TYPES });
      const log = await connectKafkaLog({ brokers: stack.brokers, clientId: 'test' });
      const counts = await log.partitionCounts([TOPICS.intake]);
      const partitions = must(counts.get(TOPICS.intake), 'intake has partitions');
      const document = await exampleDocument();
      await publish({ log, codec, document, partitions });
      const demarcation = demarcationOf(document);
      return new Installation({ stack, log, registry, codec, partitions, folder, demarcation });
    } catch (error) {
      await stack.stop({ fast: true });
      throw error;
    }
  }

  /** Starts a service with the installation's environment; its log is NAME.log in `folder`. */
  startService(
    service: string,
    more: Partial<Pick<ServiceSpec, 'name' | 'environment' | 'program'>> = {},
  ): ServiceProcess {
    const name = more.name ?? service;
    const data = path.join(this.folder, name);
    mkdirSync(data, { recursive: true });
    const process = ServiceProcess.start({
      service,
      name,
      logFolder: this.folder,
      environment: { ...this.environment, SMC_DATA_DIRECTORY: data, ...more.environment },
      ...(more.program !== undefined && { program: more.program }),
    });
    this.#services.add(process);
    return process;
  }

  /** The audit of everything that stands on the log now. */
  verify(divisions = false): Promise<Verdict> {
    const { log, codec } = this;
    const demarcation = this.#demarcation;
    return verify({
      log,
      codec,
      decide,
      divisions,
      demarcation: async (hash) => (hash === demarcation.contentHash ? demarcation : undefined),
    });
  }

  /** Stops the services in good order and the stack at once; what they wrote goes with it. */
  async stop(): Promise<void> {
    await Promise.all([...this.#services].map((service) => service.stop()));
    await this.log.close();
    await this.stack.stop({ fast: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

async function exampleDocument(): Promise<DemarcationDocument> {
  const read = await readDemarcation(EXAMPLE_FOLDER['2026-01']);
  if (read.ok) return read.value;
  throw new Error(read.refusal.map((problem) => formatProblem(problem)).join('\n'));
}

function demarcationOf(document: DemarcationDocument): Demarcation {
  const { manifest, parts } = sliceDemarcation(document);
  const assembled = assembleDemarcation(manifest, parts);
  if (assembled.ok) return assembled.value.demarcation;
  throw new Error(assembled.refusal.reason);
}

async function publish(to: {
  readonly log: TxnLog;
  readonly codec: Codec;
  readonly document: DemarcationDocument;
  readonly partitions: number;
}): Promise<void> {
  const [publisher, reader] = [await to.log.openPublisher(), await to.log.openReader()];
  try {
    const published = await publishDemarcation({
      publisher,
      reader,
      codec: to.codec,
      document: to.document,
      activatedBy: 'test',
      clock: systemClock,
      commandPartitions: to.partitions,
    });
    if (!published.ok) throw new Error(published.refusal.code);
  } finally {
    await Promise.all([publisher.close(), reader.close()]);
  }
}
