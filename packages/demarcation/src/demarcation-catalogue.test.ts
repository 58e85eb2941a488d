import { afterEach, expect, test } from 'vitest';
import type { ContentHash } from '@smc/domain';
import { createMemoryRegistry, openCodec, registerSchemas } from '@smc/events';
import { createMemoryBroker, NO_HEADERS } from '@smc/log';
import { silentLogger } from '@smc/runtime';
import { contentHashOf, sha256 } from './content-hash.ts';
import { DemarcationCatalogue } from './demarcation-catalogue.ts';
import type { DemarcationDocument } from './document.ts';
import { createMemoryPostcodeDirectory } from './memory-postcode-directory.ts';
import { DirectoryFault, type PostcodeDirectory } from './postcode-directory.ts';
import { publishDemarcation, PUBLISH_TYPES, type PublishOptions } from './publish-demarcation.ts';
import { readDemarcation } from './read-demarcation.ts';
import { sliceDemarcation, tableHashOfTable } from './slice-demarcation.ts';
import { ORGANISATION, smallFolder } from './testing/small-folder.ts';
import { exampleTable } from './testing/tables.ts';

const PARTITIONS = 4;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function documentOf(version = '2026-01', months = 6): Promise<DemarcationDocument> {
  const organisation = ORGANISATION.replace('2026-01\n', `${version}\n`).replace(
    'journeyEndMonths: 6',
    `journeyEndMonths: ${months}`,
  );
  await using folder = await smallFolder({ 'demarcation.yaml': organisation });
  const read = await readDemarcation(folder.path);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

async function setting() {
  const broker = createMemoryBroker({
    topics: [
      { name: 'smc.demarcations', partitions: 1, compact: true },
      { name: 'smc.commands', partitions: PARTITIONS },
    ],
  });
  const log = broker.connect('test');
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  const codec = await openCodec({ registry, types: PUBLISH_TYPES });
  const [reader, publisher] = [await log.openReader(), await log.openPublisher()];
  let nowMs = Date.UTC(2026, 0, 1);
  const publish = (document: DemarcationDocument, options: Partial<PublishOptions> = {}) =>
    publishDemarcation({
      publisher,
      reader,
      codec,
      document,
      activatedBy: 'beheer',
      clock: { nowMs: () => nowMs++ },
      commandPartitions: PARTITIONS,
      ...options,
    });
  const catalogue = (directory?: PostcodeDirectory) => {
    const opened = new DemarcationCatalogue({
      openReader: () => log.openReader(),
      codec,
      ...(directory === undefined ? {} : { directory }),
      logger: silentLogger,
      random: () => 0,
      fail: (error) => {
        throw error;
      },
    });
    closers.push(() => opened.close());
    return opened;
  };
  const counts = async () => {
    const ends = [{ topic: 'smc.demarcations', partition: 0 }].concat(
      Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: 'smc.commands', partition })),
    );
    return Promise.all(ends.map(async (of) => (await reader.range(of)).end));
  };
  closers.push(() => log.close());
  const put = (key: string, value: Buffer) =>
    publisher.publish([
      {
        topic: 'smc.demarcations',
        partition: 0,
        key: Buffer.from(key),
        value,
        headers: NO_HEADERS,
      },
    ]);
  return { broker, codec, put, publish, catalogue, counts };
}

const PUBLISHED = { publishedAtMs: Date.UTC(2026, 0, 1), publishedBy: 'beheer' };
const never = new AbortController().signal;
const hashOf = (document: DemarcationDocument) =>
  sliceDemarcation(document).manifest.contentHash as ContentHash;

test('what is published is found, and each partition is told once', async () => {
  const { publish, catalogue, counts } = await setting();
  const document = await documentOf();

  const published = await publish(document);

  expect(published).toMatchObject({
    ok: true,
    value: { version: '2026-01', published: true, activatedPartitions: [0, 1, 2, 3] },
  });
  expect(await counts()).toEqual([6, 1, 1, 1, 1]);
  const versions = catalogue();
  const demarcation = await versions.waitFor(hashOf(document), never);
  expect(demarcation.teams.size).toBe(5);
  expect(versions.get(hashOf(document))).toBe(demarcation);
  expect(await versions.organisationOf(hashOf(document), never)).toEqual(document.organisation);
  expect(versions.list()).toMatchObject([{ version: '2026-01', missingParts: [] }]);
});

test('publishing the same again writes nothing; activating again is done when asked', async () => {
  const { publish, counts } = await setting();
  const document = await documentOf();
  await publish(document);

  const again = await publish(document);

  expect(again).toMatchObject({ value: { published: false, activatedPartitions: [] } });
  expect(await counts()).toEqual([6, 1, 1, 1, 1]);
  await publish(document, { activate: 'again' });
  expect(await counts()).toEqual([6, 2, 2, 2, 2]);
});

test('another content under the same version is refused and changes nothing', async () => {
  const { publish, counts } = await setting();
  const first = await documentOf();
  await publish(first);

  const other = await publish(await documentOf('2026-01', 7));

  expect(other).toEqual({
    ok: false,
    refusal: { code: 'VERSION_HAS_OTHER_CONTENT', contentHash: hashOf(first) },
  });
  expect(await counts()).toEqual([6, 1, 1, 1, 1]);
});

