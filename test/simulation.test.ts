/** A simulation decides as the router does: compared with what routers wrote to the log. */
import { expect, test } from 'vitest';
import { partitionOf, TOPICS, type AssignmentEvent, type IntakeEvent } from '@smc/domain';
import { rulebookOf, type Demarcation } from '@smc/decision';
import { openSimulationCodec, Simulation, type Scenario } from '@smc/simulation';
import { lives } from './lives.ts';
import { createHarness, PARTITIONS } from './router-harness.ts';
import { workloadOrganisation } from './workload-organisation.ts';

const ASSIGNMENTS = ['CaseAssigned', 'ClientHandedOver', 'CaseParked', 'CaseReleased'] as const;

/** What a simulation tells of these events, in the order in which it stands on the topic. */
async function simulated(
  demarcation: Demarcation,
  events: readonly IntakeEvent[],
): Promise<readonly AssignmentEvent[]> {
  const rulebook = rulebookOf([demarcation]);
  const scenario: Scenario = {
    name: 'compared',
    versions: [demarcation],
    rulebook,
    facts: {
      demarcationOn: (day) => rulebook.demarcationOn(day),
      laws: [],
      werkbedrijfOf: new Map(),
      characterOf: new Map(),
    },
  };
  const simulation = new Simulation(scenario, await openSimulationCodec());
  const told = events.flatMap((event) => {
    const taken = simulation.take(event);
    return taken.kind === 'taken' ? taken.events : [];
  });
  const partition = ({ clientKey }: AssignmentEvent) => partitionOf(clientKey, PARTITIONS);
  return told.toSorted((a, b) => partition(a) - partition(b));
}

test('where no office divides by workload, a simulation gives the bytes that routers wrote', async () => {
  const demarcation = workloadOrganisation('2026-01', { without: ['rijn', 'hanze'] });
  const it = await createHarness(demarcation);
  await it.activate();
  const router = await it.startRouter('router-1');
  await expect.poll(() => it.read(TOPICS.commandAnswers, 'CommandAnswered')).toHaveLength(4);
  const events = lives(3, 2_000, 300);
  await it.publish(events);
  await it.settled();
  await router.stop();

  const written = await it.read(TOPICS.assignments, ...ASSIGNMENTS);
  const expected = await simulated(demarcation, events);
  expect(written.length).toBeGreaterThan(1_500);
  expect(expected.length).toBe(written.length);
  expected.forEach((event, i) => {
    const bytes = written[i] && it.codec.encode(written[i]);
    expect(it.codec.encode(event), event.eventId).toEqual(bytes);
  });
  expect(it.bugs).toEqual([]);
});

test('where offices answer before the next case comes, their choices are the same', async () => {
  const demarcation = workloadOrganisation();
  const it = await createHarness(demarcation);
  await it.activate();
  const router = await it.startRouter('router-1');
  const events = lives(5, 120, 30);
  for (const event of events) {
    await it.publish([event]);
    await expect
      .poll(() => it.verify(), { interval: 5 })
      .toMatchObject({ pending: 0, awaiting: 0 });
  }
  await router.stop();

  const written = await it.read(TOPICS.assignments, ...ASSIGNMENTS);
  const expected = await simulated(demarcation, events);
  const byWorkload = written.filter(
    (told) => told.type === 'CaseAssigned' && told.rule === 'workload',
  );
  expect(byWorkload.length).toBeGreaterThan(10);
  expect(expected.map(withoutPosition)).toEqual(written.map(withoutPosition));
});

/** An answer stands elsewhere among the commands, because activations stand there too. */
function withoutPosition(event: AssignmentEvent) {
  return { ...event, eventId: undefined, source: undefined };
}
