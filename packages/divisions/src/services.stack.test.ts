import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  DIVISIONS,
  must,
  partitionOf,
  TOPICS,
  type CaseAssigned,
  type ContentHash,
  type Division,
} from '@smc/domain';
import { publishDemarcation, PUBLISH_TYPES, readDemarcation } from '@smc/demarcation';
import { connectRegistry, openCodec, registerSchemas, type Codec } from '@smc/events';
import { EXAMPLE_FOLDER } from '@smc/example';
import { createTopics, loadTopics, startStack, type Stack } from '@smc/infra';
import {
  connectKafkaLog,
  NO_HEADERS,
  type OutgoingRecord,
  type TxnLog,
  type TxnProducer,
} from '@smc/log';
import { systemClock } from '@smc/runtime';
import { ASSIGNMENT_TYPES } from '@smc/subscriber';
import { clientKey, EventMaker, id, until } from '@smc/subscriber/testing';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const PARTITIONS = 4;
const TYPES = [...ASSIGNMENT_TYPES, 'Acknowledgement', ...PUBLISH_TYPES] as const;
const folder = mkdtempSync(path.join(tmpdir(), 'smc-division-services-'));

let stack: Stack;
let log: TxnLog;
let codec: Codec;
let demarcationHash: ContentHash;
const processes = new Map<Division, Service>();

beforeAll(async () => {
  stack = await startStack({ parts: ['kafka', 'registry'], report: () => {} });
  await createTopics(stack.brokers, loadTopics());
  const registry = connectRegistry({ url: must(stack.registryUrl, 'it was asked for') });
  await registerSchemas(registry);
  log = await connectKafkaLog({ brokers: stack.brokers, clientId: 'test' });
  codec = await openCodec({ registry, types: TYPES });
  demarcationHash = await publishExample();
});

afterAll(async () => {
  for (const { child } of processes.values()) child.kill('SIGKILL');
  await log.close();
  await stack.stop({ fast: true });
  rmSync(folder, { recursive: true });
});

async function publishExample(): Promise<ContentHash> {
  const document = await readDemarcation(EXAMPLE_FOLDER['2026-07']);
  if (!document.ok) throw new Error('the example has no problems');
  const published = await publishDemarcation({
    publisher: await log.openPublisher(),
    reader: await log.openReader(),
    codec,
    document: document.value,
    activatedBy: 'a test',
    clock: systemClock,
    commandPartitions: PARTITIONS,
    activate: 'not',
  });
  if (!published.ok) throw new Error('the example can be published');
  return published.value.contentHash;
}

type Service = { readonly child: ChildProcess; readonly http: string; readonly health: string };

async function start(division: Division): Promise<void> {
  const main = path.join(ROOT, 'services', division, 'src', 'main.ts');
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      SMC_KAFKA_BROKERS: stack.brokers.join(','),
      SMC_REGISTRY_URL: stack.registryUrl,
      SMC_DATA_DIRECTORY: folder,
      SMC_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(must(child.stdout, 'it is a pipe'), 'data');
  processes.set(division, { child, ...JSON.parse(String(line)) });
}

async function stop(division: Division, signal: 'SIGTERM' | 'SIGKILL'): Promise<unknown> {
  const { child } = must(processes.get(division), 'it was started');
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = await ended;
  return code;
}

/** Writes as the router does: one transaction per partition. */
async function write(
  tasks: readonly TxnProducer[],
  events: readonly CaseAssigned[],
): Promise<void> {
  await Promise.all(
    tasks.map((task, partition) => {
      const records = events.filter((it) => partitionOf(it.clientKey, PARTITIONS) === partition);
      return task.run(
        records.map((event): OutgoingRecord => ({
          topic: TOPICS.assignments,
          partition,
          key: Buffer.from(event.clientKey),
          value: codec.encode(event),
          headers: NO_HEADERS,
        })),
      );
    }),
  );
}

/** What each division acknowledged last of each client, as `SEQUENCE TEAM`. */
async function acknowledged(): Promise<ReadonlyMap<string, string>> {
  const newest = new Map<string, string>();
  const reader = await log.openReader();
  const topic = TOPICS.acknowledgements;
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const { start: first, end } = await reader.range({ topic, partition });
    for (let offset = first; offset < end;) {
      const slices = await reader.fetch([{ topic, partition, offset, maxBytes: 1_000_000 }], {
        maxWaitMs: 100,
      });
      for (const { value } of slices.flatMap(({ records }) => records)) {
        const decoded = codec.decode(value, ['Acknowledgement']);
        if (decoded.ok !== true) throw new Error('an acknowledgement can be read');
        const { division, clientKey: client, clientSequence, team } = decoded.value;
        newest.set(`${division} ${client}`, `${clientSequence} ${team}`);
      }
      offset = slices[0]?.nextOffset ?? offset;
    }
  }
  await reader.close();
  return newest;
}

test('five divisions take every event in once, also one that is killed, and agree on every team', async () => {
  await Promise.all(DIVISIONS.map(start));
  const make = new EventMaker();
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const options = { transactionTimeoutMs: 10_000 };
  const tasks = await Promise.all(partitions.map((it) => log.openTask(`test-${it}`, options)));

  const [rounds, clients] = [20, 100];
  for (let round = 1; round <= rounds; round++) {
    const events = Array.from({ length: clients }, (_, n) =>
      make.assigned({ clientKey: clientKey(n), team: id(`team-${round}`), demarcationHash }),
    );
    await write(tasks, events);
    if (round === rounds / 2) {
      await stop('uitkeren', 'SIGKILL');
      await start('uitkeren');
    }
  }

  const all = Array.from({ length: clients }, (_, n) => clientKey(n));
  const expected = new Map(
    DIVISIONS.flatMap((division) => {
      return all.map((it) => [`${division} ${it}`, `${rounds} team-${rounds}`] as const);
    }),
  );
  await until('all have acknowledged all', async () => {
    const found = await acknowledged();
    return [...expected].every(([key, value]) => found.get(key) === value);
  });
  expect(await acknowledged()).toEqual(expected);

  for (const [division, { http, health }] of processes) {
    const answer = await (await fetch(`${http}/clients/${clientKey(1)}`)).json();
    expect(answer, division).toMatchObject({ clientSequence: rounds, team: `team-${rounds}` });
    expect((await fetch(`${health}/health/ready`)).status, division).toBe(200);
  }
  for (const division of DIVISIONS) {
    expect(await stop(division, 'SIGTERM'), division).toBe(0);
    const database = new DatabaseSync(path.join(folder, `${division}.sqlite`));
    const one = (sql: string) => database.prepare(sql).get();
    expect(one('SELECT sum(sequence) AS events FROM client')).toEqual({ events: rounds * clients });
    expect(one('SELECT count(*) AS gaps FROM gap')).toEqual({ gaps: 0 });
    expect(one('SELECT count(*) AS bad FROM bad_record')).toEqual({ bad: 0 });
    expect(one('SELECT count(*) AS unsent FROM outbox')).toEqual({ unsent: 0 });
    database.close();
  }
});
