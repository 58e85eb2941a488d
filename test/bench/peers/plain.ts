/**
 * The plain worker, as the documentation of its tools shows it: each message by itself, one look-up
 * in Redis, the registry's client for decoding and encoding, one send, positions committed by the
 * consumer now and then. At least once: a crash repeats cases, and what it knew of its clients is
 * gone, because it is kept in memory only.
 */
import { must, TOPICS, type ClientState } from '@smc/domain';
import { decide, type PostcodeAreas } from '@smc/decision';
import { runService } from '@smc/runtime';
import { Redis } from 'ioredis';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { areaKey, peerSettings } from './peer-settings.ts';
import { caseOf, openPeer, rulesOf } from './peer-tools.ts';

type Found = ReturnType<PostcodeAreas['lookUp']>;

await runService({
  name: 'bench-plain',
  settings: peerSettings,
  async start({ config, fail, readiness }) {
    const { registry, idOf, demarcation, headersOf } = await openPeer(config.registry);
    const redis = new Redis(config.redis);
    const kafka = new Kafka({
      clientId: 'bench-plain',
      brokers: [...config.kafka.brokers],
      logLevel: logLevel.ERROR,
    });
    const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    const consumer = kafka.consumer({ groupId: config.groupId });
    const clients = new Map<string, ClientState>();
    let found: Found;
    const rulebook = rulesOf(demarcation, { lookUp: () => found });

    readiness.set('group', 'not in the group yet');
    consumer.on(consumer.events.GROUP_JOIN, () => readiness.clear('group'));
    consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
    await producer.connect();
    await consumer.connect();
    await consumer.subscribe({ topic: TOPICS.intake, fromBeginning: true });
    await consumer.run({
      async eachMessage({ topic, partition, message }) {
        const event = caseOf(await registry.decode(must(message.value, 'every case has a value')));
        found = event.postcode && parseFound(await redis.get(areaKey(event.postcode)));
        const source = { topic, partition, offset: Number(message.offset) };
        const decision = decide({ event, source }, clients.get(event.clientKey), rulebook);
        if (!decision.ok) throw new Error(decision.refusal.reason);
        const { events, state } = decision.value;
        if (state !== undefined) clients.set(event.clientKey, state);
        const nowMs = Date.now();
        const messages = [];
        for (const answer of events) {
          const value = await registry.encode(idOf(answer.type), answer);
          messages.push({
            key: message.key,
            value,
            headers: headersOf(answer, message.headers, nowMs),
          });
        }
        await producer.send({ topic: TOPICS.assignments, messages });
      },
    });
    return {
      async stop() {
        await consumer.disconnect();
        await producer.disconnect();
        redis.disconnect();
      },
    };
  },
});

function parseFound(text: string | null): Found {
  return text === null ? undefined : (JSON.parse(text) as Found);
}
