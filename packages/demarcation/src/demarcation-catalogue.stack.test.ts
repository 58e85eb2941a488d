import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTopics, loadTopics, startStack, type Stack } from '@smc/infra';
import { must } from '@smc/domain';
import { connectRegistry, openCodec, registerSchemas } from '@smc/events';
import { connectKafkaLog } from '@smc/log';
import { silentLogger } from '@smc/runtime';
import { DemarcationCatalogue } from './demarcation-catalogue.ts';
import { connectRedisPostcodeDirectory } from './redis-postcode-directory.ts';
import { publishDemarcation, PUBLISH_TYPES } from './publish-demarcation.ts';
import { readDemarcation } from './read-demarcation.ts';
import { tableHashOfTable } from './slice-demarcation.ts';
import { smallFolder } from './testing/small-folder.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ brokers: 1, report: () => {} });
  await createTopics(stack.bootstrapServers.split(','), loadTopics({ replicationFactor: 1 }));
});
afterAll(() => stack.stop({ fast: true }));

test('on the real parts: published once, followed, shared through Redis, and whole after an outage', async () => {
  await using folder = await smallFolder();
  const read = await readDemarcation(folder.path);
  if (!read.ok) throw new Error('the small document is valid');
  const document = read.value;
  const registry = connectRegistry({ url: must(stack.registryUrl, 'a registry was asked for') });
  await registerSchemas(registry);
  const codec = await openCodec({ registry, types: PUBLISH_TYPES });
  const log = await connectKafkaLog({
    brokers: stack.bootstrapServers.split(','),
    clientId: 'test',
  });
  const directory = connectRedisPostcodeDirectory(must(stack.redisUrl, 'Redis was asked for'));
  const [reader, publisher] = [await log.openReader(), await log.openPublisher()];
  const publish = () =>
    publishDemarcation({
      publisher,
      reader,
      codec,
      document,
      activatedBy: 'beheer',
      clock: { nowMs: () => Date.now() },
      commandPartitions: 4,
    });
  const open = () =>
    new DemarcationCatalogue({
      openReader: () => log.openReader(),
      codec,
      directory,
      logger: silentLogger,
      random: () => 0,
      fail: (error) => {
        throw error;
      },
    });

  const published = await publish();
  const again = await publish();

  if (!published.ok) throw new Error('nothing else stands there');
  const { contentHash } = published.value;
  expect(published.value.activatedPartitions).toEqual([0, 1, 2, 3]);
  expect(again).toMatchObject({ value: { published: false, activatedPartitions: [] } });
  const first = open();
  expect((await first.waitFor(contentHash, AbortSignal.timeout(20_000))).teams.size).toBe(5);
  const key = { contentHash, tableHash: tableHashOfTable(document.postcodes) };
  await expect.poll(() => directory.read(key), { timeout: 10_000 }).toEqual(document.postcodes);
  await first.close();

  await stack.kill('redis', 'SIGKILL');
  const second = open();
  const demarcation = await second.waitFor(contentHash, AbortSignal.timeout(20_000));
  expect(demarcation.contentHash).toBe(contentHash);
  await second.close();
  await directory.close();
  await log.close();
});
