import { expect, test } from 'vitest';
import { caseClosed, caseRegistered, clientMoved } from '@smc/decision/testing/intake-events';
import { silentLogger, type LogFields } from '@smc/runtime';
import { withMistake } from './broken-drivers.ts';
import { createHarness, organisation, PARTITIONS } from './router-harness.ts';

const clientKey = (n: number) =>
  n
    .toString(32)
    .padStart(4, '0')
    .replace(/[0-9a-v]/g, (d) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(d, 32)] ?? 'a')
    .padEnd(26, 'a');

const ADDRESSES = ['3520 AA', '1310 AB', '2010 AB', '8010 AB', '6810 AB', 'foreign', '9999 ZZ'];

function manyCases(count: number, clients: number) {
  return Array.from({ length: count }, (_, i) =>
    caseRegistered({
      caseId: `case-${i}`,
      eventId: `event-${i}`,
      clientKey: clientKey(i % clients),
      on: '2026-09-15',
      bsn: String((i % clients) % 100).padStart(2, '0'),
      address: ADDRESSES[(i % clients) % ADDRESSES.length] ?? '3520 AA',
    }),
  );
}

test('every case reaches one team, and deciding again gives the same bytes', async () => {
  const it = await createHarness();
  await it.activate();
  const router = await it.startRouter('router-1');
  await it.publish(manyCases(2_000, 400));
  const verdict = await it.settled();
  await router.stop();

  expect(verdict).toMatchObject({ clean: true, cases: 2_000, clients: 400, findings: [] });
  expect(verdict.assigned + verdict.parked).toBe(2_000);
  expect(verdict.parked).toBeGreaterThan(0);
  expect(it.bugs).toEqual([]);
});

test('a router that finds other partition counts than it was set up for refuses to start', async () => {
  const it = await createHarness();
  await expect(it.startRouter('router-1', { partitions: 8 })).rejects.toThrow(
    'smc.intake has 4 partitions, and this installation was set up with 8',
  );
});

test('cases wait in the log until a demarcation is active; none is parked for lack of one', async () => {
  const it = await createHarness();
  const router = await it.startRouter('router-1');
  await it.publish(manyCases(100, 50));
  await expect
    .poll(router.ready)
    .toContainEqual(expect.stringContaining('waiting-for-demarcation'));
  expect((await it.verify()).pending).toBe(100);

  await it.activate();
  expect(await it.settled()).toMatchObject({ clean: true, cases: 100, pending: 0 });
  await router.stop();
});

test('a new demarcation is taken over while cases flow, and moves no client', async () => {
  const it = await createHarness();
  await it.activate();
  const router = await it.startRouter('router-1');
  await it.publish(manyCases(500, 100));
  await it.settled();
  await it.activate(organisation('2026-02'));
  await it.publish(manyCases(1_000, 200).slice(500));
  const verdict = await it.settled();
  await router.stop();

  expect(verdict).toMatchObject({
    clean: true,
    cases: 1_000,
    handedOver: 0,
    clientsWithTwoTeams: 0,
  });
});

test('a version that is not there in full is never used, and that is said once', async () => {
  const it = await createHarness();
  await it.activate();
  const warned: unknown[] = [];
  const logger = { ...silentLogger, warn: ({ event }: LogFields) => void warned.push(event) };
  const router = await it.startRouter('router-1', { logger });
  await it.activate(organisation('2026-02'), false);
  await expect.poll(() => warned).toHaveLength(PARTITIONS);
  for (let batch = 0; batch < 10; batch++) {
    await it.publish(manyCases(200, 50).slice(batch * 20, batch * 20 + 20));
    await it.settled();
  }
  const verdict = await it.settled();
  await router.stop();

  expect(verdict).toMatchObject({ clean: true, cases: 200 });
  expect(warned).toEqual(Array.from({ length: PARTITIONS }, () => 'demarcation.incomplete'));
});

test('what is no valid event becomes a dead letter beside the good cases', async () => {
  const it = await createHarness();
  await it.activate();
  const router = await it.startRouter('router-1');
  const good = manyCases(10, 10);
  await it.publishRaw({ value: Buffer.from('garbage') });
  await it.publish(good);
  await it.publishRaw({ key: Buffer.from('nobody'), value: Buffer.alloc(0) });
  const [first] = good;
  if (first !== undefined) {
    await it.publishRaw({ key: Buffer.from('someone else'), value: it.codec.encode(first) });
  }
  await it.publish([caseClosed({ caseId: 'never-registered', on: '2026-09-16' })]);
  const verdict = await it.settled();
  await router.stop();

  expect(verdict).toMatchObject({ clean: true, cases: 10, refused: 4 });
});

