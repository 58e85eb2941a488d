/**
 * The good worker: what an engineer makes of kafkajs who has read about its transactions and its
 * defects. Exactly once: one producer per partition, one transaction per batch with events, clients'
 * states and position in it, one topic-partition per awaited send, a short wait before a retry,
 * compiled Avro types, clients in memory, partitions side by side. Any error ends the process.
 *
 * It does less than the router: there is no restore after a crash, no dead letter, no check of what
 * comes in, no new demarcation while it runs.
 */
import { CHECKPOINT_KEY, must, TOPICS, type Checkpoint, type ClientState } from '@smc/domain';
import { decide, type Rulebook } from '@smc/decision';
import { runService } from '@smc/runtime';
import type { Type } from 'avsc';
import {
  Kafka,
  logLevel,
  Partitioners,
  type KafkaMessage,
  type Message,
  type Producer,
} from 'kafkajs';
import { peerSettings } from './peer-settings.ts';
import { caseOf, FRAME_BYTES, openPeer, rulesOf, type Peer, type PeerType } from './peer-tools.ts';

/** kafkajs' work per send grows with the square of the messages: beyond this it shows. */
const CASES_PER_TRANSACTION_MAX = 1_000;
/** Of a transaction whose predecessor's markers are still being written: 300 ms by default. */
const RETRY = { initialRetryTime: 15, multiplier: 1.5, maxRetryTime: 500 };
const TRANSACTION_TIMEOUT_MS = 30_000;

type Kit = {
  readonly peer: Peer;
  readonly types: ReadonlyMap<PeerType, Type>;
  readonly rulebook: Rulebook;
};

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

async function openTask(kafka: Kafka, kit: Kit, partition: number): Promise<PartitionTask> {
  const producer = kafka.producer({
    transactionalId: `bench-good-${partition}`,
    idempotent: true,
    maxInFlightRequests: 1,
    transactionTimeout: TRANSACTION_TIMEOUT_MS,
    retry: RETRY,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return new PartitionTask(producer, kit, partition);
}

/** One partition: its producer and what is known of its clients. */
class PartitionTask {
  readonly producer: Producer;
  readonly #kit: Kit;
  readonly #partition: number;
  readonly #clients = new Map<string, ClientState>();

  constructor(producer: Producer, kit: Kit, partition: number) {
    this.producer = producer;
    this.#kit = kit;
    this.#partition = partition;
  }

  /** One transaction. */
  async answer(messages: readonly KafkaMessage[]): Promise<void> {
    const nowMs = Date.now();
    const events: Message[] = [];
    const changed = new Set<string>();
    for (const message of messages) this.#answerOne(message, { nowMs, events, changed });
    const states = this.#statesOf(changed);
    states.push(this.#checkpoint(Number(messages.at(-1)?.offset) + 1));
    const transaction = await this.producer.transaction();
    await transaction.send({ topic: TOPICS.assignments, messages: events });
    await transaction.send({ topic: TOPICS.routerState, messages: states });
    await transaction.commit();
  }

  #answerOne(
    message: KafkaMessage,
    into: { readonly nowMs: number; readonly events: Message[]; readonly changed: Set<string> },
  ): void {
    const { peer, rulebook } = this.#kit;
    const event = caseOf(this.#decode(must(message.value, 'every case has a value')));
    const { clientKey } = event;
    const source = {
      topic: TOPICS.intake,
      partition: this.#partition,
      offset: Number(message.offset),
    };
    const before = this.#clients.get(clientKey);
    const decision = decide({ event, source }, before, rulebook);
    if (!decision.ok) throw new Error(decision.refusal.reason);
    const { events, state } = decision.value;
    if (state !== undefined && state !== before) {
      this.#clients.set(clientKey, state);
      into.changed.add(clientKey);
    }
    for (const answer of events) {
      into.events.push({
        key: message.key,
        partition: this.#partition,
        value: this.#encode(answer.type, answer),
        headers: peer.headersOf(answer, message.headers, into.nowMs),
      });
    }
  }

  #statesOf(changed: ReadonlySet<string>): Message[] {
    return [...changed].map((client) => ({
      key: client,
      partition: this.#partition,
      value: this.#encode('ClientState', must(this.#clients.get(client), 'it has just changed')),
    }));
  }

  #checkpoint(intakeNext: number): Message {
    const { version, contentHash, effectiveFrom } = this.#kit.peer.demarcation;
    const active = [{ version, contentHash, effectiveFrom }];
    const position: Checkpoint = { type: 'Checkpoint', intakeNext, commandsNext: 0, active };
    return {
      key: CHECKPOINT_KEY,
      partition: this.#partition,
      value: this.#encode('Checkpoint', position),
    };
  }

  #decode(bytes: Buffer): Record<string, unknown> {
    return this.#typeOf('CaseRegistered').fromBuffer(bytes.subarray(FRAME_BYTES));
  }

  #encode(type: PeerType, value: object): Buffer {
    const body = this.#typeOf(type).toBuffer(value);
    const framed = Buffer.allocUnsafe(FRAME_BYTES + body.length);
    framed[0] = 0;
    framed.writeInt32BE(this.#kit.peer.idOf(type), 1);
    body.copy(framed, FRAME_BYTES);
    return framed;
  }

  #typeOf(type: PeerType): Type {
    return must(this.#kit.types.get(type), 'every type was compiled');
  }
}
