import { afterEach, expect, test } from 'vitest';
import { DEMARCATION_KEY, TOPICS } from '@smc/domain';
import { readDemarcation } from '@smc/demarcation';
import { createMemoryRegistry, openCodec, registerSchemas, WIRE_TYPES } from '@smc/events';
import { EXAMPLE_FOLDER } from '@smc/example';
import { createMemoryBroker, NO_HEADERS, type TxnLog } from '@smc/log';
import { readJournal } from './demarcation-journal.ts';
import { publishFolder } from './demarcation.ts';

let log: TxnLog | undefined;
afterEach(() => log?.close());

test('the journal says who activated what, by which decision, and from where on it decides', async () => {
  const broker = createMemoryBroker({
    topics: [
      { name: TOPICS.demarcations, partitions: 1, compact: true },
      { name: TOPICS.commands, partitions: 2 },
      { name: TOPICS.commandAnswers, partitions: 2 },
    ],
  });
  const opened = broker.connect('operator');
  log = opened;
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  const codec = await openCodec({ registry, types: WIRE_TYPES });
  const connections = { log: () => Promise.resolve(opened), codec: () => Promise.resolve(codec) };

  expect(await readJournal(opened, codec)).toEqual([]);
  await publishFolder(connections, EXAMPLE_FOLDER['2026-01']);
  await publishFolder(connections, EXAMPLE_FOLDER['2026-07']);
  const publisher = await opened.openPublisher();
  const value = codec.encode({
    type: 'CommandAnswered',
    source: { topic: TOPICS.commands, partition: 1, offset: 0 },
    command: 'DemarcationActivated',
    intakeNext: 42,
    outcome: 'taken',
    reason: '',
  });
  const key = Buffer.from(DEMARCATION_KEY);
  const place = { topic: TOPICS.commandAnswers, partition: 1 };
  await publisher.publish([{ ...place, key, value, headers: NO_HEADERS }]);
  await publisher.close();

  const document = await readDemarcation(EXAMPLE_FOLDER['2026-01']);
  const decision = document.ok ? document.value.organisation.decisionReference : undefined;
  expect(await readJournal(opened, codec)).toMatchObject([
    {
      version: '2026-01',
      effectiveFrom: '2026-01-01',
      decisionReference: decision,
      activatedBy: expect.stringMatching(/^local:/),
      partitions: [
        { partition: 0, offset: 0, intakeNext: undefined },
        { partition: 1, offset: 0, intakeNext: 42 },
      ],
    },
    { version: '2026-07', partitions: [{ offset: 1 }, { offset: 1, intakeNext: undefined }] },
  ]);
});
