import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Division } from '@smc/domain';
import { createMetrics, createReadiness, silentLogger, systemClock } from '@smc/runtime';
import {
  clientKey,
  createTestLog,
  date,
  EventMaker,
  id,
  until,
  type TestLog,
} from '@smc/subscriber/testing';
import { startDivision, type RunningDivision } from './start-division.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smc-divisions-'));
afterAll(() => rmSync(folder, { recursive: true }));
const running: RunningDivision[] = [];
afterEach(async () => void (await Promise.all(running.splice(0).map((it) => it.stop()))));

async function start(log: TestLog, division: Division, dataDirectory?: string) {
  const metrics = createMetrics({ ofProcess: false });
  const readiness = createReadiness();
  const started = await startDivision({
    division,
    config: { door: { host: '127.0.0.1', port: 0 }, dataDirectory },
    connectLog: async () => log.broker.connect(division),
    registry: log.registry,
    metrics,
    readiness,
    logger: silentLogger,
    clock: systemClock,
    random: Math.random,
    fail: (error) => expect.unreachable(String(error)),
  });
  running.push(started);
  return { division: started, metrics, readiness };
}

const client = clientKey(7);

async function ask(division: RunningDivision, question: string) {
  const response = await fetch(`${division.doors.http}/clients/${question}`);
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: await response.json(),
  };
}

test('a division answers who helps a client as soon as it has taken the event in', async () => {
  const log = await createTestLog();
  const { division, metrics } = await start(log, 'klant-en-service');
  expect(await ask(division, client)).toMatchObject({ status: 404 });

  await log.publish([new EventMaker().assigned({ clientKey: client, caseId: id('case-1') })]);
  await until('the client is known', async () => (await ask(division, client)).status === 200);
  expect(await ask(division, client)).toMatchObject({
    type: 'application/json; charset=utf-8',
    body: {
      clientKey: client,
      clientSequence: 1,
      team: 'utrecht-1',
      office: 'utrecht',
      since: '2026-11-23',
      openCases: [{ caseId: 'case-1', parked: null }],
    },
  });
  await until('it is acknowledged', async () => (await log.acknowledgements()).length === 1);
  expect(await metrics.text()).toContain('subscriber_events_total{outcome="applied"} 1');
});

test('Bezwaar & Beroep answers for the day that is asked about', async () => {
  const log = await createTestLog();
  const make = new EventMaker();
  await log.publish([
    make.assigned({ clientKey: client, effectiveOn: date('2026-11-09') }),
    make.handedOver({ clientKey: client, effectiveOn: date('2026-11-23') }),
  ]);
  const { division } = await start(log, 'bezwaar-en-beroep');
  await until('both are taken in', async () => {
    const { body } = await ask(division, client);
    return JSON.stringify(body).includes('"clientSequence":2');
  });
  expect((await ask(division, `${client}?on=2026-11-22`)).body).toMatchObject({
    team: 'utrecht-1',
  });
  expect((await ask(division, `${client}?on=2026-11-23`)).body).toMatchObject({
    team: 'utrecht-2',
  });
  expect((await ask(division, `${client}?on=2026-11-08`)).body).toMatchObject({ team: null });
  expect((await ask(division, client)).body).toMatchObject({ team: 'utrecht-2' });
});

test.each([
  ['a BSN instead of a key', '123456782', 'clientKey'],
  ['a key with other characters', 'A'.repeat(26), 'clientKey'],
  ['a day that does not exist', `${client}?on=2026-02-30`, 'on'],
  ['two days', `${client}?on=2026-02-01&on=2026-02-02`, 'on'],
])('%s is refused, and not repeated in the answer', async (_what, question, field) => {
  const { division } = await start(await createTestLog(), 'bezwaar-en-beroep');
  const answer = await ask(division, question);
  expect(answer).toMatchObject({ status: 400, type: 'application/problem+json; charset=utf-8' });
  expect(answer.body).toMatchObject({ status: 400, field });
  expect(JSON.stringify(answer.body)).not.toContain(question.slice(0, 9));
});

test('an address that does not exist is a problem too', async () => {
  const { division } = await start(await createTestLog(), 'bezwaar-en-beroep');
  const response = await fetch(`${division.doors.http}/123456782`);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain('123456782');
});

test('a division started again answers from what it knew, also without Kafka', async () => {
  const log = await createTestLog();
  await log.publish([new EventMaker().assigned({ clientKey: client })]);
  const first = await start(log, 'klant-en-service', folder);
  await until(
    'the client is known',
    async () => (await ask(first.division, client)).status === 200,
  );
  await running.pop()?.stop();

  log.broker.outage();
  const second = await start(log, 'klant-en-service', folder);
  await until('it says that Kafka is away', () => second.readiness.reasons().length === 1);
  expect((await ask(second.division, client)).body).toMatchObject({ team: 'utrecht-1' });
});

test('without Kafka a running division still answers, and says that it is not up to date', async () => {
  const log = await createTestLog();
  await log.publish([new EventMaker().assigned({ clientKey: client })]);
  const { division, readiness } = await start(log, 'klant-en-service');
  await until('the client is known', async () => (await ask(division, client)).status === 200);
  const back = log.broker.outage();
  await until('it says so', () => readiness.reasons().length === 1);
  expect((await ask(division, client)).body).toMatchObject({ team: 'utrecht-1' });
  back();
  await until('it is ready again', () => readiness.reasons().length === 0);
});
