import type { Socket } from 'node:net';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { must } from '@smc/domain';
import { startStack } from '@smc/infra';
import type { Powers, TxnLogHarness } from '../../conformance/index.ts';
import type { TopicPartition, TxnLog } from '../../txn-log.ts';
import { connectThrough } from '../connect.ts';
import { openSocket } from '../dial.ts';
import { FaultyNetwork } from './faulty-link.ts';

/** The shortest session that the test's brokers allow. */
const SESSION_TIMEOUT_MS = 1_000;

type Stack = Awaited<ReturnType<typeof startStack>>;
type Network = { readonly faulty: FaultyNetwork; readonly groupSockets: Set<Socket> };

export type KafkaHarness = TxnLogHarness & { readonly brokers: readonly string[] };

/** The suite's harness on real brokers. Faults stand between a client and its links. */
export async function kafkaHarness(brokers: 1 | 3): Promise<KafkaHarness> {
  const stack = await startStack({
    brokers,
    parts: ['kafka'],
    brokerSettings: {
      'group.min.session.timeout.ms': `${SESSION_TIMEOUT_MS}`,
      'broker.session.timeout.ms': '3000',
    },
  });
  const addresses = [...stack.brokers];
  const kafka = new Kafka({ clientId: 'harness', brokers: addresses, logLevel: logLevel.NOTHING });
  const withAdmin: WithAdmin = async (work) => {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  };
  const networks = new Map<TxnLog, Network>();
  let topicCount = 0;

  return {
    async createTopic({ partitions: numPartitions = 1, compact = false, maxMessageBytes }) {
      const topic = `topic-${++topicCount}`;
      const settings = [
        ...(compact ? [['cleanup.policy', 'compact'] as const] : []),
        ...(maxMessageBytes ? [['max.message.bytes', `${maxMessageBytes}`] as const] : []),
      ];
      const configEntries = settings.map(([name, value]) => ({ name, value }));
      const topics = [{ topic, numPartitions, configEntries }];
      await withAdmin((admin) => admin.createTopics({ topics }));
      return topic;
    },
    async connect() {
      const network = { faulty: new FaultyNetwork(), groupSockets: new Set<Socket>() };
      const options = { brokers: addresses, clientId: `client-${networks.size}` };
      const client = await connectThrough(options, network.faulty.between, (args) => {
        const socket = openSocket(args);
        if (network.faulty.isDead) socket.destroy(new Error('the network is dead'));
        network.groupSockets.add(socket);
        return socket;
      });
      networks.set(client, network);
      return client;
    },
    brokers: addresses,
    sessionTimeoutMs: SESSION_TIMEOUT_MS,
    powers: powersOf({ stack, withAdmin, networks }),
    async close() {
      await stack.stop({ fast: true });
    },
  };
}

/** kafkajs' idle connections run a timer loop: none of the harness's may stay open. */
type WithAdmin = <T>(work: (admin: Admin) => Promise<T>) => Promise<T>;

type Parts = {
  readonly stack: Stack;
  readonly withAdmin: WithAdmin;
  readonly networks: ReadonlyMap<TxnLog, Network>;
};

function powersOf({ stack, withAdmin, networks }: Parts): Powers {
  const networkOf = (client: TxnLog) => must(networks.get(client), 'a client of this harness');
  const powers: Powers = {
    async crash(client) {
      const { faulty, groupSockets } = networkOf(client);
      faulty.die();
      for (const socket of groupSockets) socket.destroy(new Error('the network is dead'));
    },
    lose: (client, part, step) => networkOf(client).faulty.lose(part, step),
    holdCommit: (client) => networkOf(client).faulty.hold('commit'),
    corruptFetch: (client) => networkOf(client).faulty.corruptFetch(),
    async truncate({ topic, partition, offset }) {
      const partitions = [{ partition, offset: `${offset}` }];
      await withAdmin(async (admin) => {
        await admin.fetchTopicMetadata({ topics: [topic] });
        await admin.deleteTopicRecords({ topic, partitions });
      });
    },
    async groupOffsets(groupId, { topic, partition }) {
      const wanted = { groupId, topics: [topic] };
      const [stored] = await withAdmin((admin) => admin.fetchOffsets(wanted));
      const found = stored?.partitions.find((one) => one.partition === partition);
      return found === undefined ? undefined : Number(found.offset);
    },
  };
  const [, second] = stack.brokers;
  if (second !== undefined) {
    const move = (of: TopicPartition) => withAdmin((admin) => moveLeader(admin, of));
    return { ...powers, moveLeader: move };
  }
  return {
    ...powers,
    async restartBroker() {
      await stack.kill('broker-1', 'SIGKILL');
      await stack.restart('broker-1');
    },
  };
}

/** Takes the leader out of the replicas, so that another must lead. */
async function moveLeader(admin: Admin, { topic, partition }: TopicPartition): Promise<void> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const [now] = topics.flatMap((one) => one.partitions.filter((p) => p.partitionId === partition));
  const { leader, replicas } = must(now, 'the partition exists');
  const others = replicas.filter((replica) => replica !== leader);
  const partitionAssignment = [{ partition, replicas: [...others, leader] }];
  await admin.alterPartitionReassignments({
    topics: [{ topic, partitionAssignment: [{ partition, replicas: others }] }],
  });
  await admin.alterPartitionReassignments({ topics: [{ topic, partitionAssignment }] });
}
