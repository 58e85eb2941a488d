import { COMPATIBILITY, SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { Kafka, logLevel, type KafkaMessage } from 'kafkajs';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTopics } from './create-topics.ts';
import { identityOf } from './process-identity.ts';
import { redisAnswers } from './probes.ts';
import type { Stack } from './stack.ts';
import { startStack } from './start-stack.ts';
import { loadTopics } from './topics.ts';

/** A killed broker is taken back when its session is over: after 9 s as Kafka comes. */
const FAST_FAILOVER = {
  'broker.session.timeout.ms': '3000',
  'broker.heartbeat.interval.ms': '500',
};

let stack: Stack;
let kafka: Kafka;
beforeAll(async () => {
  stack = await startStack({ brokerSettings: FAST_FAILOVER });
  kafka = new Kafka({ brokers: [...stack.brokers], logLevel: logLevel.NOTHING });
});
afterAll(() => stack.stop({ fast: true }));

const pids = () => stack.parts.map(({ pid }) => pid).filter((pid) => pid !== undefined);
const redisPort = () => Number(new URL(stack.redisUrl).port);

async function commit(value: string): Promise<void> {
  const producer = kafka.producer({ transactionalId: 'test', maxInFlightRequests: 1 });
  await producer.connect();
  try {
    const transaction = await producer.transaction();
    await transaction.send({ topic: 'smc.demarcations', messages: [{ key: value, value }] });
    await transaction.commit();
  } finally {
    await producer.disconnect();
  }
}

/** The first `count` committed values of smc.demarcations. */
async function committed(count: number): Promise<readonly string[]> {
  const consumer = kafka.consumer({ groupId: 'test' });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic: 'smc.demarcations', fromBeginning: true });
    const values: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: { readonly message: KafkaMessage }) => {
        values.push(String(message.value));
        if (values.length === count) resolve();
      };
      consumer.run({ eachMessage }).catch(reject);
    });
    return values;
  } finally {
    await consumer.disconnect();
  }
}

test('every topic is created as topics.json says, and creating them again changes nothing', async () => {
  const topics = loadTopics();
  const names = topics.topics.map(({ name }) => name);

  // Two at once, as two programs that start together do.
  const [one, other] = await Promise.all([1, 2].map(() => createTopics(stack.brokers, topics)));

  expect(new Set([...(one?.created ?? []), ...(other?.created ?? [])])).toEqual(new Set(names));
  expect(await createTopics(stack.brokers, topics)).toEqual({ created: [], kept: names });
});

test('a cluster with another partition count is refused, and the text says what to do', async () => {
  await expect(createTopics(stack.brokers, loadTopics({ partitions: 6 }))).rejects.toMatchObject({
    code: 'TOPICS_DIFFER',
    message: expect.stringContaining('smc.intake has 4 partitions and should have 6'),
  });
});

test('what was committed is there after the broker was killed and restarted, and more commits', async () => {
  await commit('before');

  await stack.kill('broker-1');
  expect(stack.parts.find(({ name }) => name === 'broker-1')?.pid).toBeUndefined();
  await stack.restart('broker-1');
  await commit('after');

  expect(await committed(2)).toEqual(['before', 'after']);
});

test('a schema keeps its id when the registry is killed and restarted', async () => {
  const registry = new SchemaRegistry({ host: stack.registryUrl });
  const schema = {
    type: SchemaType.AVRO,
    schema: '{"type":"record","name":"A","fields":[]}',
  } as const;
  const { id } = await registry.register(schema, {
    subject: 'a',
    compatibility: COMPATIBILITY.BACKWARD,
  });

  await stack.kill('registry');
  await stack.restart('registry');

  const fresh = new SchemaRegistry({ host: stack.registryUrl });
  expect(await fresh.getRegistryId('a', 1)).toBe(id);
});

test('a paused Redis keeps its connections and answers nobody until it is resumed', async () => {
  expect(await redisAnswers(redisPort())).toBe(true);

  stack.pause('redis');
  expect(await redisAnswers(redisPort())).toBe(false);
  stack.resume('redis');

  expect(await redisAnswers(redisPort())).toBe(true);
});

test('stopping leaves no process and no data', async () => {
  const left = pids();
  expect(left).toHaveLength(3);
  expect(existsSync(stack.dataFolder)).toBe(true);

  await stack.stop();

  expect(left.map(identityOf)).toEqual([undefined, undefined, undefined]);
  expect(existsSync(stack.dataFolder)).toBe(false);
});
