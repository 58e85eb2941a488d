/**
 * Where the workers are measured: one real broker with a larger heap and a full compiler, a schema
 * registry and Redis, all of this run alone. Each measurement is a round with topics of its own, in
 * which the same cases stand at the same offsets.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { must, TOPICS } from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import { publishDemarcation } from '@smc/demarcation';
import { connectRegistry, openCodec, registerSchemas, WIRE_TYPES, type Codec } from '@smc/events';
import {
  createTopics,
  loadTopics,
  startStack,
  type Report,
  type Stack,
  type Topics,
} from '@smc/infra';
import { connectKafkaLog, type LogReader, type Publisher } from '@smc/log';
import { systemClock } from '@smc/runtime';
import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import { benchDemarcation, benchDocument } from './demarcation.ts';
import { areaKey } from './peers/peer-settings.ts';
import { createRecordOf, workloadPostcodes, type Workload } from './workload.ts';

/** What production gives a broker at least; a smaller one collects garbage while we measure. */
const KAFKA_HEAP_MB = 1_024;
const TOPICS_GONE_MS = 20_000;
const PRELOAD_AT_ONCE = 4_000;

export type World = {
  readonly stack: Stack;
  readonly codec: Codec;
  readonly partitions: number;
  readonly brokerPid: number;
  /** Empty topics and an active demarcation; ends the round before it. */
  newRound(): Promise<Round>;
  close(): Promise<void>;
};

export type Round = {
  readonly reader: LogReader;
  /** Publishes cases 0 to `count`, in the order of their numbers. */
  preload(workload: Workload, count: number): Promise<void>;
  close(): Promise<void>;
};

export async function openWorld(report: Report): Promise<World> {
  const stack = await startStack({ kafkaHeapMb: KAFKA_HEAP_MB, jit: 'full', report });
  try {
    const registry = connectRegistry({ url: stack.registryUrl });
    await registerSchemas(registry);
    const codec = await openCodec({ registry, types: WIRE_TYPES });
    await loadAreas(stack.redisUrl, await benchDemarcation());
    const topics = loadTopics();
    const intake = topics.topics.find(({ name }) => name === TOPICS.intake);
    const { partitions } = must(intake, 'the intake topic is listed');
    const broker = stack.parts.find(({ name }) => name === 'broker-1');
    return {
      stack,
      codec,
      partitions,
      brokerPid: must(broker?.pid, 'the broker runs'),
      newRound: () => openRound(stack, topics, { codec, partitions }),
      close: () => stack.stop({ fast: true }),
    };
  } catch (error) {
    await stack.stop({ fast: true });
    throw error;
  }
}

/** What the plain worker looks up: the answer for each postcode of the workload. */
async function loadAreas(url: string, demarcation: Demarcation): Promise<void> {
  const redis = new Redis(url);
  const entries = workloadPostcodes().flatMap((postcode) => {
    const found = demarcation.areas.lookUp(postcode);
    return found === undefined ? [] : [areaKey(postcode), JSON.stringify(found)];
  });
  await redis.mset(entries);
  redis.disconnect();
}

type Wire = { readonly codec: Codec; readonly partitions: number };

async function openRound(stack: Stack, topics: Topics, wire: Wire): Promise<Round> {
  await renewTopics(stack.brokers, topics);
  const log = await connectKafkaLog({ brokers: stack.brokers, clientId: 'bench' });
  const reader = await log.openReader();
  const publisher = await log.openPublisher();
  await activate({ reader, publisher }, wire);
  return {
    reader,
    async preload(workload, count) {
      const recordOf = createRecordOf(wire.codec, wire.partitions);
      for (let n = 0; n < count; n += PRELOAD_AT_ONCE) {
        const length = Math.min(PRELOAD_AT_ONCE, count - n);
        const numbers = Array.from({ length }, (_, i) => n + i);
        await publisher.publish(numbers.map((i) => recordOf(workload.caseOf(i), i)));
      }
    },
    close: () => log.close(),
  };
}

async function activate(
  { reader, publisher }: { readonly reader: LogReader; readonly publisher: Publisher },
  { codec, partitions }: Wire,
): Promise<void> {
  const published = await publishDemarcation({
    publisher,
    reader,
    codec,
    document: await benchDocument(),
    activatedBy: 'bench',
    clock: systemClock,
    commandPartitions: partitions,
  });
  must(published.ok ? published : undefined, 'a new log takes any version');
}

/** Deletes every topic and makes it anew. */
async function renewTopics(brokers: readonly string[], topics: Topics): Promise<void> {
  const kafka = new Kafka({
    clientId: 'bench-topics',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ours = new Set(topics.topics.map(({ name }) => name));
    const existing = async () => (await admin.listTopics()).filter((name) => ours.has(name));
    const old = await existing();
    if (old.length > 0) await admin.deleteTopics({ topics: old });
    const deadline = Date.now() + TOPICS_GONE_MS;
    while ((await existing()).length > 0) {
      if (Date.now() > deadline) throw new Error('the broker does not delete its topics');
      await delay(50);
    }
  } finally {
    await admin.disconnect();
  }
  await createTopics(brokers, topics);
}
