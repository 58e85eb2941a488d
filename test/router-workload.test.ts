import { expect, test } from 'vitest';
import { partitionOf, TOPICS, type IntakeEvent } from '@smc/domain';
import {
  caseClosed,
  caseRegistered,
  clientMoved,
  statusChanged,
} from '@smc/decision/testing/intake-events';
import { encodeHeaders } from '@smc/log';
import { withMistake } from './broken-drivers.ts';
import { clientIn, DAY, lives } from './lives.ts';
import { createHarness, PARTITIONS, recordsOf } from './router-harness.ts';
import { workloadOrganisation } from './workload-organisation.ts';

const RIJN = partitionOf('rijn', PARTITIONS);
/** A client whose task goes on while that of office rijn is held. */
const CLIENT = clientIn((RIJN + 1) % PARTITIONS);
const LIVES_IN_RIJN = { clientKey: CLIENT, address: '6810 AB', on: DAY } as const;
const ASSIGNMENTS = ['CaseAssigned', 'ClientHandedOver', 'CaseParked', 'CaseReleased'] as const;
const OFFICE_EVENTS = ['TeamRequested', 'LoadChanged'] as const;
const SMALL_BATCHES = { recordsMax: 7, bytesMax: 1e6 };

/** A router at work, and the task of office rijn waiting before it answers its first question. */
async function whileRijnChooses(...first: readonly IntakeEvent[]) {
  const it = await createHarness(workloadOrganisation());
  await it.activate();
  const router = await it.startRouter('router-1');
  await expect.poll(() => it.verify()).toMatchObject({ pending: 0 });
  await expect.poll(() => it.read(TOPICS.commandAnswers, 'CommandAnswered')).toHaveLength(4);
  const choosing = it.broker.hold({
    operation: 'run',
    stage: 'before',
    taskId: `router-${RIJN}`,
  });
  await it.publish(first);
  await choosing.reached;
  return {
    ...it,
    router,
    /** The client's task has answered all of these; the office has not. */
    async meanwhile(...events: readonly IntakeEvent[]) {
      await it.publish(events);
      await expect.poll(async () => (await it.verify()).pending).toBe(1);
    },
    async answered() {
      choosing.release();
      const verdict = await it.settled();
      await router.stop();
      return verdict;
    },
    assignments: () => it.read(TOPICS.assignments, ...ASSIGNMENTS),
    officeEvents: () => it.read(TOPICS.officeIntake, ...OFFICE_EVENTS),
  };
}

test('offices choose by workload, and their counters are what counting again gives', async () => {
  const it = await createHarness(workloadOrganisation());
  await it.activate();
  const router = await it.startRouter('router-1');
  await it.publish(lives(1, 3_000, 400));
  const verdict = await it.settled();
  await router.stop();

  expect(verdict).toMatchObject({ clean: true, findings: [], awaiting: 0, offices: 2 });
  expect(verdict.choices).toBeGreaterThan(100);
  expect(it.bugs).toEqual([]);
});

test('cases that come while an office chooses wait for it and go to the same team', async () => {
  const it = await whileRijnChooses(caseRegistered({ caseId: 'a', ...LIVES_IN_RIJN }));
  await it.meanwhile(
    caseRegistered({ caseId: 'b', ...LIVES_IN_RIJN }),
    caseRegistered({ caseId: 'c', ...LIVES_IN_RIJN, law: 'ZW' }),
  );
  expect(await it.verify()).toMatchObject({ findings: [], awaiting: 3, assigned: 0 });
  const awaiting = `router_awaiting_cases{partition="${partitionOf(CLIENT, PARTITIONS)}"}`;
  await expect.poll(it.router.metrics).toContain(`${awaiting} 3`);
  expect(await it.answered()).toMatchObject({ clean: true, awaiting: 0, assigned: 3, choices: 1 });

  expect(await it.assignments()).toMatchObject([
    { caseId: 'a', team: 'rijn-1', rule: 'workload' },
    { caseId: 'b', team: 'rijn-1', rule: 'journey' },
    { caseId: 'c', team: 'rijn-1', rule: 'journey' },
  ]);
});

