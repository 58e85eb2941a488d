import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack, type Stack } from '@smc/infra';
import { must } from '@smc/domain';
import { clientKey } from '@smc/subscriber/testing';
import { namespace, testReadModelStore } from './read-model-store.contract.ts';
import type { ReadModelStore } from './read-model-store.ts';
import { connectRedisStore } from './redis-store.ts';
import { UNKNOWN_CLIENT } from './views.ts';

let stack: Stack;
let url: string;
beforeAll(async () => {
  stack = await startStack({ parts: ['redis'], report: () => {} });
  url = must(stack.redisUrl, 'Redis was asked for');
});
afterAll(() => stack.stop({ fast: true }));

testReadModelStore(async () => connectRedisStore(url));

const ns = namespace('of-redis');
const oneClient = {
  clients: new Map([[clientKey(1), UNKNOWN_CLIENT]]),
  cases: new Map(),
  counts: new Map(),
  rankings: new Map(),
  positions: [],
};

async function withStore(
  work: (store: ReadModelStore, redis: Redis) => Promise<void>,
): Promise<void> {
  const [store, redis] = [connectRedisStore(url), new Redis(url)];
  redis.on('error', () => {});
  try {
    await work(store, redis);
  } finally {
    await store.close();
    redis.disconnect();
  }
}

test('what somebody else wrote in our place is damage, and not an outage', () =>
  withStore(async (store, redis) => {
    await store.create(ns);
    await redis.set(`v1:view:${ns}:client:${clientKey(1)}`, 'no JSON');
    await expect(store.clients(ns, [clientKey(1)])).rejects.toMatchObject({ code: 'DAMAGED' });
    await redis.set(`v1:view:${ns}:rank:parked-all`, 'no ranking');
    await expect(store.size(ns, 'parked-all')).rejects.toMatchObject({ code: 'DAMAGED' });
  }));

test('an emptied Redis has no current namespace, and applies nothing', () =>
  withStore(async (store, redis) => {
    await store.create(ns);
    await store.publish(ns);
    await redis.flushall();
    expect(await store.current()).toBeUndefined();
    expect(await store.apply(ns, 0, oneClient)).toBe(false);
    expect(await redis.dbsize()).toBe(0);
  }));

test('while Redis is away every question fails, retriably and soon; afterwards all is well', () =>
  withStore(async (store) => {
    await store.create(ns);
    await stack.kill('redis', 'SIGKILL');
    await expect(store.current()).rejects.toMatchObject({ code: 'UNREACHABLE', retriable: true });
    await expect(store.apply(ns, 0, oneClient)).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await stack.restart('redis');
    await expect
      .poll(() =>
        store.current().then(
          () => 'answers',
          () => 'away',
        ),
      )
      .toBe('answers');
  }));
