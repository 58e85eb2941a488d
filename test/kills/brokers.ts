import { Kafka, logLevel, type Admin } from 'kafkajs';
import { must, TOPICS } from '@smc/domain';
import type { PartName } from '@smc/infra';
import type { Installation } from '../live/installation.ts';
import type { AnswerWatch } from '../live/answer-watch.ts';
import { until } from '../live/until.ts';

/** A broker's session, a new leader and a rebuilt task, several times over on a busy machine. */
const RECOVERY_MS = 90_000;
/** What one router task reads and writes in one partition. */
const MOVED_TOPICS = [TOPICS.intake, TOPICS.assignments, TOPICS.routerState];

type World = { readonly installation: Installation; readonly watch: AnswerWatch };

/**
 * SIGKILL of a broker, which stays away until routers answer cases in every partition without it,
 * or until nothing is left to be answered. Then it is started again.
 */
export async function killBroker({ installation, watch }: World, node: number): Promise<void> {
  const name: PartName = `broker-${node}`;
  await installation.stack.kill(name, 'SIGKILL');
  const before = [...watch.answered];
  await watch.until(
    `progress in every partition without ${name}`,
    (answered) => answered.every((offset, p) => offset > (before[p] ?? 0)),
    RECOVERY_MS,
  );
  await installation.stack.restart(name);
}

/** Moves the leader of a partition of each topic that its task uses, by taking its replica away. */
export async function moveLeaders({ installation }: World, partition: number): Promise<void> {
  const brokers = [...installation.stack.brokers];
  const admin = new Kafka({ clientId: 'test', brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    for (const topic of MOVED_TOPICS) await moveLeader(admin, topic, partition);
  } finally {
    await admin.disconnect();
  }
}

async function moveLeader(admin: Admin, topic: string, partition: number): Promise<void> {
  const { leader, replicas } = await partitionOf(admin, topic, partition);
  const others = replicas.filter((node) => node !== leader);
  await reassign(admin, { topic, partition, replicas: others });
  const moved = async () =>
    (await partitionOf(admin, topic, partition)).leader !== leader || undefined;
  await until(`another leader of ${topic}-${partition}`, moved, RECOVERY_MS);
  await reassign(admin, { topic, partition, replicas: [...others, leader] });
  const whole = async () => {
    const { isr } = await partitionOf(admin, topic, partition);
    return isr.length === replicas.length || undefined;
  };
  await until(`all replicas of ${topic}-${partition} in sync`, whole, RECOVERY_MS);
}

async function partitionOf(admin: Admin, topic: string, partition: number) {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const found = topics[0]?.partitions.find(({ partitionId }) => partitionId === partition);
  return must(found, `${topic}-${partition} is there`);
}

async function reassign(
  admin: Admin,
  to: { readonly topic: string; readonly partition: number; readonly replicas: readonly number[] },
): Promise<void> {
  const { topic, partition, replicas } = to;
  const partitionAssignment = [{ partition, replicas: [...replicas] }];
  await admin.alterPartitionReassignments({ topics: [{ topic, partitionAssignment }] });
}