test('the same events sent twice change nothing', async () => {
  const it = await createHarness();
  await it.activate();
  const router = await it.startRouter('router-1');
  const events = [...manyCases(200, 50), clientMoved({ on: '2026-09-16', address: '8010 AB' })];
  await it.publish(events);
  await it.publish(events);
  const verdict = await it.settled();
  await router.stop();

  expect(verdict).toMatchObject({ clean: true, cases: 200, repeated: 200 });
});

test('two routers share the partitions; when one leaves the other goes on', async () => {
  const it = await createHarness();
  await it.activate();
  const [one, two] = [await it.startRouter('router-1'), await it.startRouter('router-2')];
  await it.publish(manyCases(500, 100));
  await one.stop();
  await it.publish(manyCases(1_000, 200).slice(500));
  const verdict = await it.settled();
  await two.stop();

  expect(verdict).toMatchObject({ clean: true, cases: 1_000 });
});

test('routers that crash at any moment lose and double nothing', async () => {
  const it = await createHarness();
  await it.activate();
  let crashes = 0;
  for (let round = 0; round < 20; round++) {
    const stage = (['before', 'between', 'after'] as const)[round % 3] ?? 'after';
    const router = await it.startRouter(`router-${round}`, {
      limits: { recordsMax: 7, bytesMax: 1e6 },
    });
    const held = it.broker.hold({ operation: 'run', stage, clientId: `router-${round}` });
    await it.publish(manyCases(2_000, 300).slice(round * 100, round * 100 + 100));
    await held.reached;
    void it.broker.crash(router.log);
    held.release();
    crashes++;
  }
  const last = await it.startRouter('last');
  const verdict = await it.settled();
  await last.stop();

  expect(crashes).toBe(20);
  expect(verdict).toMatchObject({ clean: true, cases: 2_000, clientsWithTwoTeams: 0 });
  expect(it.bugs).toEqual([]);
});

test('a commit whose answer is lost is neither repeated nor forgotten', async () => {
  const it = await createHarness();
  await it.activate();
  const router = await it.startRouter('router-1', { limits: { recordsMax: 10, bytesMax: 1e6 } });
  for (const stage of ['before', 'between', 'after'] as const) {
    it.broker.fail({ operation: 'run', stage }, { times: 5 });
  }
  await it.publish(manyCases(500, 60));
  const verdict = await it.settled();
  await router.stop();

  expect(verdict).toMatchObject({ clean: true, cases: 500 });
});

test('a router that restores before it fences is caught', async () => {
  const it = await createHarness();
  await it.activate();
  const first = await it.startRouter('first');
  await it.publish(manyCases(40, 40));
  await it.settled();
  const late = it.broker.hold({ operation: 'run', stage: 'between', taskId: 'router-0' });
  await it.publish(manyCases(80, 40).slice(40));
  await late.reached;
  void it.broker.crash(first.log);

  const fencing = it.broker.hold({ operation: 'open-task', stage: 'before', taskId: 'router-0' });
  const second = await it.startRouter('second', {
    wrap: (log) => withMistake(log, 'restore-before-fencing'),
  });
  await fencing.reached;
  const before = it.broker.transactionCounts().committed;
  late.release();
  await expect.poll(() => it.broker.transactionCounts().committed).toBeGreaterThan(before);
  fencing.release();
  const verdict = await it.settled();
  await second.stop();

  expect(verdict.clean).toBe(false);
  expect(verdict.duplicated).toBeGreaterThan(0);
});

test('a router that keeps its memory after an error is caught', async () => {
  const it = await createHarness();
  await it.activate();
  const router = await it.startRouter('router-1', {
    limits: { recordsMax: 10, bytesMax: 1e6 },
    wrap: (log) => withMistake(log, 'memory-kept-after-an-error'),
  });
  await it.publish(manyCases(50, 60));
  await it.settled();
  it.broker.fail({ operation: 'run', stage: 'after' }, { times: 5 });
  await it.publish(manyCases(500, 60).slice(50));
  const verdict = await it.settled();
  await router.stop();

  expect(verdict.clean).toBe(false);
  expect(verdict.duplicated).toBeGreaterThan(0);
});
