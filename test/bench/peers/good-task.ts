import { CHECKPOINT_KEY, must, TOPICS, type Checkpoint, type ClientState } from '@smc/domain';
import { decide, type Rulebook } from '@smc/decision';
import type { Type } from 'avsc';
import { Partitioners, type Kafka, type KafkaMessage, type Message, type Producer } from 'kafkajs';
import { caseOf, FRAME_BYTES, type Peer, type PeerType } from './peer-tools.ts';

/** Of a transaction whose predecessor's markers are still being written: 300 ms by default. */
const RETRY = { initialRetryTime: 15, multiplier: 1.5, maxRetryTime: 500 };
const TRANSACTION_TIMEOUT_MS = 30_000;

export type Kit = {
  readonly peer: Peer;
  readonly types: ReadonlyMap<PeerType, Type>;
  readonly rulebook: Rulebook;
};

export async function openTask(kafka: Kafka, kit: Kit, partition: number): Promise<PartitionTask> {
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
export class PartitionTask {
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
    const position: Checkpoint = {
      type: 'Checkpoint',
      intakeNext,
      commandsNext: 0,
      officeIntakeNext: 0,
      active,
    };
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
