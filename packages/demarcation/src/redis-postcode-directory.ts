import { randomUUID } from 'node:crypto';
import { Redis, type ChainableCommander } from 'ioredis';
import type { ContentHash } from '@smc/domain';
import { AREAS_FIELD, readFields, readOne, writeFields } from './directory-form.ts';
import { DirectoryFault, type PostcodeDirectory, type TableKey } from './postcode-directory.ts';
import { tableHashOfTable } from './slice-demarcation.ts';

/** Redis answers in milliseconds; a process that routes does not wait for more. */
const COMMAND_MS_MAX = 2_000;
const CONNECT_MS_MAX = 1_000;
const RECONNECT_MS_MAX = 5_000;
/** Fields per command: a few hundred kilobytes at most, so that Redis serves others in between. */
const FIELDS_PER_COMMAND = 500;
/** A load that was given up half-way is gone after this long. */
const LOADING_SECONDS_MAX = 600;
/** Versions that nobody reads any more go by themselves; every read keeps one alive. */
const KEPT_SECONDS = 90 * 24 * 3600;

/**
 * The directory in Redis.
 *
 *   v1:postcode:HASH:table          the hash that readers use
 *   v1:postcode:HASH:loading:UUID   one that is being written; RENAME puts it in place at once
 *
 * Without a connection every call fails at once: nothing is queued.
 */
export function connectRedisPostcodeDirectory(url: string): PostcodeDirectory {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    connectTimeout: CONNECT_MS_MAX,
    commandTimeout: COMMAND_MS_MAX,
    retryStrategy: (times) => Math.min(times * 100, RECONNECT_MS_MAX),
  });
  // Every call reports its own failure; without a listener this event would be printed.
  redis.on('error', () => {});
  let firstConnection: Promise<void> | undefined;
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    // Calls before the first connection wait for it; later ones find a connection or fail.
    firstConnection ??= redis.connect().catch(() => undefined);
    await firstConnection;
    try {
      return await work();
    } catch (error) {
      throw faultOf(error);
    }
  };
  return {
    load: (key, table) => asked(() => load(redis, key, writeFields(table))),
    read: (key) =>
      asked(async () => {
        const name = tableName(key.contentHash);
        const fields = await scan(redis, name);
        if (fields === 'damaged' || fields.size === 0)
          return fields === 'damaged' ? fields : 'absent';
        const table = readFields(fields);
        if (table === undefined || tableHashOfTable(table) !== key.tableHash) return 'damaged';
        await redis.expire(name, KEPT_SECONDS);
        return table;
      }),
    lookUp: (contentHash, postcode) =>
      asked(async () => {
        const name = tableName(contentHash);
        const [field, areas] = await redis.hmget(name, postcode.slice(0, 4), AREAS_FIELD);
        return readOne(postcode, field ?? undefined, areas ?? undefined);
      }),
    async close() {
      redis.disconnect();
    },
  };
}

const tableName = (contentHash: ContentHash) => `v1:postcode:${contentHash}:table`;

async function load(
  redis: Redis,
  { contentHash }: TableKey,
  fields: ReadonlyMap<string, string>,
): Promise<void> {
  const loading = `v1:postcode:${contentHash}:loading:${randomUUID()}`;
  const pairs = [...fields];
  for (let i = 0; i < pairs.length; i += FIELDS_PER_COMMAND) {
    const chunk = new Map(pairs.slice(i, i + FIELDS_PER_COMMAND));
    await together(redis.multi().hset(loading, chunk).expire(loading, LOADING_SECONDS_MAX));
  }
  const name = tableName(contentHash);
  await together(redis.multi().rename(loading, name).expire(name, KEPT_SECONDS));
}

async function together(transaction: ChainableCommander): Promise<void> {
  const answers = await transaction.exec();
  const [error] = answers?.find(([failure]) => failure !== null) ?? [];
  if (error) throw error;
}

/** All fields of a hash; `damaged` when it is something else, or far more than a table. */
async function scan(redis: Redis, name: string): Promise<Map<string, string> | 'damaged'> {
  const fields = new Map<string, string>();
  let cursor = '0';
  do {
    const answer = await redis
      .hscan(name, cursor, 'COUNT', FIELDS_PER_COMMAND)
      .catch((error: unknown) => {
        if (isReply(error) && error.message.startsWith('WRONGTYPE')) return undefined;
        throw error;
      });
    if (answer === undefined || fields.size > FIELDS_MAX) return 'damaged';
    const [next, flat] = answer;
    for (let i = 0; i + 1 < flat.length; i += 2) fields.set(flat[i] ?? '', flat[i + 1] ?? '');
    cursor = next;
  } while (cursor !== '0');
  return fields;
}

/** 9,000 four digits and the areas. */
const FIELDS_MAX = 9_001;

function faultOf(error: unknown): DirectoryFault {
  const message = error instanceof Error ? error.message : String(error);
  // Redis itself said no; a Redis that is loading its data from disk is as good as away.
  const refused = isReply(error) && !/^(LOADING|BUSY|TRYAGAIN|CLUSTERDOWN)/.test(message);
  const code = refused ? 'REFUSED' : 'UNAVAILABLE';
  return new DirectoryFault(code, `the postcode directory: ${message}`, error);
}

/** An answer of Redis, as opposed to a connection that failed. */
function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
