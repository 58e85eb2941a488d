import { expect, test } from 'vitest';
import { createMemoryRegistry, openCodec, registerSchemas } from '@smc/events';
import { flawOfHeaders } from '@smc/log';
import { benchDemarcation } from './demarcation.ts';
import { caseNumber, createRecordOf, createWorkload, workloadPostcodes } from './workload.ts';

async function recordsOf(population: number, count: number) {
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  const codec = await openCodec({ registry, types: ['CaseRegistered'] });
  const recordOf = createRecordOf(codec, 4);
  const workload = createWorkload(population);
  const records = Array.from({ length: count }, (_, n) => recordOf(workload.caseOf(n), n));
  return { codec, records };
}

test('the same number gives the same bytes, in every process', async () => {
  const [one, two] = [await recordsOf(1_000, 100), await recordsOf(1_000, 100)];
  expect(one.records).toEqual(two.records);
});

test('every case is a valid record whose number and moment can be read back', async () => {
  const { codec, records } = await recordsOf(1_000, 200);
  records.forEach(({ value, headers }, n) => {
    const decoded = codec.decode(value && Buffer.from(value), ['CaseRegistered']);
    expect(decoded).toMatchObject({ ok: true, value: { caseId: `bench-${n}` } });
    expect(flawOfHeaders(headers)).toBeUndefined();
  });
  expect(caseNumber('bench-199')).toBe(199);
  expect(caseNumber('other-1')).toBeUndefined();
});

test('cases spread over all partitions, and clients come back', async () => {
  const { records } = await recordsOf(10_000, 10_000);
  const perPartition = [0, 1, 2, 3].map((p) => records.filter(({ partition }) => partition === p));
  for (const { length } of perPartition) expect(length).toBeGreaterThan(2_200);
  const clients = new Set(records.map(({ key }) => String(key)));
  expect(clients.size).toBeGreaterThan(3_000);
  expect(clients.size).toBeLessThanOrEqual(4_000);
});

test('the example knows every postcode of the workload', async () => {
  const { areas } = await benchDemarcation();
  expect(workloadPostcodes().filter((postcode) => areas.lookUp(postcode) === undefined)).toEqual(
    [],
  );
});
