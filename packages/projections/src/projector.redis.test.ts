import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '@smc/domain';
import { startStack, type Stack } from '@smc/infra';
import { clientKey, EventMaker, id, until } from '@smc/subscriber/testing';
import { startProjection, type BuildReason, type Projector } from './projector.ts';
import { openViews } from './read-views.ts';
import type { ReadModelStore } from './read-model-store.ts';
import { connectRedisStore } from './redis-store.ts';
import { QUIET, sourceOf } from './testing/project-events.ts';

let stack: Stack;
let redis: Redis;
let store: ReadModelStore;
let projector: Projector | undefined;

beforeAll(async () => {
  stack = await startStack({ parts: ['redis'], report: () => {} });
  redis = new Redis(must(stack.redisUrl, 'Redis was asked for'));
  redis.on('error', () => {});
});
beforeEach(async () => {
  await redis.flushall();
  store = connectRedisStore(must(stack.redisUrl, 'Redis was asked for'));
});
afterEach(async () => {
  await projector?.close();
  await store.close();
});
afterAll(async () => {
  redis.disconnect();
  await stack.stop({ fast: true });
});

async function begin() {
  const source = await sourceOf(store);
  const builds: BuildReason[] = [];
  const reports = {
    ...QUIET,
    projected: () => {},
    built: () => {},
    building: (reason: BuildReason) => void builds.push(reason),
  };
  const started = startProjection({ ...source, reports });
  projector = started;
  const make = new EventMaker();
  const assign = (n: number) =>
    source.testLog.publish([make.assigned({ clientKey: clientKey(n), team: id(`team-${n}`) })]);
  const teams = async () => {
    const { teams: loads } = await openViews(store, source.clock).caseload();
    return loads.map(({ id: team, cases }) => `${team}: ${cases}`);
  };
  const knows = (expected: readonly string[]) =>
    until(`the teams are ${expected.join()}`, () =>
      teams().then(
        (found) => found.join() === expected.join(),
        () => false,
      ),
    );
  return { projector: started, builds, assign, knows };
}

test('an emptied Redis is noticed, also when nothing comes in, and filled again from the log', async () => {
  const { assign, knows, builds } = await begin();
  await assign(1);
  await knows(['team-1: 1']);
  await redis.flushall();
  await until('it builds again', () => builds.length === 2);
  await knows(['team-1: 1']);
  expect(builds).toEqual(['none', 'none']);
});

test('while Redis is down the projector waits and says so; then it goes on where it was', async () => {
  const { assign, knows, projector: waiting } = await begin();
  await assign(1);
  await knows(['team-1: 1']);
  await stack.kill('redis', 'SIGKILL');
  await assign(2);
  await until('it says so', () => waiting.status().away?.startsWith('Redis') ?? false);
  await stack.restart('redis');
  await knows(['team-1: 1', 'team-2: 1']);
  await until('it is well again', () => waiting.status().away === undefined);
});

test('a value that somebody else wrote is noticed when it is needed, and the views are built anew', async () => {
  const { assign, knows, builds } = await begin();
  await assign(1);
  await knows(['team-1: 1']);
  const current = must(await store.current(), 'it was built');
  await redis.set(`v1:view:${current}:client:${clientKey(1)}`, 'no JSON');
  await assign(1);
  await knows(['team-1: 2']);
  expect(builds).toEqual(['none', 'damaged']);
  await until('the old ones are gone', async () => {
    return (await redis.keys(`v1:view:${current}:*`)).length === 0;
  });
});
