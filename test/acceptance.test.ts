/**
 * The numbers that the sources set as a test and that the decision must meet, by name
 * (`requirements.md` section 5). T01 to T09 and T11 to T17 stand in `packages/capacity`.
 */
import { describe, expect, test } from 'vitest';
import { must, type AssignmentEvent, type CaseAssigned, type IntakeEvent } from '@smc/domain';
import { explain, rulebookOf, type Demarcation } from '@smc/decision';
import { Follower } from '@smc/decision/testing/follow';
import { caseRegistered } from '@smc/decision/testing/intake-events';
import { demarcationOf, SMALL_ORGANISATION } from '@smc/decision/testing/small-organisation';
import {
  assembleDemarcation,
  readDemarcation,
  readFiles,
  sliceDemarcation,
  validateFiles,
  type DemarcationDocument,
} from '@smc/demarcation';
import { builtInPopulation, EXAMPLE_FOLDER, EXAMPLE_VERSIONS, generateCases } from '@smc/example';
import { createClientKeyDeriver, createIntakeParser, readCodeLists } from '@smc/intake';
import { createMemoryStore, openViews, startProjection, watchViews } from '@smc/projections';
import { createMetrics } from '@smc/runtime';
import { clientKey, createTestLog, until } from '@smc/subscriber/testing';

type Version = (typeof EXAMPLE_VERSIONS)[number];

async function documentOf(version: Version): Promise<DemarcationDocument> {
  const read = await readDemarcation(EXAMPLE_FOLDER[version]);
  if (!read.ok) throw new Error('the example is valid');
  return read.value;
}

async function demarcationOfExample(version: Version): Promise<Demarcation> {
  const { manifest, parts } = sliceDemarcation(await documentOf(version));
  const assembled = assembleDemarcation(manifest, parts);
  if (!assembled.ok) throw new Error(assembled.refusal.reason);
  return assembled.value.demarcation;
}

/** Both versions of the example, in the order in which they became active. */
const EXAMPLE = await Promise.all(EXAMPLE_VERSIONS.map(demarcationOfExample));
const exampleRulebook = rulebookOf(EXAMPLE);
const inExample = () => new Follower(exampleRulebook);

/** A client of its own for each number; the first bits, by which an area is shared, differ. */
const key = (n: number) =>
  `${n}`.replaceAll(/[0-9]/g, (digit) => 'abcdefghij'[Number(digit)] ?? 'a').padEnd(26, '2');

describe.each(EXAMPLE_VERSIONS)('T10 the organisation of %s', (version) => {
  test('T10 has 11 districts, 27 SMZ offices, 20 rayons and 35 Werkbedrijf offices', async () => {
    const { organisation, offices } = await documentOf(version);
    expect(organisation.districts).toHaveLength(11);
    expect(offices).toHaveLength(27);
    expect(organisation.rayons).toHaveLength(20);
    expect(organisation.werkbedrijfOffices).toHaveLength(35);
    expect(new Set(offices.map(({ district }) => district)).size).toBe(11);
  });

  test('T10 each SMZ office has one or two arbeidsmarktregio’s, but for Noord and Utrecht', async () => {
    const { offices, postcodes } = await documentOf(version);
    const regions = Map.groupBy(
      postcodes.map(({ area }) => area),
      ({ office }) => office,
    );
    const counts = offices.map(({ id }) => ({
      id,
      regions: new Set(regions.get(id)?.map((area) => area.arbeidsmarktregio)).size,
    }));
    const more = counts.filter((office) => office.regions > 2).map(({ id }) => id);
    expect(more.sort()).toEqual(['noord', 'utrecht']);
    expect(Math.min(...counts.map((office) => office.regions))).toBe(1);
  });
});

describe('T18 teams per journey', () => {
  test('T18 a year of the example: 1.0 where nothing was handed over, and never more than handovers allow', async () => {
    const router = inExample();
    for await (const event of eventsOfExample(30_000)) {
      router.take(event);
      router.deliver();
    }
    const journeys = [...Map.groupBy(teamsOf(router.events), ({ journey }) => journey).values()];
    const counts = journeys.map((told) => ({
      teams: new Set(told.map(({ team }) => team)).size,
      handovers: told.filter(({ isHandover }) => isHandover).length,
    }));
    const undisturbed = counts.filter(({ handovers }) => handovers === 0);
    const disturbed = counts.filter(({ handovers }) => handovers > 0);
    expect(undisturbed.length).toBeGreaterThan(5_000);
    expect(mean(undisturbed.map(({ teams }) => teams))).toBe(1);
    expect(disturbed.length).toBeGreaterThan(10);
    for (const { teams, handovers } of disturbed) expect(teams).toBeLessThanOrEqual(handovers + 1);
  });
});

