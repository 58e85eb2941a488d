/**
 * The proof and the decision agree: where a document was found to cover every client, the decision
 * finds a team for every client, on every day.
 */
import { beforeAll, expect, test } from 'vitest';
import {
  fromEpochDay,
  must,
  type BsnSuffix,
  type CaseId,
  type ClientKey,
  type EventId,
  type IntakeEvent,
  type LocalDate,
  type Postcode,
} from '@smc/domain';
import { decide, rulebookOf, type Demarcation } from '@smc/decision';
import { assembleDemarcation, readDemarcation, sliceDemarcation } from '@smc/demarcation';
import { EXAMPLE_FOLDER, EXAMPLE_VERSIONS } from './example-folders.ts';
import { generateCases, type ExampleInput } from './generate-cases.ts';
import { builtInPopulation } from './population.ts';

const DAY_MS = 86_400_000;
const versions: Demarcation[] = [];
beforeAll(async () => {
  for (const version of EXAMPLE_VERSIONS) {
    const read = await readDemarcation(EXAMPLE_FOLDER[version]);
    if (!read.ok) throw new Error('the example is valid');
    const { manifest, parts } = sliceDemarcation(read.value);
    const assembled = assembleDemarcation(manifest, parts);
    if (!assembled.ok) throw new Error(assembled.refusal.reason);
    versions.push(assembled.value.demarcation);
  }
});

test('each client with a known address reaches a team or an office that chooses one, on every day', () => {
  const rulebook = rulebookOf(versions);
  const counts = new Map<string, number>();
  const inputs = generateCases({
    seed: 11,
    clients: 20_000,
    cases: 20_000,
    population: builtInPopulation(),
    fromMs: Date.UTC(2026, 0, 2),
    untilMs: Date.UTC(2026, 11, 31),
  });
  for (const input of inputs) {
    if (input.type !== 'CaseRegistered') continue;
    const source = { topic: 'smc.intake', partition: 0, offset: 0 };
    const decided = decide({ event: eventOf(input), source }, undefined, rulebook);
    if (!decided.ok) throw new Error(decided.refusal.reason);
    const [event] = [...decided.value.events, ...decided.value.toOffices];
    const outcome = event?.type === 'CaseParked' ? event.code : String(event?.type);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }

  expect([...counts.keys()].sort()).toEqual([
    'ADDRESS_NONE',
    'ADDRESS_POSTBUS',
    'ADDRESS_SECRET',
    'CaseAssigned',
    'EXCLUDED',
    'TeamRequested',
  ]);
  expect(must(counts.get('CaseAssigned'), 'cases are assigned')).toBeGreaterThan(15_000);
});

/** As intake would; which client it is does not matter for a first case. */
function eventOf(input: Extract<ExampleInput, { type: 'CaseRegistered' }>): IntakeEvent {
  const { addressKind, law, product, employment, participatiewet, groups, formerGroups, channel } =
    input;
  const receivedAtMs = Date.parse(must(input.receivedAt, 'each says when it was received'));
  return {
    type: 'CaseRegistered',
    eventId: input.eventId as EventId,
    clientKey: 'a'.repeat(26) as ClientKey,
    caseId: input.caseId as CaseId,
    bsnSuffix: input.bsn.slice(-2) as BsnSuffix,
    postcode: input.postcode as Postcode | undefined,
    receivedAtMs,
    receivedOn: dayOf(receivedAtMs),
    employerKey: undefined,
    dossierRef: undefined,
    addressKind,
    law,
    product,
    employment,
    participatiewet,
    groups,
    formerGroups,
    category: input.category,
    channel,
  };
}

const dayOf = (atMs: number): LocalDate => fromEpochDay(Math.floor(atMs / DAY_MS));
