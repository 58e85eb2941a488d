import { Kafka, logLevel } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { StackFault } from './stack-fault.ts';

const CHECK_TOPIC = 'smc.stack-check';
const POLL_MS = 50;

export type ClusterCheck = {
  /** host:port of every broker. */
  readonly brokers: readonly string[];
  readonly withinMs: number;
  /** Faults when a broker has ended, so that nobody waits for the dead. */
  readonly assertRunning: () => void;
};

/**
 * Resolves when the cluster does what our programs ask of it: every broker is there, a transaction
 * commits, and the offsets of a group can be read. An open port is half a second to two seconds
 * earlier. The check also makes Kafka create its internal topics, so that no program pays for it.
 */
export async function clusterReady(check: ClusterCheck): Promise<void> {
  const kafka = new Kafka({
    clientId: 'smc-stack-check',
    brokers: [...check.brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 1, initialRetryTime: 50 },
  });
  const deadline = Date.now() + check.withinMs;
  const admin = kafka.admin();
  try {
    await until('the brokers', check, deadline, async () => {
      await admin.connect();
      return (await admin.describeCluster()).brokers.length === check.brokers.length;
    });
    await until('a topic', check, deadline, async () => {
      if ((await admin.listTopics()).includes(CHECK_TOPIC)) return true;
      await admin.createTopics({ topics: [{ topic: CHECK_TOPIC }], waitForLeaders: true });
      return true;
    });
    await until('a transaction', check, deadline, () => commitsTransaction(kafka));
    await until('a group', check, deadline, async () => {
      await admin.fetchOffsets({ groupId: CHECK_TOPIC, topics: [CHECK_TOPIC] });
      return true;
    });
    await admin.deleteTopics({ topics: [CHECK_TOPIC] });
  } finally {
    await admin.disconnect();
  }
}

async function commitsTransaction(kafka: Kafka): Promise<boolean> {
  // A producer whose transaction failed is of no further use: every try has its own.
  const producer = kafka.producer({
    transactionalId: CHECK_TOPIC,
    maxInFlightRequests: 1,
    idempotent: true,
    retry: { retries: 1, initialRetryTime: 50 },
  });
  try {
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({ topic: CHECK_TOPIC, messages: [{ value: 'ready?' }] });
    await transaction.commit();
    return true;
  } finally {
    await producer.disconnect();
  }
}

async function until(
  what: string,
  { assertRunning, withinMs }: ClusterCheck,
  deadline: number,
  attempt: () => Promise<boolean>,
): Promise<void> {
  for (;;) {
    let last: unknown;
    try {
      if (await attempt()) return;
    } catch (error) {
      last = error;
    }
    assertRunning();
    if (Date.now() > deadline) {
      throw new StackFault(
        'PART_FAILED',
        `Kafka gave no ${what.replace(/^an? |^the /, '')} within ${withinMs} ms`,
        last,
      );
    }
    await delay(POLL_MS);
  }
}