test('metrics tell how many cases wait, what teams have in hand and how often each was chosen', async () => {
  const it = await createHarness(workloadOrganisation());
  await it.activate();
  const router = await it.startRouter('router-1');
  const cases = ['a', 'b'].map((caseId) => caseRegistered({ caseId, ...LIVES_IN_RIJN }));
  await it.publish(cases);
  await it.settled();
  const labels = '{office="rijn",team="rijn-1"}';
  await expect.poll(router.metrics).toContain(`router_office_open_cases${labels} 2`);
  const text = await router.metrics();
  await router.stop();

  expect(text).toContain(`router_team_choices_total${labels} 1`);
  expect(text).toContain('router_commands_total{command="TeamChosen",outcome="taken"} 1');
  expect(text).toContain(`router_awaiting_cases{partition="${partitionOf(CLIENT, PARTITIONS)}"} 0`);
});

test('a router that takes over tells again how many cases wait', async () => {
  const it = await whileRijnChooses(caseRegistered({ caseId: 'a', ...LIVES_IN_RIJN }));
  await it.meanwhile(caseRegistered({ caseId: 'b', ...LIVES_IN_RIJN }));
  const choosing = it.broker.hold({
    operation: 'run',
    stage: 'before',
    clientId: 'router-2',
    taskId: `router-${RIJN}`,
  });
  void it.broker.crash(it.router.log);
  const heir = await it.startRouter('router-2');
  await choosing.reached;
  const awaiting = `router_awaiting_cases{partition="${partitionOf(CLIENT, PARTITIONS)}"}`;
  await expect.poll(heir.metrics).toContain(`${awaiting} 2`);
  choosing.release();
  expect(await it.answered()).toMatchObject({ clean: true, assigned: 2 });
  await expect.poll(heir.metrics).toContain(`${awaiting} 0`);
  await heir.stop();
});

test('what a case leads to goes on with its trace: question, answer, count and assignment', async () => {
  const it = await createHarness(workloadOrganisation());
  await it.activate();
  const router = await it.startRouter('router-1');
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  const cases = [caseRegistered({ caseId: 'a', ...LIVES_IN_RIJN })];
  await it.publish(cases, encodeHeaders([['traceparent', traceparent]]));
  await it.settled();
  await it.publish([caseClosed({ caseId: 'a', clientKey: CLIENT, on: DAY })]);
  await it.settled();
  await router.stop();

  const traced = async (topic: string) =>
    (await recordsOf(it.log, topic)).filter(({ headers }) => headers.includes(traceId)).length;
  expect(await traced(TOPICS.officeIntake)).toBe(1);
  expect(await traced(TOPICS.commands)).toBe(1);
  expect(await traced(TOPICS.commandAnswers)).toBe(1);
  expect(await traced(TOPICS.assignments)).toBe(1);
  // The closing has a trace of its own, so the change of load that came of it has none.
  expect(await it.read(TOPICS.officeIntake, ...OFFICE_EVENTS)).toHaveLength(2);
});

test('a case that is closed while an office chooses is not counted, and nobody gets it', async () => {
  const it = await whileRijnChooses(caseRegistered({ caseId: 'a', ...LIVES_IN_RIJN }));
  await it.meanwhile(caseClosed({ caseId: 'a', clientKey: CLIENT, on: DAY }));
  expect(await it.answered()).toMatchObject({ clean: true, assigned: 0, released: 1, choices: 1 });

  expect(await it.read(TOPICS.commandAnswers, 'CommandAnswered')).toContainEqual(
    expect.objectContaining({ command: 'TeamChosen', outcome: 'skipped' }),
  );
  expect(await it.officeEvents()).toMatchObject([
    { type: 'TeamRequested', caseId: 'a' },
    { type: 'LoadChanged', changes: [{ team: 'rijn-1', count: -1 }] },
  ]);
});

