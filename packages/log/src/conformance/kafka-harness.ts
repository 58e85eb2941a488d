import { Kafka, logLevel, type Admin } from 'kafkajs';
import { must } from '@smc/domain';
import { startStack, type PartName } from '@smc/infra';
import { NO_HEADERS } from '../headers.ts';
import { connectKafkaLog } from '../kafka/connect.ts';
import type { TopicPartition, TxnLog } from '../txn-log.ts';
import { FaultyNetwork, KAFKA_API } from './faulty-network.ts';
import type { Powers, Step, TopicOptions, TxnLogHarness } from './harness.ts';
import { readAll } from './scene.ts';

/** How long leaders, compaction and the like may take to show on a busy machine. */
const PATIENCE_MS = 30_000;
const POLL_MS = 50;
const SESSION_TIMEOUT_MS = 1_000;
/** Short, so that a fault of the suite is told soon. */
const REQUEST_TIMEOUT_MS = 5_000;
const DRIVER_PATIENCE_MS = 5_000;

const BROKER_SETTINGS = {
  'group.min.session.timeout.ms': `${SESSION_TIMEOUT_MS}`,
  'group.initial.rebalance.delay.ms': '0',
  'log.cleaner.backoff.ms': '100',
} as const;

/** What makes compaction start at once: small old segments, and no grace for tombstones. */
const COMPACT_SOON = {
  'cleanup.policy': 'compact',
  'segment.ms': '100',
  'min.cleanable.dirty.ratio': '0.001',
  'delete.retention.ms': '0',
} as const;

const API_OF: Readonly<Record<Step, number>> = {
  'open-task': KAFKA_API.initProducerId,
  produce: KAFKA_API.produce,
  commit: KAFKA_API.endTxn,
  publish: KAFKA_API.produce,
};

/** Also the brokers themselves, for a client that no fault is to stand before. */
export type KafkaHarness = TxnLogHarness & { readonly brokers: readonly string[] };

/** A real Kafka of its own; every client reaches it through its own network, which can break. */
export async function kafkaHarness(brokerCount: 1 | 3): Promise<KafkaHarness> {
  const stack = await startStack({
    brokers: brokerCount,
    parts: ['kafka'],
    brokerSettings: BROKER_SETTINGS,
  });
  const asAdmin = administration(stack.brokers);
  const networks = new Map<TxnLog, FaultyNetwork>();
  const networkOf = (client: TxnLog) => must(networks.get(client), 'a client of this harness');
  let topics = 0;

  const createTopic = async (options: TopicOptions) => {
    const topic = `topic-${++topics}`;
    const numPartitions = options.partitions ?? 1;
    const configEntries = Object.entries(configOf(options)).map(([name, value]) => {
      return { name, value };
    });
    const created = { topic, numPartitions, replicationFactor: brokerCount, configEntries };
    await asAdmin(async (admin) => {
      // Its own waiting gives up where the broker that it asks has not heard of the topic yet.
      await admin.createTopics({ topics: [created], waitForLeaders: false });
      await eventually(() => leadersAnswer(admin, topic, numPartitions));
    });
    return topic;
  };

  const connect = async () => {
    const network = await FaultyNetwork.open(stack.brokers.map(addressOf));
    const client = await connectKafkaLog({
      brokers: network.bootstrapServers,
      clientId: `client-${networks.size}`,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      patienceMs: DRIVER_PATIENCE_MS,
    });
    networks.set(client, network);
    return client;
  };

  const powers: Powers = {
    crash: (client) => networkOf(client).close(),
    lose: (client, part, of) => networkOf(client).lose(part, API_OF[of]),
    holdCommit: (client) => networkOf(client).hold(KAFKA_API.endTxn),
    cutOff: (client) => networkOf(client).cut(),
    corruptFetch: (client) => networkOf(client).corruptFetch(),
    compact: async (topic) => compact(await connect(), topic),
    truncate: ({ topic, partition, offset }) =>
      asAdmin(async (admin) => {
        // kafkajs deletes only where it knows the leader already: asking for offsets tells it.
        await admin.fetchTopicOffsets(topic);
        await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: `${offset}` }] });
      }),
    ...(brokerCount > 1 ? { moveLeader: (of) => asAdmin((admin) => moveLeader(admin, of)) } : {}),
    restartBroker: async () => {
      const broker: PartName = 'broker-1';
      await stack.kill(broker, 'SIGKILL');
      await stack.restart(broker);
    },
    groupOffsets: async (groupId, of) => {
      const topics = [of.topic];
      const [found] = await asAdmin((admin) => admin.fetchOffsets({ groupId, topics }));
      const stored = found?.partitions.find(({ partition }) => partition === of.partition);
      return stored === undefined ? undefined : Number(stored.offset);
    },
  };

  const close = async () => {
    await Promise.all([...networks.values()].map((network) => network.close()));
    await stack.stop({ fast: true });
  };
  const { brokers } = stack;
  return { brokers, createTopic, connect, sessionTimeoutMs: SESSION_TIMEOUT_MS, powers, close };
}

/** Connects for one errand at a time: an idle kafkajs connection runs a timer every millisecond. */
function administration(brokers: readonly string[]) {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  return async <T>(errand: (admin: Admin) => Promise<T>): Promise<T> => {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await errand(admin);
    } finally {
      await admin.disconnect();
    }
  };
}

function configOf({ compact, maxMessageBytes }: TopicOptions): Readonly<Record<string, string>> {
  return {
    ...(compact === true ? COMPACT_SOON : {}),
    ...(maxMessageBytes === undefined ? {} : { 'max.message.bytes': `${maxMessageBytes}` }),
  };
}

function addressOf(broker: string) {
  const [host = '', port = ''] = broker.split(':');
  return { host, port: Number(port) };
}

/**
 * The segment in use is never compacted, so tombstones of another key are written to it until the
 * earlier ones have been: no two records of a key are left then.
 */
async function compact(client: TxnLog, topic: string): Promise<void> {
  const [reader, publisher] = [await client.openReader(), await client.openPublisher()];
  const place = { topic, partition: 0 };
  await eventually(async () => {
    const tombstone = { ...place, key: Buffer.from('roll'), value: undefined };
    await publisher.publish([{ ...tombstone, headers: NO_HEADERS }]);
    const records = await readAll(reader, place);
    const keys = records.map(({ key }) => String(key)).filter((key) => key !== 'roll');
    return new Set(keys).size === keys.length;
  });
  await client.close();
}

/** A leader that is named may not know it yet: it is there when it answers. */
async function leadersAnswer(admin: Admin, topic: string, count: number): Promise<boolean> {
  const offsets = await admin.fetchTopicOffsets(topic).catch(() => []);
  return offsets.length === count;
}

/** Takes the leader out of the replicas, so that another must lead. */
async function moveLeader(admin: Admin, { topic, partition }: TopicPartition): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const leader = async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const found = topics[0]?.partitions.find(({ partitionId }) => partitionId === partition);
    return must(found, 'the partition exists').leader;
  };
  const before = await leader();
  const replicas = brokers.map(({ nodeId }) => nodeId).filter((nodeId) => nodeId !== before);
  const partitionAssignment = [{ partition, replicas }];
  await admin.alterPartitionReassignments({ topics: [{ topic, partitionAssignment }] });
  await eventually(async () => ![before, -1].includes(await leader()));
}

async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`not true within ${PATIENCE_MS} ms`);
    await new Promise((resume) => setTimeout(resume, POLL_MS));
  }
}
