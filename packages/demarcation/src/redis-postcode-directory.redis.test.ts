import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack, type Stack } from '@smc/infra';
import { must, type ContentHash } from '@smc/domain';
import { testPostcodeDirectory } from './postcode-directory.contract.ts';
import { connectRedisPostcodeDirectory } from './redis-postcode-directory.ts';
import { tableHashOfTable } from './slice-demarcation.ts';
import { exampleTable } from './testing/tables.ts';

let stack: Stack;
let url: string;
beforeAll(async () => {
  stack = await startStack({ parts: ['redis'], report: () => {} });
  url = must(stack.redisUrl, 'Redis was asked for');
});
afterAll(() => stack.stop({ fast: true }));

testPostcodeDirectory(async () => connectRedisPostcodeDirectory(url));

const table = exampleTable({ exceptions: 20 });
const key = {
  contentHash: '9'.repeat(64) as ContentHash,
  tableHash: tableHashOfTable(table),
};
const NAME = `v1:postcode:${key.contentHash}:table`;

test.each([
  ['one area changed', (redis: Redis) => redis.hset(NAME, '3511', '5')],
  ['an area that does not exist', (redis: Redis) => redis.hset(NAME, '3511', '99')],
  ['a field without a value', (redis: Redis) => redis.hset(NAME, '3511', '')],
  ['a field lost', (redis: Redis) => redis.hdel(NAME, '3511')],
  ['the areas lost', (redis: Redis) => redis.hdel(NAME, 'areas')],
  ['two areas exchanged', exchangeAreas],
  ['a field too many', (redis: Redis) => redis.hset(NAME, 'other', '1')],
  ['something else in its place', (redis: Redis) => redis.set(NAME, 'a text')],
] as const)('%s: the table is damaged', async (_, damage) => {
  const directory = connectRedisPostcodeDirectory(url);
  const redis = new Redis(url);
  try {
    await directory.load(key, table);
    await damage(redis);
    expect(await directory.read(key)).toBe('damaged');
    await directory.load(key, table);
    expect(await directory.read(key)).toEqual(table);
  } finally {
    redis.disconnect();
    await directory.close();
  }
});

async function exchangeAreas(redis: Redis): Promise<void> {
  const areas: unknown = JSON.parse((await redis.hget(NAME, 'areas')) ?? '');
  if (!Array.isArray(areas)) throw new TypeError('areas are a list');
  await redis.hset(NAME, 'areas', JSON.stringify([areas[1], areas[0], ...areas.slice(2)]));
}

test('a load that is cut off leaves the table in use, and what it wrote goes by itself', async () => {
  const directory = connectRedisPostcodeDirectory(url);
  const redis = new Redis(url);
  const loadingKeys = () => redis.keys(`v1:postcode:${key.contentHash}:loading:*`);
  try {
    await directory.load(key, table);
    const cutOff = expect(
      directory.load(key, exampleTable({ exceptions: 460_000 })),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect.poll(loadingKeys, { timeout: 5_000, interval: 1 }).toHaveLength(1);
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await cutOff;
    const [half] = await loadingKeys();
    expect(await redis.ttl(must(half, 'the load was cut off'))).toBeGreaterThan(0);
    await expect.poll(() => directory.read(key).catch(() => 'away')).toEqual(table);
  } finally {
    redis.disconnect();
    await directory.close();
  }
});

test('a Redis that is away is a fault at once, and works again when it is back', async () => {
  const directory = connectRedisPostcodeDirectory(url);
  try {
    await directory.load(key, table);
    await stack.kill('redis', 'SIGKILL');
    await expect(directory.read(key)).rejects.toMatchObject({
      name: 'DirectoryFault',
      code: 'UNAVAILABLE',
      retriable: true,
    });
    await stack.restart('redis');
    await expect
      .poll(() => directory.read(key).catch(() => 'away'), { timeout: 10_000 })
      .toBe('absent');
  } finally {
    await directory.close();
  }
});
