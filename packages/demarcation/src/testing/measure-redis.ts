/**
 * Measures forms in which the directory could stand in Redis, at full size, on a Redis of its own:
 * `node packages/demarcation/src/testing/measure-redis.ts`. The README has the figures.
 */
import { Redis } from 'ioredis';
import { startStack } from '@smc/infra';
import { must, type ContentHash } from '@smc/domain';
import { connectRedisPostcodeDirectory } from '../redis-postcode-directory.ts';
import { tableHashOfTable } from '../slice-demarcation.ts';
import { areasOf, sliceTable } from '../table-form.ts';
import { exampleTable } from './tables.ts';

const EXCEPTIONS = 460_000;
const FIELDS_PER_COMMAND = 5_000;

await using stack = await startStack({ parts: ['redis'], report: () => {} });
const url = must(stack.redisUrl, 'Redis was asked for');
const redis = new Redis(url);
const table = exampleTable({ exceptions: EXCEPTIONS });
const key = { contentHash: '1'.repeat(64) as ContentHash, tableHash: tableHashOfTable(table) };

const parts = sliceTable(table);

const directory = connectRedisPostcodeDirectory(url);
await measure('a field per four digits (chosen)', {
  load: () => directory.load(key, table),
  read: async () => {
    const read = await directory.read(key);
    if (typeof read === 'string') throw new Error(read);
  },
});
await measure('a field per postcode', { load: loadFlat, read: readFlat });
await measure('the parts as they are published', { load: loadParts, read: readParts });
await directory.close();
redis.disconnect();

async function measure(
  name: string,
  form: { readonly load: () => Promise<void>; readonly read: () => Promise<void> },
): Promise<void> {
  await redis.flushall();
  const before = await usedMb();
  const loadMs = await timed(form.load);
  const memoryMb = (await usedMb()) - before;
  const readMs = await timed(form.read);
  const figures = `load ${loadMs} ms, read ${readMs} ms, memory ${memoryMb.toFixed(1)} MB`;
  process.stdout.write(`${name}: ${figures}\n`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    await work();
    times.push(Math.round(performance.now() - start));
  }
  return times.sort((a, b) => a - b)[2] ?? 0;
}

async function usedMb(): Promise<number> {
  const info = await redis.info('memory');
  return Number(/used_memory:(\d+)/.exec(info)?.[1]) / 2 ** 20;
}

async function loadFlat(): Promise<void> {
  const areas = areasOf(table);
  for (let i = 0; i < table.length; i += FIELDS_PER_COMMAND) {
    const fields = table
      .slice(i, i + FIELDS_PER_COMMAND)
      .map(({ postcode, area }) => [postcode, areas.indexOf(area)] as const);
    await redis.hset('flat', new Map(fields));
  }
}

async function readFlat(): Promise<void> {
  const fields = new Map<string, string>();
  let cursor = '0';
  do {
    const [next, flat] = await redis.hscan('flat', cursor, 'COUNT', FIELDS_PER_COMMAND);
    for (let i = 0; i < flat.length; i += 2) fields.set(flat[i] ?? '', flat[i + 1] ?? '');
    cursor = next;
  } while (cursor !== '0');
  if (fields.size !== table.length) throw new Error('not all was read');
  [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function loadParts(): Promise<void> {
  for (const [i, body] of parts.entries()) await redis.set(`part:${i}`, body);
}

async function readParts(): Promise<void> {
  for (let i = 0; i < parts.length; i++) JSON.parse((await redis.get(`part:${i}`)) ?? '');
}
