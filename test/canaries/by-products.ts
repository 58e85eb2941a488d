/** Everything that a run leaves behind, place by place. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { TOPICS } from '@smc/domain';
import type { TxnLog } from '@smc/log';

export type ByProduct = { readonly place: string; readonly bytes: Buffer };

/** Preallocated by the broker and full of zeros; they hold numbers only. */
const BROKER_INDEX = /\.(?:time|txn)?index$/;

/**
 * All files under a folder: logs, databases, and of brokers the very segments of every topic, keys,
 * headers, aborted and internal records included. Those of `smc.intake` are left out: a test puts
 * canaries there itself, and reads that topic record by record.
 */
export function* filesUnder(folder: string): Generator<ByProduct> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(`${TOPICS.intake}-`)) yield* filesUnder(place);
    } else if (entry.isFile() && !BROKER_INDEX.test(entry.name)) {
      yield { place, bytes: readFileSync(place) };
    }
  }
}

/** The records of `smc.intake`, each with its key, value and headers. */
export async function intakeRecords(log: TxnLog): Promise<readonly ByProduct[]> {
  const topic = TOPICS.intake;
  const counts = await log.partitionCounts([topic]);
  const reader = await log.openReader();
  const found: ByProduct[] = [];
  for (let partition = 0; partition < (counts.get(topic) ?? 0); partition++) {
    const { start, end } = await reader.range({ topic, partition });
    for (let offset = start; offset < end;) {
      const request = { topic, partition, offset, maxBytes: 1024 * 1024 };
      for (const slice of await reader.fetch([request], { maxWaitMs: 500 })) {
        for (const { offset: at, key, value, headers } of slice.records) {
          const parts = [key, value, headers].filter((part) => part !== undefined);
          found.push({ place: `${topic}-${partition}@${at}`, bytes: Buffer.concat(parts) });
        }
        offset = slice.nextOffset;
      }
    }
  }
  await reader.close();
  return found;
}

/** Every key of a Redis with what it holds, of whatever type it is. */
export async function redisContents(url: string): Promise<readonly ByProduct[]> {
  const redis = new Redis(url);
  try {
    const contents: ByProduct[] = [];
    for (const key of await redis.keys('*')) {
      const held = await contentOf(redis, key);
      contents.push({ place: `redis ${key}`, bytes: Buffer.concat([Buffer.from(key), ...held]) });
    }
    return contents;
  } finally {
    await redis.quit();
  }
}

async function contentOf(redis: Redis, key: string): Promise<readonly Buffer[]> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return [(await redis.getBuffer(key)) ?? Buffer.alloc(0)];
    case 'hash':
      return Object.entries(await redis.hgetallBuffer(key)).flatMap(([field, value]) => {
        return [Buffer.from(field), value];
      });
    case 'set':
      return redis.smembersBuffer(key);
    case 'zset':
      return redis.zrangeBuffer(key, '0', '-1');
    case 'list':
      return redis.lrangeBuffer(key, 0, -1);
    default:
      throw new Error(`${key} is a ${type}, which this test can't read yet`);
  }
}
