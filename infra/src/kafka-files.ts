import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeOnce, type MakeOptions } from './cache-folder.ts';
import { KAFKA_VERSION } from './fetch-jars.ts';
import type { Java } from './find-java.ts';
import { withProgress } from './progress.ts';
import { runProgram } from './run-program.ts';
import { StackFault } from './stack-fault.ts';

/** The ports of one broker, which is also a controller. */
export type BrokerPorts = { readonly client: number; readonly controller: number };

export type BrokerConfig = {
  /** From 1. */
  readonly node: number;
  /** Of every broker, in node order. */
  readonly ports: readonly BrokerPorts[];
  readonly logFolder: string;
  readonly settings: Readonly<Record<string, string>>;
};

/**
 * server.properties of one combined node. One broker keeps one copy of everything; three keep
 * three and acknowledge with two, so that any one may be away.
 */
export function serverProperties({ node, ports, logFolder, settings }: BrokerConfig): string {
  const copies = String(Math.min(ports.length, 3));
  const inSync = ports.length >= 3 ? '2' : '1';
  const own = ports[node - 1];
  if (own === undefined) throw new RangeError(`no ports for node ${node}`);
  const voters = ports.map(({ controller }, index) => `${index + 1}@127.0.0.1:${controller}`);
  const all: Readonly<Record<string, string>> = {
    'process.roles': 'broker,controller',
    'node.id': String(node),
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://127.0.0.1:${own.client},CONTROLLER://127.0.0.1:${own.controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': logFolder,
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.num.partitions': '3',
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.num.partitions': '3',
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.num.partitions': '1',
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': inSync,
    // A topic exists because topics.json says so, never because someone asked for it.
    'auto.create.topics.enable': 'false',
    'group.initial.rebalance.delay.ms': '0',
    // A killed router is noticed after a session; waiting six seconds for that would be dull here.
    'group.min.session.timeout.ms': '1000',
    // The default of 128 MB is heap that a small broker does not have.
    'log.cleaner.dedupe.buffer.size': '2097152',
    'log.segment.bytes': '16777216',
    'num.network.threads': '1',
    'num.io.threads': '2',
    ...settings,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Warnings and errors only, on stdout, which the part's log file takes. */
export const LOG4J_PROPERTIES = `status=error
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d{ISO8601} %p %c{1}: %m%n
rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
`;

export type FormatOptions = {
  readonly logFolder: string;
  readonly node: number;
  readonly clusterId: string;
  /** The file of `ensureBootstrapCheckpoint`. */
  readonly checkpoint: string;
};

/**
 * Does what `kafka-storage format` does, in a millisecond instead of two seconds of JVM: a
 * formatted folder holds meta.properties and a checkpoint that depends on Kafka's version only.
 * A folder that is formatted already keeps its identity.
 */
export function formatLogFolder({ logFolder, node, clusterId, checkpoint }: FormatOptions): void {
  const meta = path.join(logFolder, 'meta.properties');
  if (existsSync(meta)) return;
  mkdirSync(logFolder, { recursive: true });
  copyFileSync(checkpoint, path.join(logFolder, 'bootstrap.checkpoint'));
  const lines = [
    'version=1',
    `cluster.id=${clusterId}`,
    `node.id=${node}`,
    `directory.id=${newKafkaId()}`,
  ];
  writeFileSync(meta, `${lines.join('\n')}\n`);
}

/** The cluster that a formatted folder belongs to. */
export function clusterIdOf(logFolder: string): string | undefined {
  const meta = path.join(logFolder, 'meta.properties');
  if (!existsSync(meta)) return undefined;
  return /^cluster\.id=(.+)$/m.exec(readFileSync(meta, 'utf8'))?.[1];
}

/** Kafka's form of an id: 16 random bytes, without the leading `-` of a tool's option. */
export function newKafkaId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newKafkaId() : id;
}

/** The checkpoint file of this version of Kafka, made once by Kafka's own tool. */
export function ensureBootstrapCheckpoint(
  java: Java,
  jars: string,
  options: MakeOptions,
): Promise<string> {
  return makeOnce(
    `kafka-${KAFKA_VERSION}-bootstrap.checkpoint`,
    async (target) => {
      const folder = `${target}.format`;
      mkdirSync(folder, { recursive: true });
      const config = path.join(folder, 'server.properties');
      const logFolder = path.join(folder, 'log');
      const ports = [{ client: 9092, controller: 9093 }];
      writeFileSync(config, serverProperties({ node: 1, ports, logFolder, settings: {} }));
      const end = await withProgress(
        'asking Kafka for the format of its log folder',
        options.report,
        () =>
          runProgram(path.join(java.home, 'bin/java'), [
            '-cp',
            path.join(jars, 'lib/*'),
            'kafka.tools.StorageTool',
            'format',
            '-t',
            newKafkaId(),
            '-c',
            config,
          ]),
      );
      const made = path.join(logFolder, 'bootstrap.checkpoint');
      if (end.code !== 0 || !existsSync(made)) {
        throw new StackFault('PART_FAILED', `Kafka's StorageTool failed:\n${end.output}`);
      }
      copyFileSync(made, target);
      rmSync(folder, { recursive: true, force: true });
    },
    options,
  );
}