test('wherever publishing breaks off, doing it again completes it without a double', async () => {
  const document = await documentOf();
  for (let failing = 0; failing < 7; failing++) {
    const { broker, publish, counts } = await setting();
    let calls = 0;
    const breaking = {
      publish: (records: Parameters<PublishOptions['publisher']['publish']>[0]) => {
        if (calls++ === failing) broker.fail({ operation: 'publish' });
        return publisherOf(broker).then((publisher) => publisher.publish(records));
      },
      close: async () => {},
    };
    await expect(publish(document, { publisher: breaking })).rejects.toThrow();
    const again = await publish(document);
    expect(again.ok, `after call ${failing}`).toBe(true);
    expect(await counts(), `after call ${failing}`).toEqual([6, 1, 1, 1, 1]);
  }
});

const publisherOf = (broker: ReturnType<typeof createMemoryBroker>) =>
  broker.connect('breaking').openPublisher();

test('a version is not there until its last part is, and damaged records are passed over', async () => {
  const { put, codec, publish, catalogue } = await setting();
  const document = await documentOf();
  const { manifest, parts } = sliceDemarcation(document);
  const [first, ...others] = parts;
  if (first === undefined) throw new TypeError('there are parts');
  await put('rubbish', Buffer.from('rubbish'));
  await put('damaged', codec.encode({ ...first, body: Buffer.from('{}') }));
  for (const part of others) await put(part.name, codec.encode(part));
  await put('manifest', codec.encode({ type: 'DemarcationManifest', ...manifest, ...PUBLISHED }));
  const versions = catalogue();
  await expect.poll(() => versions.list()).toMatchObject([{ missingParts: ['organisation'] }]);
  expect(versions.get(hashOf(document))).toBeUndefined();
  const patience = new AbortController();
  const waiting = versions.waitFor(hashOf(document), patience.signal);
  patience.abort(new Error('no longer wanted'));
  await expect(waiting).rejects.toThrow('no longer wanted');

  const later = versions.waitFor(hashOf(document), never);
  expect((await publish(document)).ok).toBe(true);

  expect((await later).version).toBe('2026-01');
});

test('a whole version whose content makes no sense is never used, and says why', async () => {
  const { put, codec, catalogue } = await setting();
  const { manifest, parts } = sliceDemarcation(await documentOf());
  const body = Buffer.from('{"version":"2026-01"}');
  const reference = { name: 'organisation', sha256: sha256(body), bytes: body.length };
  const references = [reference, ...manifest.parts.slice(1)];
  const contentHash = contentHashOf(references);
  const organisation = { type: 'DemarcationPart', version: '2026-01', ...reference, body } as const;
  for (const part of [organisation, ...parts.slice(1)]) await put(part.name, codec.encode(part));
  const about = { ...manifest, ...PUBLISHED, contentHash, parts: references };
  await put('manifest', codec.encode({ type: 'DemarcationManifest', ...about }));
  const versions = catalogue();
  const patience = new AbortController();
  const waiting = versions.waitFor(contentHash, patience.signal);

  await expect
    .poll(() => versions.list()[0]?.flaw, { timeout: 5_000 })
    .toMatch(/organisation:1:1 : expected the field effectiveFrom/);

  expect(versions.get(contentHash)).toBeUndefined();
  patience.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

test('a catalogue that starts during an outage of the log goes on when it is over', async () => {
  const { broker, publish, catalogue } = await setting();
  const document = await documentOf();
  await publish(document);
  const end = broker.outage();
  const waiting = catalogue().waitFor(hashOf(document), never);
  end();

  expect((await waiting).version).toBe('2026-01');
});

test('the table comes from the directory when it is right there, and is put there when not', async () => {
  const { publish, catalogue } = await setting();
  const document = await documentOf();
  await publish(document);
  const directory = createMemoryPostcodeDirectory();
  const key = { contentHash: hashOf(document), tableHash: tableHashOfTable(document.postcodes) };
  for (const wrong of [undefined, exampleTable({ exceptions: 10 })]) {
    if (wrong !== undefined) await directory.load(key, wrong);

    const demarcation = await catalogue(directory).waitFor(key.contentHash, never);

    expect(demarcation.areas.lookUp('9011AB' as never)?.area.office).toBe('dom');
    await expect.poll(() => directory.read(key)).toEqual(document.postcodes);
  }
  const right = await catalogue(directory).waitFor(key.contentHash, never);
  expect(right.areas.lookUp('9011AB' as never)?.area.office).toBe('dom');
});

test('a directory that is away does not hold up anything', async () => {
  const { publish, catalogue } = await setting();
  const document = await documentOf();
  await publish(document);
  const away = () => Promise.reject(new DirectoryFault('UNAVAILABLE', 'away'));
  const directory = { load: away, read: away, lookUp: away, close: async () => {} };

  const demarcation = await catalogue(directory).waitFor(hashOf(document), never);

  expect(demarcation.areas.lookUp('9011AB' as never)?.exception).toBe(true);
});

test('a version asked for by several callers at once is assembled once', async () => {
  const { publish, catalogue } = await setting();
  const document = await documentOf();
  const versions = catalogue();
  const waiting = [1, 2, 3].map(() => versions.waitFor(hashOf(document), never));

  await publish(document);

  const found = await Promise.all(waiting);
  expect(new Set(found).size).toBe(1);
});

test('closing ends every wait', async () => {
  const { catalogue } = await setting();
  const versions = catalogue();
  const waiting = versions.waitFor('0'.repeat(64) as ContentHash, never);

  await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'CLOSED' }), versions.close()]);
});
