import { Redis } from 'ioredis';
import { commandsOf } from './redis-commands.ts';
import { APPLY_SCRIPT, PUBLISH_SCRIPT } from './redis-scripts.ts';
import {
  StoreFault,
  type Namespace,
  type Ranked,
  type ReadModelStore,
  type Standing,
} from './read-model-store.ts';

/** All keys of the read models begin with it; the number rises when their form changes. */
const PREFIX = 'v1:view';
/** The namespace that readers use. */
const CURRENT = `${PREFIX}:current`;
/** All namespaces that exist, so that those given up can be found. */
const NAMESPACES = `${PREFIX}:namespaces`;
/** Keys read or deleted by one command: Redis serves nobody else meanwhile. */
const KEYS_PER_COMMAND_MAX = 1_000;
/** Redis answers in a millisecond; after this it counts as away. */
const COMMAND_MS_MAX = 5_000;
const RECONNECT_MS_MAX = 1_000;

/**
 * Read models in Redis.
 *
 * ```
 * v1:view:current                       the namespace in use
 * v1:view:namespaces                    set of all
 * v1:view:<ns>:standing                 hash: version, and <topic>/<partition> -> next offset
 * v1:view:<ns>:client:<clientKey>       JSON of ClientView
 * v1:view:<ns>:case:<caseId>            JSON of CaseView
 * v1:view:<ns>:count:<name>             hash: field -> number
 * v1:view:<ns>:rank:<name>              sorted set: member -> moment
 * ```
 * A batch is one Lua script, which Redis runs as a whole or not at all, and which begins by
 * comparing the version. So a batch whose answer was lost, or a second projector, changes nothing,
 * counts included. One Redis, no cluster: the script takes keys that it is not told of beforehand.
 */
export function connectRedisStore(url: string): ReadModelStore {
  const redis = new Redis(url, {
    // A command either has an answer soon or fails: the projector waits and repeats by itself.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: true,
    commandTimeout: COMMAND_MS_MAX,
    connectTimeout: COMMAND_MS_MAX,
    retryStrategy: (times) => Math.min(times * 50, RECONNECT_MS_MAX),
  });
  // Every command reports its own failure; without a listener this event would be printed.
  redis.on('error', () => {});
  return redisStore(redis);
}

function redisStore(redis: Redis): ReadModelStore {
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      throw faultOf(error);
    });
  const documents = async <K extends string, V>(keys: readonly K[], keyOf: (key: K) => string) => {
    const found = new Map<K, V>();
    const chunks = inChunks(keys);
    const answers = await asked(Promise.all(chunks.map((chunk) => redis.mget(chunk.map(keyOf)))));
    chunks.forEach((chunk, c) =>
      chunk.forEach((key, k) => {
        const text = answers[c]?.[k];
        if (typeof text === 'string') found.set(key, parsed<V>(keyOf(key), text));
      }),
    );
    return found;
  };
  const drop = async (namespace: Namespace) => {
    // First what a projector compares: from here on nobody writes to the namespace.
    await asked(redis.del(keyIn(namespace, 'standing')));
    for (let cursor = '0'; ;) {
      const pattern = keyIn(namespace, '*');
      const scan = redis.scan(cursor, 'MATCH', pattern, 'COUNT', KEYS_PER_COMMAND_MAX);
      const [next, keys] = await asked(scan);
      if (keys.length > 0) await asked(redis.unlink(keys));
      if (next === '0') break;
      cursor = next;
    }
    await asked(redis.srem(NAMESPACES, namespace));
  };

  return {
    drop,
    async current() {
      const name = await asked(redis.get(CURRENT));
      return name === null ? undefined : (name as Namespace);
    },
    async create(namespace) {
      await asked(redis.sadd(NAMESPACES, namespace));
      await asked(redis.hset(keyIn(namespace, 'standing'), 'version', '0'));
    },
    async publish(namespace) {
      const keys = [keyIn(namespace, 'standing'), CURRENT, NAMESPACES];
      const others = await asked(redis.eval(PUBLISH_SCRIPT, keys.length, ...keys, namespace));
      if (!Array.isArray(others)) return false;
      for (const other of others) await drop(String(other) as Namespace);
      return true;
    },
    async standing(namespace) {
      return standingOf(await asked(redis.hgetall(keyIn(namespace, 'standing'))));
    },
    clients: (namespace, keys) => documents(keys, (key) => keyIn(namespace, `client:${key}`)),
    cases: (namespace, ids) => documents(ids, (id) => keyIn(namespace, `case:${id}`)),
    async counts(namespace, name) {
      const fields = await asked(redis.hgetall(keyIn(namespace, `count:${name}`)));
      const counts = Object.entries(fields).map(
        ([field, count]) => [field, Number(count)] as const,
      );
      return new Map(counts.filter(([, count]) => count !== 0));
    },
    async oldest(namespace, name, limit) {
      if (limit < 1) return [];
      const key = keyIn(namespace, `rank:${name}`);
      return rankedOf(await asked(redis.zrange(key, 0, String(limit - 1), 'WITHSCORES')));
    },
    size: (namespace, name) => asked(redis.zcard(keyIn(namespace, `rank:${name}`))),
    async apply(namespace, version, changes) {
      const words = [String(version)];
      for (const command of commandsOf(changes, (name) => keyIn(namespace, name))) {
        words.push(String(command.length), ...command);
      }
      const standing = keyIn(namespace, 'standing');
      return (await asked(redis.eval(APPLY_SCRIPT, 1, standing, ...words))) === 1;
    },
    async close() {
      redis.disconnect();
    },
  };
}

const keyIn = (namespace: Namespace, name: string) => `${PREFIX}:${namespace}:${name}`;

function standingOf(fields: Readonly<Record<string, string>>): Standing | undefined {
  const { version, ...offsets } = fields;
  if (version === undefined) return undefined;
  const positions = Object.entries(offsets).map(([name, offset]) => {
    const slash = name.lastIndexOf('/');
    const [topic, partition] = [name.slice(0, slash), Number(name.slice(slash + 1))];
    return { topic, partition, offset: Number(offset) };
  });
  const numbers = [version, ...positions.flatMap(({ partition, offset }) => [partition, offset])];
  if (!numbers.map(Number).every(Number.isSafeInteger)) {
    throw new StoreFault(
      'DAMAGED',
      'the standing of a namespace holds something else than numbers',
    );
  }
  return { version: Number(version), positions };
}

/** Member, score, member, score. */
function rankedOf(words: readonly string[]): readonly Ranked[] {
  const ranked: Ranked[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    ranked.push({ member: String(words[at]), atMs: Number(words[at + 1]) });
  }
  return ranked;
}

function parsed<V>(key: string, text: string): V {
  try {
    // Written by `commandsOf` alone; that it is JSON tells it from most damage.
    return JSON.parse(text) as V;
  } catch (cause) {
    throw new StoreFault('DAMAGED', `${key} holds no JSON`, cause);
  }
}

function inChunks<K>(keys: readonly K[]): K[][] {
  const chunks: K[][] = [];
  for (let at = 0; at < keys.length; at += KEYS_PER_COMMAND_MAX) {
    chunks.push(keys.slice(at, at + KEYS_PER_COMMAND_MAX));
  }
  return chunks;
}

/** A key of another type was written by somebody else; anything else passes when Redis is well. */
function faultOf(error: unknown): StoreFault {
  const text = error instanceof Error ? error.message : String(error);
  const damaged = text.includes('WRONGTYPE') || text.includes('not an integer');
  return new StoreFault(damaged ? 'DAMAGED' : 'UNREACHABLE', `Redis: ${text}`, error);
}
