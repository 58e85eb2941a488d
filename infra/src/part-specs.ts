import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Java } from './find-java.ts';
import { REGISTRY_VERSIONS, type RegistryVersion } from './fetch-jars.ts';
import {
  formatLogFolder,
  LOG4J_PROPERTIES,
  serverProperties,
  type BrokerPorts,
} from './kafka-files.ts';
import type { PartSpec } from './part.ts';
import { portIsOpen, redisAnswers, registryChecksCompatibility } from './probes.ts';
import { StackFault } from './stack-fault.ts';

/** A JVM's first start on a busy machine of two cores takes a quarter of this. */
const JVM_READY_MS = 90_000;
const REDIS_READY_MS = 10_000;
const REGISTRY_HEAP_MB = 384;

/** Small and quick to start: the parts serve a test or a demo, not a benchmark. */
const SMALL_JVM = ['-XX:+UseSerialGC', '-Djava.awt.headless=true'];
/** The first compiler only: starts in a third less time and never gets fast. */
const QUICK_JIT = '-XX:TieredStopAtLevel=1';

export type JvmParts = {
  readonly java: Java;
  /** The folder of `ensureKafkaJars` or `ensureRegistryJars`. */
  readonly jars: string;
  readonly archive: readonly string[];
};

export type BrokerOptions = JvmParts & {
  readonly node: number;
  readonly ports: readonly BrokerPorts[];
  /** The folder of this broker: settings, log, data. */
  readonly folder: string;
  readonly clusterId: string;
  readonly checkpoint: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly heapMb: number;
  readonly jit: 'quick' | 'full';
};

/** Writes a broker's files and says how it is run. */
export function brokerSpec(options: BrokerOptions): PartSpec {
  const { node, ports, folder, java, jars, heapMb } = options;
  mkdirSync(folder, { recursive: true });
  const logFolder = path.join(folder, 'log');
  formatLogFolder({
    logFolder,
    node,
    clusterId: options.clusterId,
    checkpoint: options.checkpoint,
  });
  const config = path.join(folder, 'server.properties');
  writeFileSync(config, serverProperties({ node, ports, logFolder, settings: options.settings }));
  writeFileSync(path.join(folder, 'log4j2.properties'), LOG4J_PROPERTIES);
  const port = ports[node - 1]?.client ?? 0;
  return {
    name: `broker-${node}`,
    program: path.join(java.home, 'bin/java'),
    args: [
      `-Xms${Math.min(heapMb, 256)}m`,
      `-Xmx${heapMb}m`,
      ...SMALL_JVM,
      ...(options.jit === 'quick' ? [QUICK_JIT] : []),
      ...options.archive,
      // A relative name: log4j reads it as a URI, in which a space would have to be escaped.
      '-Dlog4j2.configurationFile=log4j2.properties',
      '-cp',
      path.join(jars, 'lib/*'),
      'kafka.Kafka',
      config,
    ],
    folder,
    address: `127.0.0.1:${port}`,
    logFile: path.join(folder, 'broker.log'),
    isReady: () => portIsOpen(port),
    readyWithinMs: JVM_READY_MS,
  };
}

export type RegistryOptions = JvmParts & {
  readonly version: RegistryVersion;
  readonly port: number;
  readonly folder: string;
};

export const registryUrlOf = (port: number): string => `http://127.0.0.1:${port}/apis/ccompat/v7`;

/** Says how the registry is run. */
export function registrySpec(options: RegistryOptions): PartSpec {
  const { java, jars, port, folder } = options;
  mkdirSync(folder, { recursive: true });
  return {
    name: 'registry',
    program: path.join(java.home, 'bin/java'),
    args: [
      '-Xms64m',
      `-Xmx${REGISTRY_HEAP_MB}m`,
      ...SMALL_JVM,
      QUICK_JIT,
      ...options.archive,
      ...registryProperties(options).map((property) => `-D${property}`),
      '-jar',
      registryJar(jars),
    ],
    folder,
    address: `127.0.0.1:${port}`,
    logFile: path.join(folder, 'registry.log'),
    isReady: () => registryChecksCompatibility(registryUrlOf(port)),
    readyWithinMs: JVM_READY_MS,
  };
}

function registryProperties({ version, port, folder }: RegistryOptions): string[] {
  // A file, written at each commit, so that ids survive a kill: records name their schema by id.
  const file = `jdbc:h2:file:${path.join(folder, 'registry')};DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0`;
  const common = [
    'java.util.logging.manager=org.jboss.logmanager.LogManager',
    'quarkus.http.host=127.0.0.1',
    `quarkus.http.port=${port}`,
    'quarkus.http.access-log.enabled=false',
    'quarkus.banner.enabled=false',
    'quarkus.log.level=WARN',
    'quarkus.log.category."io.apicurio".level=WARN',
    'quarkus.log.category."io.quarkus".level=WARN',
  ];
  if (version === REGISTRY_VERSIONS.java17) {
    return [...common, `REGISTRY_DATASOURCE_URL=${file}`];
  }
  return [
    ...common,
    // Its health port would be 0.0.0.0:9000 otherwise, and it can't be switched off.
    'quarkus.management.host=127.0.0.1',
    'quarkus.management.port=0',
    `apicurio.datasource.url=${file}`,
  ];
}

function registryJar(folder: string): string {
  const jar = path.join(folder, 'quarkus-run.jar');
  if (existsSync(jar)) return jar;
  const runner = readdirSync(folder).find((name) => name.endsWith('-runner.jar'));
  if (runner === undefined) {
    throw new StackFault('FETCH_FAILED', `${folder} holds no registry: delete it and try again`);
  }
  return path.join(folder, runner);
}

export type RedisOptions = {
  readonly program: string;
  readonly port: number;
  readonly folder: string;
  /** Writes its data to a file when it is stopped in good order. */
  readonly persistent: boolean;
};

/** Says how Redis is run. */
export function redisSpec({ program, port, folder, persistent }: RedisOptions): PartSpec {
  mkdirSync(folder, { recursive: true });
  return {
    name: 'redis',
    program,
    args: [
      ['--port', String(port)],
      ['--bind', '127.0.0.1'],
      ['--dir', folder],
      ['--appendonly', 'no'],
      ['--save', persistent ? '3600 1' : ''],
    ].flat(),
    folder,
    address: `127.0.0.1:${port}`,
    logFile: path.join(folder, 'redis.log'),
    isReady: () => redisAnswers(port),
    readyWithinMs: REDIS_READY_MS,
  };
}
