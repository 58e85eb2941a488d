/**
 * The good worker: what an engineer makes of kafkajs who has read about its transactions and its
 * defects. Exactly once: one producer per partition, one transaction per batch with events, clients'
 * states and position in it, one topic-partition per awaited send, a short wait before a retry,
 * compiled Avro types, clients in memory, partitions side by side. Any error ends the process.
 *
 * It does less than the router: there is no restore after a crash, no dead letter, no check of what
 * comes in, no new demarcation while it runs.
 */
import { must, TOPICS } from '@smc/domain';
import { runService } from '@smc/runtime';
import type { Type } from 'avsc';
import { Kafka, logLevel } from 'kafkajs';
import { openTask, type Kit, type PartitionTask } from './good-task.ts';
import { peerSettings } from './peer-settings.ts';
import { openPeer, rulesOf, type PeerType } from './peer-tools.ts';

/** kafkajs' work per send grows with the square of the messages: beyond this it shows. */
const CASES_PER_TRANSACTION_MAX = 1_000;

await runService({
  name: 'bench-good',
  settings: peerSettings,
  async start({ config, fail, readiness }) {
    const kit = await openKit(config.registry);
    const kafka = new Kafka({
      clientId: 'bench-good',
      brokers: [...config.kafka.brokers],
      logLevel: logLevel.NOTHING,
    });
    const { partitions } = await topicOf(kafka);
    const tasks = new Map<number, PartitionTask>();
    for (let partition = 0; partition < partitions; partition++) {
      tasks.set(partition, await openTask(kafka, kit, partition));
    }
    const consumer = kafka.consumer({ groupId: config.groupId });
    readiness.set('group', 'not in the group yet');
    consumer.on(consumer.events.GROUP_JOIN, () => readiness.clear('group'));
    consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
    await consumer.connect();
    await consumer.subscribe({ topic: TOPICS.intake, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: partitions,
      async eachBatch(turn) {
        const { batch } = turn;
        const task = must(tasks.get(batch.partition), 'a task for every partition');
        for (let from = 0; from < batch.messages.length && turn.isRunning();) {
          const messages = batch.messages.slice(from, from + CASES_PER_TRANSACTION_MAX);
          await task.answer(messages);
          from += messages.length;
          turn.resolveOffset(must(messages.at(-1), 'a chunk holds messages').offset);
          await turn.heartbeat();
        }
      },
    });
    return {
      async stop() {
        await consumer.disconnect();
        await Promise.all([...tasks.values()].map((task) => task.producer.disconnect()));
      },
    };
  },
});

async function openKit(registryUrl: string): Promise<Kit> {
  const peer = await openPeer(registryUrl);
  const types = new Map<PeerType, Type>();
  for (const type of [
    'CaseRegistered',
    'CaseAssigned',
    'CaseParked',
    'ClientHandedOver',
    'CaseReleased',
    'ClientState',
    'Checkpoint',
  ] as const) {
    types.set(type, (await peer.registry.getSchema(peer.idOf(type))) as Type);
  }
  return { peer, types, rulebook: rulesOf(peer.demarcation) };
}

async function topicOf(kafka: Kafka): Promise<{ readonly partitions: number }> {
  const admin = kafka.admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [TOPICS.intake] });
  await admin.disconnect();
  return { partitions: must(topics[0], 'the topic exists').partitions.length };
}