test('a client who gets a PW benefit while an office chooses goes to the PW SMC', async () => {
  const it = await whileRijnChooses(caseRegistered({ caseId: 'a', ...LIVES_IN_RIJN }));
  await it.meanwhile(statusChanged({ clientKey: CLIENT, on: DAY, participatiewet: true }));
  expect(await it.answered()).toMatchObject({ clean: true, assigned: 1, awaiting: 0 });

  expect(await it.assignments()).toMatchObject([{ team: 'pw-1', rule: 'participatiewet' }]);
  expect(await it.officeEvents()).toMatchObject([
    { type: 'TeamRequested' },
    { type: 'LoadChanged' },
  ]);
});

test('a client who moves while an office chooses is asked of the new office, once', async () => {
  const it = await whileRijnChooses(caseRegistered({ caseId: 'a', ...LIVES_IN_RIJN }));
  await it.meanwhile(
    caseRegistered({ caseId: 'b', ...LIVES_IN_RIJN }),
    clientMoved({ clientKey: CLIENT, on: DAY, address: '8010 AB' }),
  );
  expect(await it.answered()).toMatchObject({ clean: true, assigned: 2, choices: 2, awaiting: 0 });

  expect(await it.assignments()).toMatchObject([
    { caseId: 'a', team: 'hanze-2', rule: 'workload' },
    { caseId: 'b', team: 'hanze-2', rule: 'journey' },
  ]);
});

test('at any moment counters are the recount, less what is under way', async () => {
  const it = await createHarness(workloadOrganisation());
  await it.activate();
  const router = await it.startRouter('router-1', { limits: SMALL_BATCHES });
  const events = lives(2, 1_500, 200);
  let unfinished = 0;
  for (let from = 0; from < events.length; from += 100) {
    await it.publish(events.slice(from, from + 100));
    const verdict = await it.verify();
    expect(verdict.findings).toEqual([]);
    if (verdict.pending > 0 && verdict.choices > 0) unfinished++;
  }
  expect(await it.settled()).toMatchObject({ clean: true });
  await router.stop();
  expect(unfinished).toBeGreaterThan(3);
});

test('an activation tells offices that begin to count the stock, and takes it back at the end', async () => {
  const before = workloadOrganisation('2026-01', { without: ['rijn', 'hanze'] });
  const it = await createHarness(before);
  await it.activate();
  const router = await it.startRouter('router-1');
  await it.publish(lives(3, 600, 80));
  expect(await it.settled()).toMatchObject({ clean: true, offices: 0, choices: 0 });

  await it.activate(workloadOrganisation('2026-02'));
  await expect.poll(() => it.read(TOPICS.commandAnswers, 'CommandAnswered')).toHaveLength(8);
  expect(await it.settled()).toMatchObject({ clean: true, offices: 2, choices: 0 });
  await it.publish(lives(4, 600, 80));
  const counted = await it.settled();
  expect(counted).toMatchObject({ clean: true });
  expect(counted.choices).toBeGreaterThan(0);

  await it.activate(workloadOrganisation('2026-03', { without: ['hanze'] }));
  await it.publish(lives(5, 300, 80));
  const verdict = await it.settled();
  await router.stop();
  expect(verdict).toMatchObject({ clean: true });
  const loads = await it.read(TOPICS.routerState, 'OfficeLoad');
  expect(loads.findLast(({ office }) => office === 'hanze')).toMatchObject({ entries: [] });
});

test('a question waits until the version that it names is there in full', async () => {
  const version = workloadOrganisation();
  const it = await createHarness(version);
  await it.activate();
  const router = await it.startRouter('router-1');
  await expect.poll(() => it.read(TOPICS.commandAnswers, 'CommandAnswered')).toHaveLength(4);
  it.forget(version);
  await it.publish([caseRegistered({ caseId: 'a', ...LIVES_IN_RIJN })]);
  await it.publish([caseRegistered({ caseId: 'b', on: DAY, clientKey: clientIn(RIJN) })]);
  await expect.poll(() => it.read(TOPICS.officeIntake, ...OFFICE_EVENTS)).toHaveLength(1);
  await expect.poll(() => it.read(TOPICS.assignments, ...ASSIGNMENTS)).toHaveLength(1);
  expect(await it.read(TOPICS.commands, 'TeamChosen')).toEqual([]);

  it.remember(version);
  expect(await it.settled()).toMatchObject({ clean: true, assigned: 2, choices: 1 });
  await router.stop();
});

