import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { MemoryBroker } from '@smc/log';
import { silentLogger } from '@smc/runtime';
import { expect, test } from 'vitest';
import { importFile, LINE_BYTES_MAX, REJECTIONS_MAX, type ImportOptions } from './import-file.ts';
import { openIntakeWriter } from './intake-writer.ts';
import {
  BSN,
  CASE,
  CLOCK,
  CLOSURE,
  memoryBroker,
  memoryRegistry,
  MOVE,
  PARSER,
  STATUS,
  storedEvents,
} from './testing/fixtures.ts';

async function importing(
  broker: MemoryBroker,
  content: string | Buffer,
  change: Partial<ImportOptions> = {},
) {
  const bytes = Buffer.from(content);
  async function* stream() {
    for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
  }
  const log = broker.connect('import');
  return importFile({
    source: { stream: stream() },
    parser: PARSER,
    writer: await openIntakeWriter({ log, registry: await memoryRegistry() }),
    clock: CLOCK,
    random: Math.random,
    logger: silentLogger,
    signal: new AbortController().signal,
    ...change,
  });
}

const ndjson = (...objects: readonly object[]) =>
  objects.map((it) => JSON.stringify(it)).join('\n');
const { eventId: _, ...ANONYMOUS } = CASE;

test('every kind of event is imported in the order of the file, plain or packed', async () => {
  const content = ndjson(
    CASE,
    { type: 'CaseRegistered', ...CASE, eventId: 'e-9', caseId: 'c-9' },
    { type: 'ClientMoved', ...MOVE },
    { type: 'ClientStatusChanged', ...STATUS },
    { type: 'CaseClosed', ...CLOSURE, caseId: 'c-1' },
  );
  for (const bytes of [Buffer.from(content), gzipSync(content)]) {
    const broker = memoryBroker();
    const report = await importing(broker, bytes);

    expect(report).toMatchObject({ accepted: 5, rejected: 0, bytes: bytes.length });
    expect(report.stopped).toBeUndefined();
    expect((await storedEvents(broker)).map(({ event }) => event.eventId)).toEqual([
      'e-1',
      'e-9',
      'e-3',
      'e-4',
      'e-2',
    ]);
  }
});

test('rejected lines are named with field and reason, without what they say, and the rest goes in', async () => {
  const broker = memoryBroker();
  const rejectsPath = join(await mkdtemp(join(tmpdir(), 'smc import ')), 'rejects.ndjson');
  const content = Buffer.concat([
    Buffer.from(`${ndjson(CASE, { ...CASE, bsn: '123456789', law: BSN })}\n\n{"bsn":"${BSN}"\n`),
    Buffer.from([0xff, 0x0a]),
    Buffer.from(`${JSON.stringify({ ...CASE, dossierRef: 'x'.repeat(LINE_BYTES_MAX) })}\n`),
    Buffer.from(`${ndjson({ type: 'Other', ...CASE }, { ...ANONYMOUS, caseId: 'c-2' })}`),
  ]);
  const report = await importing(broker, content, { rejectsPath });

  expect(report).toMatchObject({ accepted: 2, rejected: 5 });
  expect(report.rejections.map(({ line, field }) => [line, field])).toEqual([
    [2, 'bsn'],
    [2, 'law'],
    [4, ''],
    [5, ''],
    [6, ''],
    [7, 'type'],
  ]);
  const written = await readFile(rejectsPath, 'utf8');
  expect(
    written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(report.rejections);
  expect(written).not.toContain(BSN);
  expect(await storedEvents(broker)).toHaveLength(2);
});

test('a second import of a file gives the same event ids, with and without ids on its lines', async () => {
  const broker = memoryBroker();
  const content = ndjson(CASE, { ...ANONYMOUS, caseId: 'c-2' }, { ...ANONYMOUS, caseId: 'c-3' });
  await importing(broker, content);
  await importing(broker, content, { clock: { nowMs: () => CLOCK.nowMs() + 86_400_000 } });

  const ids = (await storedEvents(broker)).map(({ event }) => event.eventId);
  expect(ids).toHaveLength(6);
  expect(ids.slice(0, 3)).toEqual(ids.slice(3));
  expect(new Set(ids).size).toBe(3);
});

test('a file of nothing but bad lines keeps a bounded list', async () => {
  const report = await importing(memoryBroker(), 'x\n'.repeat(REJECTIONS_MAX + 500));

  expect(report.rejected).toBe(REJECTIONS_MAX + 500);
  expect(report.rejections).toHaveLength(REJECTIONS_MAX);
});

test('a log that is away for a moment is waited for', async () => {
  const broker = memoryBroker();
  broker.fail({ operation: 'publish' }, { times: 2 });
  const report = await importing(broker, ndjson(CASE));

  expect(report.accepted).toBe(1);
  expect(await storedEvents(broker)).toHaveLength(1);
});

test('a log that refuses for good ends the import with its fault', async () => {
  const broker = memoryBroker();
  broker.fail({ operation: 'publish' }, { code: 'NOT_AUTHORISED' });

  await expect(importing(broker, ndjson(CASE))).rejects.toMatchObject({ code: 'NOT_AUTHORISED' });
});

test('a packed file that breaks off and a file that is not there are said to be so', async () => {
  const broker = memoryBroker();
  const lines = Array.from({ length: 2_000 }, (_, i) => ({ ...CASE, eventId: `e-${i}` }));
  const packed = gzipSync(ndjson(...lines));
  const damaged = await importing(broker, packed.subarray(0, packed.length - 200));
  expect(damaged.stopped).toBe('FILE_DAMAGED');
  expect(await storedEvents(broker)).toHaveLength(damaged.accepted);

  const absent = await importing(broker, '', { source: { path: join(tmpdir(), 'no such file') } });
  expect(absent.stopped).toBe('FILE_UNREADABLE');
});

test('being told to stop ends the import with what was accepted stored', async () => {
  const broker = memoryBroker();
  const folder = await mkdtemp(join(tmpdir(), 'smc import '));
  const path = join(folder, 'cases.ndjson');
  const lines = Array.from({ length: 5_000 }, (_, i) => ({ ...CASE, eventId: `e-${i}` }));
  await writeFile(path, ndjson(...lines));
  const stopping = new AbortController();
  const report = await importing(broker, '', {
    source: { path },
    signal: stopping.signal,
    onProgress: () => stopping.abort(),
  });

  expect(report.stopped).toBe('INTERRUPTED');
  expect(report.accepted).toBeLessThan(5_000);
  expect(await storedEvents(broker)).toHaveLength(report.accepted);
});

test('a log that stands still stops the reading of the file: memory holds two batches', async () => {
  const broker = memoryBroker();
  const hold = broker.hold({ operation: 'publish', stage: 'before' });
  const lines = 100;
  let chunks = 0;
  const stopping = new AbortController();
  async function* endless() {
    for (;;) {
      const ids = Array.from({ length: lines }, (_, i) => ({
        ...CASE,
        eventId: `e-${chunks}-${i}`,
      }));
      chunks++;
      yield Buffer.from(`${ndjson(...ids)}\n`);
    }
  }
  const done = importing(broker, '', { source: { stream: endless() }, signal: stopping.signal });
  await hold.reached;
  await expect.poll(() => chunks).toBeGreaterThanOrEqual(20);
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(chunks).toBeLessThanOrEqual(22);

  stopping.abort();
  hold.release();
  expect((await done).stopped).toBe('INTERRUPTED');
});
