/**
 * What the router depends on goes away in mid-run and comes back: no good case becomes a dead
 * letter, and everything is assigned afterwards. SMC_TEST_OUTAGE_S makes the registry's outage
 * longer than the ten seconds of the suite.
 */
import { Redis } from 'ioredis';
import { must, partitionOf, type CaseRegistered } from '@smc/domain';
import { caseRegistered } from '@smc/decision/testing/intake-events';
import { connectRedisStore, openViews } from '@smc/projections';
import { delay, systemClock } from '@smc/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { AnswerWatch } from '../live/answer-watch.ts';
import { Installation } from '../live/installation.ts';
import { Routers, ROUTERS } from '../live/routers.ts';
import { recordOf, sendSteadily } from '../live/send-steadily.ts';
import { until } from '../live/until.ts';
import { workload, workloadUntil } from '../live/workload.ts';
import { registerNewerCaseRegistered } from './newer-schema.ts';

const OUTAGE_MS = 1000 * Number(process.env['SMC_TEST_OUTAGE_S'] ?? 10);
const PER_SECOND = 200;
const RECOVERY_MS = 60_000;

let running: { installation: Installation; routers: Routers } | undefined;
let watch: AnswerWatch;
const it = () => must(running, 'it was started');

beforeAll(async () => {
  const installation = await Installation.start({ brokers: 1, report: () => {} });
  const routers = new Routers(installation, { random: Math.random });
  running = { installation, routers };
  const projector = installation.startService('projector');
  await Promise.all([routers.start(), projector.ready()]);
});
afterAll(async () => {
  await running?.routers.stop();
  await running?.installation.stop();
});
beforeEach(() => {
  watch = new AnswerWatch(it().installation);
});
afterEach(async () => {
  await watch.close();
  expect(it().routers.endedByThemselves).toEqual([]);
});

/** Lets cases flow while something happens, and gives the verdict when everything is answered. */
async function whileCasesFlow(seed: number, happens: () => Promise<void>) {
  const { installation } = it();
  const flow = new AbortController();
  let isOver = false;
  const sending = sendSteadily(
    workloadUntil(() => isOver, { seed, cases: PER_SECOND }),
    { ...parts(installation), perSecond: PER_SECOND, signal: flow.signal },
  );
  sending.catch(() => undefined);
  try {
    await happens();
  } catch (error) {
    flow.abort(error);
    throw error;
  }
  isOver = true;
  await sending;
  await watch.untilAllAnswered(RECOVERY_MS);
  return installation.verify();
}

const parts = ({ log, codec, partitions }: Installation) => ({ log, codec, partitions });

/** Resolves when cases have been answered in every partition from now on. */
function progress(what: string): Promise<void> {
  const before = [...watch.answered];
  const all = (answered: readonly number[]) => answered.every((n, p) => n > (before[p] ?? 0));
  return watch.until(what, all, RECOVERY_MS);
}

const CLEAN = { clean: true, findings: [], pending: 0, refused: 0, lost: 0, duplicated: 0 };

test('with the registry away, records of a version not met before wait, and then are good', async () => {
  const { installation, routers } = it();
  const { stack, codec, partitions, registry } = installation;
  const encode = await registerNewerCaseRegistered(registry, codec);
  const lines = ROUTERS.map((name) => [name, routers.linesOf(name).length] as const);
  const verdict = await whileCasesFlow(1, async () => {
    await progress('cases before the outage');
    await stack.kill('registry', 'SIGKILL');
    await publish(newerCases(partitions), encode);
    for (const [name, from] of lines) {
      await routers.logged(name, from, ({ event }) => event === 'registry.away');
    }
    await delay(OUTAGE_MS);
    await stack.restart('registry');
  });

  expect(verdict).toMatchObject(CLEAN);
}, 150_000);

/** One case for each partition. */
function newerCases(partitions: number): readonly CaseRegistered[] {
  const cases = new Map<number, CaseRegistered>();
  for (const event of workload({ seed: 99, cases: 500 })) {
    if (event.type !== 'CaseRegistered') continue;
    cases.set(partitionOf(event.clientKey, partitions), event);
  }
  return [...cases.values()];
}

async function publish(
  events: readonly CaseRegistered[],
  encode: (event: CaseRegistered) => Buffer,
): Promise<void> {
  const { log, codec, partitions } = it().installation;
  const publisher = await log.openPublisher();
  const records = events.map((event) => {
    return { ...recordOf(event, codec, partitions), value: encode(event) };
  });
  await publisher.publish(records);
  await publisher.close();
}

test('with Redis stopped, cases are routed and routers start; emptied, it heals', async () => {
  const { installation, routers } = it();
  const { stack } = installation;
  const last = caseRegistered({ caseId: 'after-redis', on: '2026-03-01', address: '3511 AB' });
  const verdict = await whileCasesFlow(2, async () => {
    await progress('cases before the outage');
    await stack.kill('redis', 'SIGKILL');
    await progress('cases without Redis');
    await routers.kill('router-1');
    await routers.ready('router-1');
    await progress('cases by a router that has started without Redis');
    await stack.restart('redis');
    const redis = new Redis(stack.redisUrl);
    await redis.flushall();
    await redis.quit();
    await publish([last], (event) => installation.codec.encode(event));
  });

  expect(verdict).toMatchObject(CLEAN);
  const store = connectRedisStore(stack.redisUrl);
  const views = openViews(store, systemClock);
  const look = () => views.caseView(last.caseId).catch(() => undefined);
  const view = await until('the read models are filled again', look, RECOVERY_MS);
  await store.close();
  expect(view).toMatchObject({ status: 'assigned' });
}, 150_000);

test('with the broker killed and started again, nothing is lost and nothing is done twice', async () => {
  const { installation, routers } = it();
  const [first] = ROUTERS;
  const verdict = await whileCasesFlow(3, async () => {
    await progress('cases before the broker is killed');
    const from = routers.linesOf(first).length;
    await installation.stack.kill('broker-1', 'SIGKILL');
    await routers.logged(
      first,
      from,
      ({ event }) => event === 'task.failed' || event === 'group.lost',
    );
    await installation.stack.restart('broker-1');
    await progress('cases after the broker is back');
  });

  expect(verdict).toMatchObject(CLEAN);
}, 150_000);
