import { afterEach, expect, test } from 'vitest';
import fc from 'fast-check';
import { DIVISIONS, type Acknowledgement, type AssignmentEvent, type ClientKey } from '@smc/domain';
import { createMetrics, createReadiness, silentLogger } from '@smc/runtime';
import { clientKey, createTestLog, EventMaker, id, until } from '@smc/subscriber/testing';
import { buildViews, type ProjectionSource } from './build-views.ts';
import { createMemoryStore } from './memory-store.ts';
import { startProjection, type BuildReason, type Projector } from './projector.ts';
import { StoreFault, type ReadModelStore } from './read-model-store.ts';
import { openViews } from './read-views.ts';
import { createReports, watchViews } from './reports.ts';
import { acknowledgementOf, allAcknowledge, QUIET, sourceOf } from './testing/project-events.ts';

const running: Projector[] = [];
afterEach(async () => void (await Promise.all(running.splice(0).map((it) => it.close()))));

function start(source: ProjectionSource) {
  const builds: BuildReason[] = [];
  const projector = startProjection({
    ...source,
    random: () => 1,
    reports: {
      ...QUIET,
      projected: () => {},
      building: (it) => void builds.push(it),
      built: () => {},
    },
  });
  running.push(projector);
  return { projector, builds };
}

const assigned = (n: number, make: EventMaker) =>
  make.assigned({ clientKey: clientKey(n), team: id(`team-${n}`) });

async function known(source: ProjectionSource, clients: number): Promise<boolean> {
  const views = openViews(source.store, source.clock);
  const { teams } = await views.caseload().catch(() => ({ teams: [] }));
  return teams.length === clients;
}

test('what is on the log is in the views, and what comes is added', async () => {
  const source = await sourceOf(createMemoryStore());
  const make = new EventMaker();
  const first = assigned(1, make);
  await source.testLog.publish([first, ...allAcknowledge(first)]);
  const { projector, builds } = start(source);
  await until('the first is there', () => known(source, 1));
  await source.testLog.publish([assigned(2, make)]);
  await until('the second is there', () => known(source, 2));
  expect(builds).toEqual(['none']);
  expect(await openViews(source.store, source.clock).convergence()).toMatchObject({
    notConverged: 1,
  });
  expect(projector.status()).toMatchObject({ lag: 0, away: undefined });
});

test('before the first build is complete a question is answered with: being built', async () => {
  const source = await sourceOf(createMemoryStore());
  const asked = openViews(source.store, source.clock).caseload();
  await expect(asked).rejects.toMatchObject({ code: 'NOT_BUILT', retriable: true });
});

test('a rebuild beside a running projector takes over, and the projector goes on with it', async () => {
  const source = await sourceOf(createMemoryStore());
  const make = new EventMaker();
  await source.testLog.publish([assigned(1, make)]);
  const { projector, builds } = start(source);
  await until('the first is there', () => known(source, 1));

  const progress: number[] = [];
  const rebuilt = await buildViews(
    source,
    new AbortController().signal,
    (done) => void progress.push(done),
  );
  expect(await source.store.current()).toBe(rebuilt);
  expect(progress.at(-1)).toBe(1);
  await source.testLog.publish([assigned(2, make)]);
  await until('the second is there', () => known(source, 2));
  await until('the projector has moved', () => projector.status().namespace === rebuilt);
  expect(builds).toEqual(['none']);
});

test('two projectors on one store count every event once', async () => {
  const source = await sourceOf(createMemoryStore());
  const make = new EventMaker();
  start(source);
  start({ ...source, log: source.testLog.broker.connect('second') });
  for (let n = 1; n <= 30; n++) await source.testLog.publish([assigned(n, make)]);
  await until('all are there', () => known(source, 30));
  const { assigned: decided } = await openViews(source.store, source.clock).decisions();
  expect(decided).toEqual([{ office: 'utrecht', rule: 'postcode', count: 30 }]);
});