test('what can not be read between clients and offices is a dead letter, and nothing stops', async () => {
  const it = await createHarness(workloadOrganisation());
  await it.activate();
  const router = await it.startRouter('router-1');
  await it.publish(lives(6, 200, 40));
  await it.settled();
  const [question] = await it.read(TOPICS.officeIntake, 'TeamRequested');
  const [answer] = await it.read(TOPICS.commands, 'TeamChosen');
  const partition = (RIJN + 1) % PARTITIONS;
  const value = question && it.codec.encode(question);
  await it.publishRaw({ topic: TOPICS.officeIntake, partition, value: Buffer.from('nonsense') });
  await it.publishRaw({ topic: TOPICS.officeIntake, partition, ...(value && { value }) });
  await it.publishRaw({ topic: TOPICS.commands, partition, value: Buffer.from('nonsense') });
  const misplaced = answer && it.codec.encode(answer);
  await it.publishRaw({
    topic: TOPICS.commands,
    partition,
    ...(misplaced && { value: misplaced }),
  });
  await it.publish(lives(7, 200, 40));
  const verdict = await it.settled();
  await router.stop();

  // The answer that somebody put there a second time is found, whatever the router made of it.
  expect(verdict.findingCounts).toEqual({ DUPLICATED: 1 });
  expect(await it.read(TOPICS.deadLetters, 'DeadLetter')).toMatchObject(
    Array.from({ length: 3 }, () => ({ source: { partition } })),
  );
  expect(await it.read(TOPICS.commandAnswers, 'CommandAnswered')).toContainEqual(
    expect.objectContaining({
      outcome: 'refused',
      reason: "KEY_MISMATCH: the record's key is not the event's clientKey",
    }),
  );
});

test('two routers that crash at any moment lose no question, no answer and no count', async () => {
  const it = await createHarness(workloadOrganisation());
  await it.activate();
  const events = lives(8, 2_400, 300);
  for (let round = 0; round < 20; round++) {
    const stage = (['before', 'between', 'after'] as const)[round % 3] ?? 'after';
    const [victim, other] = [`router-${round}-a`, `router-${round}-b`];
    const routers = [
      await it.startRouter(victim, { limits: SMALL_BATCHES }),
      await it.startRouter(other, { limits: SMALL_BATCHES }),
    ];
    const held = it.broker.hold({ operation: 'run', stage, clientId: victim });
    await it.publish(events.slice(round * 120, round * 120 + 120));
    await held.reached;
    for (const router of routers) void it.broker.crash(router.log);
    held.release();
  }
  const last = await it.startRouter('last');
  const verdict = await it.settled();
  await last.stop();

  expect(verdict).toMatchObject({ clean: true, findings: [], clientsWithTwoTeams: 0, awaiting: 0 });
  expect(it.bugs).toEqual([]);
});

test('commits whose answers are lost are neither repeated nor forgotten', async () => {
  const it = await createHarness(workloadOrganisation());
  await it.activate();
  const router = await it.startRouter('router-1', { limits: SMALL_BATCHES });
  await it.publish(lives(9, 400, 60));
  for (const stage of ['before', 'between', 'after'] as const) {
    it.broker.fail({ operation: 'run', stage }, { times: 6 });
  }
  await it.publish(lives(10, 400, 60));
  const verdict = await it.settled();
  await router.stop();

  expect(verdict).toMatchObject({ clean: true, findings: [] });
  expect(it.bugs).toEqual([]);
});

test('a router that writes its counters with the next transaction is caught', async () => {
  const it = await createHarness(workloadOrganisation());
  await it.activate();
  const router = await it.startRouter('router-1', {
    limits: SMALL_BATCHES,
    wrap: (log) => withMistake(log, 'counters-in-the-next-transaction'),
  });
  await it.publish(lives(11, 400, 60));
  const verdict = await it.settled();
  await router.stop();

  expect(verdict.clean).toBe(false);
  expect(verdict.findingCounts.COUNTERS_DIFFER).toBeGreaterThan(0);
});