type Told = { readonly journey: string; readonly team: string; readonly isHandover: boolean };

/** Each team that a client meets, by client and journey; a handover names both of its teams. */
function teamsOf(events: readonly AssignmentEvent[]): Told[] {
  return events.flatMap((event): Told[] => {
    if (event.type !== 'CaseAssigned' && event.type !== 'ClientHandedOver') return [];
    const journey = `${event.clientKey} ${event.journey}`;
    if (event.type === 'CaseAssigned') return [{ journey, team: event.team, isHandover: false }];
    return [
      { journey, team: event.fromTeam, isHandover: false },
      { journey, team: event.team, isHandover: true },
    ];
  });
}

/** The example's cases as intake takes them in, over a year in which the second version begins. */
async function* eventsOfExample(cases: number): AsyncGenerator<IntakeEvent> {
  const clientKeys = createClientKeyDeriver(Buffer.alloc(32, 7), 1);
  const parser = createIntakeParser({ codeLists: await readCodeLists(), clientKeys });
  const untilMs = Date.UTC(2026, 11, 31);
  const inputs = generateCases({
    seed: 18,
    clients: Math.floor(cases / 3),
    cases,
    population: builtInPopulation(),
    fromMs: Date.UTC(2026, 0, 2),
    untilMs,
  });
  for (const { type, ...body } of inputs) {
    const parsed = parser.parse(type, body, { nowMs: untilMs, withoutId: 'refuse' });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
    yield parsed.value;
  }
}

const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

describe('T19 the age of the oldest case without a team', () => {
  const YEAR_MS = 365 * 86_400_000;

  test('T19 no case is older than the limit without the alarm, which ends when it has a team', async () => {
    const router = inExample();
    const about = { on: '2026-02-02', clientKey: clientKey(1) };
    router.take(caseRegistered({ ...about, caseId: 'waits', address: 'none' }));
    router.take(caseRegistered({ on: '2026-02-03', clientKey: clientKey(2), caseId: 'has' }));
    const received = must(router.events[0], 'it is parked');
    const receivedAtMs = 'receivedAtMs' in received ? received.receivedAtMs : 0;

    expect(await oldestAgeMs(router.events, receivedAtMs + 1_000)).toBe(1_000);
    expect(await oldestAgeMs(router.events, receivedAtMs + YEAR_MS)).toBeGreaterThanOrEqual(
      YEAR_MS,
    );
    router.take(
      caseRegistered({ ...about, on: '2026-03-01', caseId: 'placed', address: '3511 AB' }),
    );
    expect(await oldestAgeMs(router.events, receivedAtMs + YEAR_MS)).toBe(0);
  });

  /** What the projector's gauge shows at that moment, in milliseconds. */
  async function oldestAgeMs(events: readonly AssignmentEvent[], nowMs: number): Promise<number> {
    const testLog = await createTestLog();
    await testLog.publish(events);
    const [store, metrics, clock] = [
      createMemoryStore(),
      createMetrics({ ofProcess: false }),
      { nowMs: () => nowMs },
    ];
    const nothing = () => undefined;
    const reports = { away: nothing, back: nothing, lost: nothing, projected: nothing };
    const projector = startProjection({
      log: testLog.broker.connect('projector'),
      codec: testLog.codec,
      store,
      clock,
      random: () => 1,
      reports: { ...reports, building: nothing, built: nothing },
    });
    const views = openViews(store, clock);
    await until('the read models are there', () =>
      views.parkedList('all', 1).then(
        () => true,
        () => false,
      ),
    );
    const stop = new AbortController();
    const { signal } = stop;
    const watching = watchViews({ projector, views, metrics, divisionLagMsMax: 60_000, signal });
    const gauge = async () => /^parked_age_seconds ([0-9.]+)$/m.exec(await metrics.text())?.[1];
    await until('the gauge is set', async () => (await gauge()) !== undefined);
    stop.abort();
    await watching;
    await projector.close();
    return Number(await gauge()) * 1_000;
  }
});

