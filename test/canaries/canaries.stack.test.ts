import { DIVISIONS, must, TOPICS, type CaseId } from '@smc/domain';
import { connectRedisStore, openViews } from '@smc/projections';
import { systemClock } from '@smc/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AnswerWatch } from '../live/answer-watch.ts';
import { Installation } from '../live/installation.ts';
import { until } from '../live/until.ts';
import { filesUnder, intakeRecords, redisContents, type ByProduct } from './by-products.ts';
import { Canaries } from './canary-forms.ts';
import {
  badRequests,
  goodCase,
  goodRequests,
  importLines,
  publishRaw,
  send,
  sendNoHttp,
  type Answer,
} from './doors.ts';

const SERVICES = ['intake', 'router', 'projector', ...DIVISIONS];
/** Whatever they would say at most. */
const DEBUG = { environment: { SMC_LOG_LEVEL: 'debug' } };
const ARRIVES_MS = 30_000;

let running: Installation | undefined;
const installation = () => must(running, 'it was started');
let doors: ReadonlyMap<string, Readonly<Record<string, string>>>;
const door = (service: string, name: 'http' | 'health') =>
  must(doors.get(service)?.[name], `${service} has a door`);

beforeAll(async () => {
  running = await Installation.start({ brokers: 1, report: () => {} });
  const started = SERVICES.map(async (service) => {
    return [service, await installation().startService(service, DEBUG).ready()] as const;
  });
  doors = new Map(await Promise.all(started));
});
afterAll(async () => {
  await running?.stop();
});

test('a BSN that comes in by any door, as it should or not, is found nowhere behind it', async () => {
  const canaries = new Canaries();
  const { log, stack, folder, environment } = installation();
  const http = door('intake', 'http');
  const answers: Answer[] = [];
  const statusesOf = async (requests: ReturnType<typeof goodRequests>) => {
    const statuses: string[] = [];
    for (const request of requests) {
      const answer = await send(http, request);
      answers.push(answer);
      statuses.push(`${answer.status}: ${answer.place}: ${answer.bytes.toString()}`);
    }
    return statuses;
  };

  const good = await statusesOf(goodRequests(canaries));
  expect(good.filter((status) => !status.startsWith('202'))).toEqual([]);
  const bad = await statusesOf(badRequests(canaries));
  expect(bad.filter((status) => !status.startsWith('4'))).toEqual([]);
  const noHttp = await sendNoHttp(http, canaries.at('what is no HTTP'));
  const imported = await importLines(canaries, { folder, environment });
  expect(imported.exitCode).toBe(1);
  const raw = await publishRaw(canaries, log);
  const asked = await fetch(
    `${door('klant-en-service', 'http')}/clients/${canaries.at('a question')}`,
  );
  expect(asked.status).toBe(400);
  const last = await send(http, {
    path: '/v1/cases',
    body: JSON.stringify(goodCase(canaries.at('the last case'), 'last')),
  });
  await everythingArrived(last);

  const byProducts: ByProduct[] = [
    ...answers,
    ...imported.left,
    noHttp,
    last,
    { place: 'the answer of a division', bytes: Buffer.from(await asked.text()) },
    ...(await doorsOfAll()),
    ...(await redisContents(stack.redisUrl)),
    ...filesUnder(stack.dataFolder),
  ];
  const records = await intakeRecords(log);
  byProducts.push(...records.filter(({ place }) => !raw.includes(place)));

  // The search finds what is there: the records that were put on the topic raw.
  for (const { place, bytes } of records.filter((record) => raw.includes(record.place))) {
    expect(canaries.leaksIn(bytes, place), place).not.toEqual([]);
  }
  expect(byProducts.flatMap(({ place, bytes }) => canaries.leaksIn(bytes, place))).toEqual([]);
  expect(byProducts.filter(({ place }) => place.endsWith('.sqlite'))).toHaveLength(
    DIVISIONS.length,
  );
  const seen = (what: string) => byProducts.filter(({ place }) => place.includes(what)).length;
  expect(seen(`${TOPICS.deadLetters}-`)).toBeGreaterThan(0);
  expect(seen('redis v1:view')).toBeGreaterThan(0);
  expect(seen('.log')).toBeGreaterThan(SERVICES.length);

  const verdict = await installation().verify();
  expect(verdict).toMatchObject({ clean: true, refused: raw.length });
});

/** Resolves when router, divisions and projector have taken in the last case. */
async function everythingArrived(last: Answer): Promise<void> {
  const watch = new AnswerWatch(installation());
  await watch.untilAllAnswered(ARRIVES_MS);
  await watch.close();
  const client = /"clientKey":"([a-z2-7]{26})"/.exec(last.bytes.toString())?.[1];
  for (const division of DIVISIONS) {
    const url = `${door(division, 'http')}/clients/${must(client, 'the answer names the client')}`;
    const knows = async () => (await fetch(url)).ok || undefined;
    await until(`${division} knows the client`, knows, ARRIVES_MS);
  }
  const store = connectRedisStore(installation().stack.redisUrl);
  const views = openViews(store, systemClock);
  const look = () => views.caseView('last' as CaseId).catch(() => undefined);
  await until('the projector knows the case', look, ARRIVES_MS);
  await store.close();
}

/** What every service tells of itself at its health door. */
async function doorsOfAll(): Promise<readonly ByProduct[]> {
  const pages = [...doors.keys()].flatMap((service) =>
    ['/metrics', '/health/ready', '/health/live'].map(async (page) => {
      const answer = await fetch(door(service, 'health') + page);
      return { place: `${page} of ${service}`, bytes: Buffer.from(await answer.text()) };
    }),
  );
  return Promise.all(pages);
}
