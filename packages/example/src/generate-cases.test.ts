import { expect, test } from 'vitest';
import { Bsn, isIdentifier, isPostcode } from '@smc/domain';
import { generateCases, type ExampleInput } from './generate-cases.ts';
import { generateClients } from './generate-clients.ts';
import { inventedBsn, INVENTED_BSNS_MAX } from './invented-bsn.ts';
import { builtInPopulation, loadPopulation } from './population.ts';
import { regionOf } from './regions.ts';

const population = builtInPopulation();
const options = {
  seed: 7,
  clients: 2_000,
  cases: 10_000,
  population,
  fromMs: Date.UTC(2026, 0, 5),
  untilMs: Date.UTC(2026, 2, 5),
};

test('the same seed gives the same cases, another seed gives others', () => {
  const first = [...generateCases(options)];

  expect([...generateCases(options)]).toEqual(first);
  expect([...generateCases({ ...options, seed: 8 })]).not.toEqual(first);
});

test('every BSN passes the elfproef and no two clients share one', () => {
  const seen = new Set<string>();
  for (let client = 0; client < 200_000; client++) {
    const bsn = inventedBsn(client);
    if (!Bsn.parse(bsn).ok) throw new Error(`client ${client} has no valid BSN`);
    seen.add(bsn);
  }
  expect(seen.size).toBe(200_000);
  expect(Bsn.parse(inventedBsn(INVENTED_BSNS_MAX - 1)).ok).toBe(true);
});

test('the last two digits of the BSNs are spread over all hundred', () => {
  const counts = new Map<string, number>();
  for (const { bsn } of generateClients({ seed: 1, count: 50_000, population })) {
    counts.set(bsn.slice(-2), (counts.get(bsn.slice(-2)) ?? 0) + 1);
  }
  expect(counts.size).toBe(100);
  expect(Math.max(...counts.values())).toBeLessThan(2 * 500);
});

test('every case is well-formed, and is closed only after it was registered', () => {
  const open = new Map<string, string>();
  const ids = new Set<string>();
  const counts: Record<ExampleInput['type'], number> = {
    CaseRegistered: 0,
    CaseClosed: 0,
    CaseReclassified: 0,
    ClientMoved: 0,
    ClientStatusChanged: 0,
  };
  let last = '';
  for (const input of generateCases(options)) {
    counts[input.type]++;
    ids.add(input.eventId);
    expect(isIdentifier(input.eventId)).toBe(true);
    expect((input.receivedAt ?? '') >= last).toBe(true);
    last = input.receivedAt ?? '';
    if (input.type === 'CaseRegistered') open.set(input.caseId, input.bsn);
    if (input.type === 'CaseClosed') {
      expect(open.get(input.caseId)).toBe(input.bsn);
      open.delete(input.caseId);
    }
    if ('addressKind' in input) {
      const hasPostcode = input.addressKind === 'dutch' || input.addressKind === 'postbus';
      expect(isPostcode(input.postcode)).toBe(hasPostcode);
    }
  }
  const total = Object.values(counts).reduce((a, b) => a + b, 0);
  expect(ids.size).toBe(total);
  expect(counts).toMatchObject({
    CaseRegistered: 10_000,
    CaseReclassified: 500,
    ClientMoved: 200,
    ClientStatusChanged: 166,
  });
  expect(counts.CaseClosed).toBeGreaterThan(4_000);
});

test('after a move the cases of that client have the new address', () => {
  const addresses = new Map<string, string>();
  let checked = 0;
  for (const input of generateCases(options)) {
    if (!('addressKind' in input)) continue;
    const address = `${input.addressKind} ${input.postcode}`;
    const known = addresses.get(input.bsn);
    if (input.type === 'CaseRegistered' && known !== undefined) {
      expect(address).toBe(known);
      checked++;
    }
    addresses.set(input.bsn, address);
  }
  expect(checked).toBeGreaterThan(5_000);
});

test('clients live where people live, with and without the data of CBS', () => {
  for (const people of [population, loadPopulation()]) {
    const counts = new Map<string, number>();
    for (const { address } of generateClients({ seed: 3, count: 20_000, population: people })) {
      if (address.postcode === undefined) continue;
      const region = regionOf(Number(address.postcode.slice(0, 4)));
      counts.set(region, (counts.get(region) ?? 0) + 1);
    }
    const share = (counts.get('AM22') ?? 0) / 20_000;
    expect(share, people.source).toBeGreaterThan(0.06);
    expect(share, people.source).toBeLessThan(0.1);
    expect(counts.size, people.source).toBe(35);
  }
});

test('intake may say itself when it received', () => {
  const [first] = generateCases({ ...options, cases: 1, told: false });

  expect(first).not.toHaveProperty('receivedAt');
});
