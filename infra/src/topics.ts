import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkoutFolder } from './cache-folder.ts';
import { StackFault } from './stack-fault.ts';

export type TopicSpec = {
  readonly name: string;
  /** What the topic holds and why it is kept as it is, for people. */
  readonly holds: string;
  /** What its records are keyed by, for people. */
  readonly key: string;
  readonly partitions: number;
  /** -1 takes the broker's default. */
  readonly replicationFactor: number;
  /** Kafka's topic settings. */
  readonly settings: Readonly<Record<string, string>>;
};

export type Topics = {
  readonly topics: readonly TopicSpec[];
  /** Same partition count, same key, same partitioner: partition p of all of them is one task's. */
  readonly coPartitioned: readonly string[];
};

export type LoadTopicsOptions = {
  /** infra/topics.json of this checkout by default. */
  readonly file?: string;
  /** Another partition count for the co-partitioned topics; chosen once per installation. */
  readonly partitions?: number;
  /** Another replication factor for every topic. */
  readonly replicationFactor?: number;
};

export const TOPICS_FILE = path.join(checkoutFolder, 'infra', 'topics.json');

/** Kafka's own limit on a name; a dot and an underscore in names collide in its metrics. */
const NAME = /^smc\.[a-z0-9.-]{1,200}$/;
/** A partition costs memory and files on every broker; the router needs few. */
const PARTITIONS_MAX = 128;
const REPLICATION_MAX = 9;
const SETTING_NAME = /^[a-z]+(?:\.[a-z]+)*$/;

/** Reads and checks the topics. Faults with file, field and what was expected. */
export function loadTopics(options: LoadTopicsOptions = {}): Topics {
  const { file = TOPICS_FILE } = options;
  try {
    const topics = parseTopics(JSON.parse(readFileSync(file, 'utf8')));
    return withChoices(topics, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StackFault('TOPICS_INVALID', `${file}: ${reason}`, error);
  }
}

function withChoices(
  { topics, coPartitioned }: Topics,
  { partitions, replicationFactor }: LoadTopicsOptions,
): Topics {
  if (partitions !== undefined) checkInteger(partitions, 'partitions', [1, PARTITIONS_MAX]);
  return {
    coPartitioned,
    topics: topics.map((topic) => ({
      ...topic,
      partitions: coPartitioned.includes(topic.name)
        ? (partitions ?? topic.partitions)
        : topic.partitions,
      replicationFactor: replicationFactor ?? topic.replicationFactor,
    })),
  };
}

/** Checks the content of a topics file; throws an Error that names the field. */
export function parseTopics(content: unknown): Topics {
  const root = objectOf(content, 'the file', ['about', 'defaults', 'coPartitioned', 'topics']);
  const defaults = objectOf(root['defaults'], 'defaults', [
    'partitions',
    'replicationFactor',
    'settings',
  ]);
  const common: Defaults = {
    partitions: checkInteger(defaults['partitions'], 'defaults.partitions', [1, PARTITIONS_MAX]),
    replicationFactor: replicationOf(defaults['replicationFactor'], 'defaults.replicationFactor'),
    settings: settingsOf(defaults['settings'], 'defaults.settings'),
  };
  const topics = listOf(root['topics'], 'topics').map((entry, index) =>
    topicOf(entry, `topics[${index}]`, common),
  );
  topics.forEach(({ name }, index) => {
    if (topics.findIndex((topic) => topic.name === name) !== index) {
      throw wrong(`topics[${index}].name`, 'a name that occurs once', name);
    }
  });
  const coPartitioned = listOf(root['coPartitioned'], 'coPartitioned').map((entry, index) =>
    textOf(entry, `coPartitioned[${index}]`),
  );
  checkCoPartitioned(coPartitioned, topics);
  return { topics, coPartitioned };
}

function checkCoPartitioned(names: readonly string[], topics: readonly TopicSpec[]): void {
  const counts = names.map((name, index) => {
    const topic = topics.find((candidate) => candidate.name === name);
    if (topic === undefined) throw wrong(`coPartitioned[${index}]`, 'the name of a topic', name);
    return topic.partitions;
  });
  const different = counts.findIndex((count) => count !== counts[0]);
  if (different !== -1) {
    throw wrong(
      `coPartitioned[${different}] (${names[different] ?? ''})`,
      `as many partitions as ${names[0] ?? ''} (${counts[0] ?? 0})`,
      counts[different],
    );
  }
}

type Defaults = Pick<TopicSpec, 'partitions' | 'replicationFactor' | 'settings'>;

function topicOf(entry: unknown, at: string, defaults: Defaults): TopicSpec {
  const fields = objectOf(entry, at, [
    'name',
    'holds',
    'key',
    'partitions',
    'replicationFactor',
    'settings',
  ]);
  const name = textOf(fields['name'], `${at}.name`);
  if (!NAME.test(name))
    throw wrong(`${at}.name`, 'smc. and lower case letters, digits, . and -', name);
  const where = `${at} (${name})`;
  return {
    name,
    holds: textOf(fields['holds'], `${where}.holds`),
    key: textOf(fields['key'], `${where}.key`),
    partitions: checkInteger(fields['partitions'] ?? defaults.partitions, `${where}.partitions`, [
      1,
      PARTITIONS_MAX,
    ]),
    replicationFactor: replicationOf(
      fields['replicationFactor'] ?? defaults.replicationFactor,
      `${where}.replicationFactor`,
    ),
    settings: {
      ...defaults.settings,
      ...settingsOf(fields['settings'] ?? {}, `${where}.settings`),
    },
  };
}

function settingsOf(value: unknown, at: string): Readonly<Record<string, string>> {
  const settings = Object.entries(objectOf(value, at)).map(([name, setting]) => {
    if (!SETTING_NAME.test(name)) throw wrong(at, 'names of Kafka settings', name);
    return [name, textOf(setting, `${at}["${name}"]`)] as const;
  });
  return Object.fromEntries(settings);
}

function objectOf(
  value: unknown,
  at: string,
  known?: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw wrong(at, 'an object', value);
  const stranger = Object.keys(value).find((name) => known !== undefined && !known.includes(name));
  if (stranger !== undefined) throw wrong(at, `the fields ${known?.join(', ') ?? ''}`, stranger);
  return value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function listOf(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0)
    throw wrong(at, 'a list that is not empty', value);
  return value;
}

function textOf(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw wrong(at, 'a text', value);
  return value;
}

function replicationOf(value: unknown, at: string): number {
  if (value === -1) return -1;
  return checkInteger(value, at, [1, REPLICATION_MAX], '-1 or ');
}

function checkInteger(
  value: unknown,
  at: string,
  [min, max]: readonly [number, number],
  or = '',
): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw wrong(at, `${or}a whole number from ${min} to ${max}`, value);
  }
  return value;
}

const wrong = (at: string, expected: string, found: unknown): Error =>
  new Error(`${at}: expected ${expected}, found ${JSON.stringify(found) ?? 'nothing'}`);