test('a store that lost a client in secret is noticed at the next event, and built anew', async () => {
  const store = createMemoryStore();
  let forgets = false;
  const source = await sourceOf({
    ...store,
    clients: async (ns, keys) => (forgets ? new Map() : store.clients(ns, keys)),
  });
  const make = new EventMaker();
  await source.testLog.publish([assigned(1, make)]);
  const { builds } = start(source);
  await until('it is there', () => known(source, 1));
  forgets = true;
  await source.testLog.publish([assigned(1, make)]);
  await until('a build begins', () => builds.includes('damaged'));
  forgets = false;
  await source.testLog.publish([assigned(2, make)]);
  await until('both are there', () => known(source, 2));
  expect(await openViews(store, source.clock).clientView(clientKey(1))).toMatchObject({
    sequence: 2,
  });
});

test('a store that belongs to another log is built anew from this one', async () => {
  const store = createMemoryStore();
  const make = new EventMaker();
  const other = await sourceOf(store, { log: await createTestLog(1) });
  await other.testLog.publish([1, 2, 3].map((n) => assigned(n, make)));
  await buildViews(other, new AbortController().signal);

  const source = await sourceOf(store, { log: await createTestLog(1) });
  await source.testLog.publish([assigned(7, new EventMaker())]);
  const { builds } = start(source);
  await until('only this log counts', () => known(source, 1));
  expect(builds).toEqual(['other-log']);
});

/** Fails now and then, before or after the batch was applied: the answer is lost either way. */
function unreliable(
  store: ReadModelStore,
  outcomes: readonly ('ok' | 'before' | 'after')[],
): ReadModelStore {
  const left = [...outcomes];
  return {
    ...store,
    async apply(ns, version, changes) {
      const outcome = left.shift() ?? 'ok';
      if (outcome === 'before') throw new StoreFault('UNREACHABLE', 'away');
      const applied = await store.apply(ns, version, changes);
      if (outcome === 'after') throw new StoreFault('UNREACHABLE', 'away');
      return applied;
    },
  };
}

test('whatever the store answers or swallows, the views equal those of one build at the end', async () => {
  const step = fc.record({
    client: fc.integer({ min: 1, max: 4 }),
    kind: fc.constantFrom('assigned', 'handedOver', 'parked', 'released'),
    caseNumber: fc.integer({ min: 1, max: 3 }),
    divisions: fc.subarray([...DIVISIONS]),
  });
  const property = fc.asyncProperty(
    fc.array(fc.array(step, { maxLength: 6 }), { minLength: 1, maxLength: 5 }),
    fc.array(fc.constantFrom('ok' as const, 'before' as const, 'after' as const), { maxLength: 4 }),
    async (batches, outcomes) => {
      const clock = { nowMs: () => Date.UTC(2026, 10, 23, 10) };
      const store = createMemoryStore();
      const source = await sourceOf(unreliable(store, outcomes), { clock });
      const { projector } = start({ ...source, random: () => 1 });
      const make = new EventMaker();
      let written = 1;
      for (const steps of batches) {
        const happenings = steps.flatMap((it) => happen(make, it));
        written += happenings.length;
        await source.testLog.publish(happenings);
      }
      const last = make.assigned({ clientKey: clientKey(99), team: id('the-last') });
      await source.testLog.publish([last]);
      await until('all is projected', async () => (await projected(store)) === written);
      await projector.close();

      const clients = [1, 2, 3, 4, 99].map((n) => clientKey(n));
      const incremental = await everything(store, clients);
      await buildViews({ ...source, store }, new AbortController().signal);
      expect(incremental).toEqual(await everything(store, clients));
    },
  );
  await fc.assert(property, { numRuns: 25 });
});

type Step = {
  readonly client: number;
  readonly kind: string;
  readonly caseNumber: number;
  readonly divisions: readonly (typeof DIVISIONS)[number][];
};