test('T20 a team that takes only ZW is refused by rule B14', async () => {
  const files = new Map(await readFiles(EXAMPLE_FOLDER['2026-07']));
  const [file, laws] = ['offices/utrecht.yaml', 'laws: [ZW, WIA]'];
  const text = files.get(file);
  if (typeof text !== 'string') throw new Error('the example has this file');
  files.set(file, text.replace(laws, 'laws: [ZW]'));
  const { document, errors } = validateFiles(files);
  expect(document).toBeUndefined();
  const line = text.slice(0, text.indexOf(laws)).split('\n').length;
  expect(errors.filter(({ rule }) => rule === 'B14-ZW-ONLY')).toMatchObject([{ file, line }]);
});

test('T21 PW samenloop: a ZW case of a PW client goes to the PW SMC, and says that the client’s status decides (B07)', () => {
  const router = inExample();
  router.take(
    caseRegistered({
      on: '2026-08-03',
      caseId: 'a',
      law: 'ZW',
      product: 'zw-beoordeling',
      address: '3511 AB',
      participatiewet: true,
    }),
  );
  expect(router.events).toMatchObject([
    { type: 'CaseAssigned', law: 'ZW', team: 'utrecht-pw', rule: 'participatiewet' },
  ]);
  const { explanation } = assignedIn(router.events);
  expect(explanation.map(({ code }) => code)).toContain('PARTICIPATIEWET_CLIENT');
  expect(explain(explanation, 'en')).toContain(
    'The client receives Participatiewet benefit; that decides, not the law of the case.',
  );
});

test('T22 who once worked for KLM goes to the special SMC of KLM, from any postcode (B20, B23)', () => {
  const postcodes = ['1011 AB', '3511 AB', '6411 AB', '8011 AB', '9711 AB'];
  const router = inExample();
  for (const [n, address] of postcodes.entries()) {
    const about = { on: '2026-08-03', caseId: `c${n}`, clientKey: key(n), address };
    router.take(caseRegistered({ ...about, formerGroups: ['klm'] }));
  }
  expect(router.events.map((event) => event.type === 'CaseAssigned' && event.team)).toEqual(
    postcodes.map(() => 'haarlem-klm'),
  );
  for (const event of router.events) expect(event).toMatchObject({ rule: 'group' });
  expect(assignedIn(router.events).explanation.map(({ code }) => code)).toContain(
    'GROUP_FORMER_MEMBER',
  );
});

describe('T23 a sensitive neighbourhood of an office that divides by postcode', () => {
  const inNeighbourhood = (n: number) => {
    const router = inExample();
    router.take(
      caseRegistered({ on: '2026-08-03', caseId: 'a', clientKey: key(n), address: '3561 AB' }),
    );
    return assignedIn(router.events);
  };

  test('T23 reaches two teams or more', async () => {
    const { offices } = await documentOf('2026-07');
    const utrecht = must(
      offices.find(({ id }) => id === 'utrecht'),
      'office utrecht',
    );
    expect(utrecht.sensitiveNeighbourhoods.flatMap(({ postcodes }) => postcodes)).toMatchObject([
      { from: '3560AA', to: '3564ZZ' },
    ]);
    const told = Array.from({ length: 200 }, (_, n) => inNeighbourhood(n));
    expect(new Set(told.map(({ rule }) => rule))).toEqual(new Set(['postcode']));
    const teams = Map.groupBy(told, ({ team }) => team);
    expect(teams.size).toBeGreaterThanOrEqual(2);
    for (const clients of teams.values()) expect(clients.length).toBeGreaterThan(20);
  });

  test('T23 and which of them a client gets is always the same', () => {
    for (let n = 0; n < 50; n++) expect(inNeighbourhood(n)).toEqual(inNeighbourhood(n));
  });
});

test('T24 of two offices with switch dates of their own, each client goes by its own office on the day of intake', () => {
  const router = new Follower(rulebookOf([demarcationOf(SMALL_ORGANISATION)]));
  const days = ['2026-06-30', '2026-07-01', '2026-08-31', '2026-09-01'];
  const rules = days.map((on, day) =>
    ['8060 AA', '6860 AA'].map((address, office) => {
      const clientOf = { clientKey: key(10 * day + office), caseId: `c-${day}-${office}` };
      router.take(caseRegistered({ on, address, bsn: '10', ...clientOf }));
      return assignedIn(router.events).rule;
    }),
  );
  expect(rules).toEqual([
    ['bsn', 'bsn'],
    ['postcode', 'bsn'],
    ['postcode', 'bsn'],
    ['postcode', 'postcode'],
  ]);
});

/** The last assignment. */
function assignedIn(events: readonly AssignmentEvent[]): CaseAssigned {
  const assigned = events.filter((event) => event.type === 'CaseAssigned').at(-1);
  return must(assigned, 'a case is assigned');
}
