import kafkajs, { Kafka, logLevel, type Admin } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { StackFault } from './stack-fault.ts';
import type { TopicSpec, Topics } from './topics.ts';

/** A leader is elected within a second; a cluster that has just lost a broker takes ten. */
const LEADERS_MS = 30_000;
const POLL_MS = 50;

export type CreatedTopics = {
  readonly created: readonly string[];
  readonly kept: readonly string[];
};

/**
 * Makes the cluster have these topics: creates those that are missing and waits until each
 * partition has a leader. Running it again changes nothing. A topic that exists with another
 * partition count, replication or setting is left as it is, and the fault TOPICS_DIFFER lists every
 * difference with what to do: this function never changes what may hold data.
 */
export async function createTopics(
  brokers: readonly string[],
  { topics }: Topics,
): Promise<CreatedTopics> {
  const kafka = new Kafka({
    clientId: 'smc-topics',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(name));
    await create(admin, missing);
    await leadersKnown(admin, topics);
    await assertSame(admin, topics);
    const created = missing.map(({ name }) => name);
    return {
      created,
      kept: topics.map(({ name }) => name).filter((name) => !created.includes(name)),
    };
  } finally {
    await admin.disconnect();
  }
}

async function create(admin: Admin, missing: readonly TopicSpec[]): Promise<void> {
  if (missing.length === 0) return;
  try {
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map(({ name, partitions, replicationFactor, settings }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor,
        configEntries: Object.entries(settings).map(([setting, value]) => ({
          name: setting,
          value,
        })),
      })),
    });
  } catch (error) {
    // Another process created some of them at the same moment; what they are is checked afterwards.
    if (!isAlreadyExists(error)) throw error;
  }
}

function isAlreadyExists(error: unknown): boolean {
  if (error instanceof kafkajs.KafkaJSAggregateError) {
    return error.errors.every(isAlreadyExists);
  }
  return error instanceof Error && 'type' in error && error.type === 'TOPIC_ALREADY_EXISTS';
}

async function leadersKnown(admin: Admin, topics: readonly TopicSpec[]): Promise<void> {
  const deadline = Date.now() + LEADERS_MS;
  const names = topics.map(({ name }) => name);
  for (;;) {
    const waiting = await withoutLeader(admin, names);
    if (waiting.length === 0) return;
    if (Date.now() > deadline) {
      const text = `no leader for ${waiting.join(', ')} after ${LEADERS_MS} ms: is every broker up?`;
      throw new StackFault('PART_FAILED', text);
    }
    await delay(POLL_MS);
  }
}

/** The topics of which a partition has no leader yet, or that the asked broker does not know yet. */
async function withoutLeader(admin: Admin, names: string[]): Promise<readonly string[]> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: names });
    const led = topics
      .filter(
        ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
      )
      .map(({ name }) => name);
    return names.filter((name) => !led.includes(name));
  } catch (error) {
    const passes = ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'];
    if (error instanceof Error && 'type' in error && passes.includes(String(error.type)))
      return names;
    throw error;
  }
}

async function assertSame(admin: Admin, topics: readonly TopicSpec[]): Promise<void> {
  const { topics: found } = await admin.fetchTopicMetadata({
    topics: topics.map(({ name }) => name),
  });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map(({ name, settings }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: Object.keys(settings),
    })),
  });
  const differences = topics.flatMap((topic) => {
    const partitions = found.find(({ name }) => name === topic.name)?.partitions ?? [];
    const entries = resources.find(
      ({ resourceName }) => resourceName === topic.name,
    )?.configEntries;
    return differencesOf(topic, {
      partitions: partitions.length,
      replicas: partitions[0]?.replicas.length ?? 0,
      settings: new Map(entries?.map(({ configName, configValue }) => [configName, configValue])),
    });
  });
  if (differences.length === 0) return;
  throw new StackFault(
    'TOPICS_DIFFER',
    `the cluster's topics differ from topics.json:\n${differences.map((line) => `- ${line}`).join('\n')}`,
  );
}

/** What a topic is in the cluster. */
export type FoundTopic = {
  readonly partitions: number;
  readonly replicas: number;
  readonly settings: ReadonlyMap<string, string>;
};

/** One line per difference: what is, what should be, and what to do. */
export function differencesOf(topic: TopicSpec, found: FoundTopic): readonly string[] {
  const { name, partitions, replicationFactor, settings } = topic;
  const lines: string[] = [];
  if (found.partitions !== partitions) {
    lines.push(
      `${name} has ${found.partitions} partitions and should have ${partitions}. The count is chosen ` +
        'once, because it decides where a client is: load topics.json with that count, or set up a new cluster',
    );
  }
  if (replicationFactor !== -1 && found.replicas !== replicationFactor) {
    lines.push(
      `${name} has ${found.replicas} replicas and should have ${replicationFactor}: move it with kafka-reassign-partitions`,
    );
  }
  for (const [setting, wanted] of Object.entries(settings)) {
    const value = found.settings.get(setting);
    if (value !== undefined && sameValue(value, wanted)) continue;
    lines.push(
      `${name} has ${setting}=${value ?? '(unknown)'} and should have ${wanted}: ` +
        `kafka-configs --alter --topic ${name} --add-config ${setting}=${wanted}`,
    );
  }
  return lines;
}

/** Kafka gives numbers back in its own notation: 0.10 and 0.1 are the same. */
const sameValue = (a: string, b: string): boolean =>
  a === b || (a !== '' && b !== '' && Number(a) === Number(b));