function happen(make: EventMaker, step: Step): readonly (AssignmentEvent | Acknowledgement)[] {
  const about = {
    clientKey: clientKey(step.client),
    caseId: id<'CaseId'>(`${step.client}-${step.caseNumber}`),
  };
  const event =
    step.kind === 'assigned'
      ? make.assigned(about)
      : step.kind === 'handedOver'
        ? make.handedOver({ clientKey: about.clientKey })
        : step.kind === 'parked'
          ? make.parked(about)
          : make.released(about);
  return [event, ...step.divisions.map((division) => acknowledgementOf(event, division))];
}

/** How many records the current namespace has taken in. */
async function projected(store: ReadModelStore): Promise<number> {
  const current = await store.current();
  const standing = current && (await store.standing(current));
  return (standing?.positions ?? []).reduce((sum, { offset }) => sum + offset, 0);
}

/** All that can be asked, but for convergence times, which depend on what one batch holds. */
async function everything(store: ReadModelStore, clients: readonly ClientKey[]) {
  const views = openViews(store, { nowMs: () => 0 });
  const { time: _, ...convergence } = await views.convergence();
  return {
    convergence,
    clients: await Promise.all(clients.map((it) => views.clientView(it))),
    caseload: await views.caseload(),
    decisions: await views.decisions(),
    latency: await views.latency(),
    parked: await views.parkedList('all', 100),
    ofOffice: await views.parkedList({ office: id('utrecht') }, 100),
  };
}

test('an alarm stands while a division has not answered for too long', async () => {
  const source = await sourceOf(createMemoryStore());
  const event = assigned(1, new EventMaker());
  const silent = allAcknowledge(event).filter(({ division }) => division !== 'uitkeren');
  await source.testLog.publish([event, ...silent], { timestampMs: Date.now() - 120_000 });
  const metrics = createMetrics({ ofProcess: false });
  const reports = createReports({ metrics, logger: silentLogger, readiness: createReadiness() });
  const projector = startProjection({ ...source, reports });
  running.push(projector);
  await until('it is there', () => known(source, 1));

  const stop = new AbortController();
  const views = openViews(source.store, source.clock);
  const { signal } = stop;
  const watching = watchViews({ projector, views, metrics, divisionLagMsMax: 60_000, signal });
  await until('the alarm stands', async () =>
    (await metrics.text()).includes('convergence_lagging_divisions 1'),
  );
  const text = await metrics.text();
  expect(text).toContain('convergence_behind_clients{division="uitkeren"} 1');
  expect(text).toContain('convergence_behind_clients{division="werkbedrijf"} 0');
  expect(text).toContain('convergence_pending_clients 1');
  expect(text).toMatch(/assignment_latency_seconds\{office="utrecht",quantile="0.95"\} /);
  stop.abort();
  await watching;
});

test('the cases and clients of each team are gauges', async () => {
  const source = await sourceOf(createMemoryStore());
  const make = new EventMaker();
  await source.testLog.publish([assigned(1, make), assigned(1, make), assigned(2, make)]);
  const metrics = createMetrics({ ofProcess: false });
  const { projector } = start(source);
  await until('they are there', () => known(source, 2));

  const stop = new AbortController();
  const views = openViews(source.store, source.clock);
  const { signal } = stop;
  const watching = watchViews({ projector, views, metrics, divisionLagMsMax: 60_000, signal });
  await until('the gauges are set', async () => {
    const text = await metrics.text();
    return text.includes('caseload_cases{') && text.includes('inflow_cases{');
  });
  stop.abort();
  await watching;
  const text = await metrics.text();
  expect(text).toContain('caseload_cases{team="team-1"} 2');
  expect(text).toContain('caseload_clients{team="team-1"} 1');
  expect(text).toContain('caseload_cases{team="team-2"} 1');
  expect(text).toContain('inflow_cases{team="team-1",law="WIA",line=""} 2');
});
