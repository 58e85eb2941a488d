import { expect, test } from 'vitest';
import { must, type ContentHash } from '@smc/domain';
import { publishDemarcation, PUBLISH_TYPES, readDemarcation } from '@smc/demarcation';
import { openCodec } from '@smc/events';
import { EXAMPLE_FOLDER } from '@smc/example';
import { createMetrics, createReadiness, silentLogger, systemClock } from '@smc/runtime';
import { clientKey, createTestLog, EventMaker, until, type TestLog } from '@smc/subscriber/testing';
import { startDivision } from './start-division.ts';

async function example() {
  const read = await readDemarcation(EXAMPLE_FOLDER['2026-07']);
  if (!read.ok) throw new Error('the example has no problems');
  return read.value;
}

async function publish(
  log: TestLog,
  document: Awaited<ReturnType<typeof example>>,
): Promise<ContentHash> {
  const client = log.broker.connect('operator');
  const published = await publishDemarcation({
    publisher: await client.openPublisher(),
    reader: await client.openReader(),
    codec: await openCodec({ registry: log.registry, types: PUBLISH_TYPES }),
    document,
    activatedBy: 'a test',
    clock: systemClock,
    commandPartitions: log.partitions,
    activate: 'not',
  });
  if (!published.ok) throw new Error('the example can be published');
  return published.value.contentHash;
}

test('Werkbedrijf finds its office by the demarcation that decided, and waits until it has it', async () => {
  const document = await example();
  const [expected] = document.organisation.werkbedrijfOffices;
  const { arbeidsmarktregio, id: office, rayon } = must(expected, 'Werkbedrijf has offices');
  const contentHash = await publish(await createTestLog(), document);

  const log = await createTestLog();
  const readiness = createReadiness();
  const division = await startDivision({
    division: 'werkbedrijf',
    config: { door: { host: '127.0.0.1', port: 0 }, dataDirectory: undefined },
    connectLog: async () => log.broker.connect('werkbedrijf'),
    registry: log.registry,
    metrics: createMetrics({ ofProcess: false }),
    readiness,
    logger: silentLogger,
    clock: systemClock,
    random: Math.random,
    fail: (error) => expect.unreachable(String(error)),
  });
  const client = clientKey(1);
  const make = new EventMaker();
  await log.publish([
    make.assigned({ clientKey: client, arbeidsmarktregio, demarcationHash: contentHash }),
  ]);
  const reason = `demarcation: waiting for ${contentHash}`;
  await until('it says what it waits for', () => readiness.reasons().includes(reason));

  expect(await publish(log, document)).toBe(contentHash);
  const ask = () => fetch(`${division.doors.http}/clients/${client}`);
  await until('the client is known', async () => (await ask()).ok);
  expect(await (await ask()).json()).toMatchObject({
    team: 'utrecht-1',
    smzOffice: 'utrecht',
    werkbedrijf: { office, rayon, arbeidsmarktregio },
  });
  expect(readiness.reasons()).toEqual([]);
  await division.stop();
});

test('a division that waits for a demarcation can be stopped', async () => {
  const log = await createTestLog();
  const readiness = createReadiness();
  const failures: unknown[] = [];
  const division = await startDivision({
    division: 'werkbedrijf',
    config: { door: { host: '127.0.0.1', port: 0 }, dataDirectory: undefined },
    connectLog: async () => log.broker.connect('werkbedrijf'),
    registry: log.registry,
    metrics: createMetrics({ ofProcess: false }),
    readiness,
    logger: silentLogger,
    clock: systemClock,
    random: Math.random,
    fail: (error) => void failures.push(error),
  });
  await log.publish([new EventMaker().assigned({ clientKey: clientKey(1) })]);
  await until('it waits', () => readiness.reasons().length === 1);
  await division.stop();
  expect(failures).toEqual([]);
});
