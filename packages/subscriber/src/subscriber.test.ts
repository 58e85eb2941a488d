import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import fc from 'fast-check';
import type { DatabaseSync } from 'node:sqlite';
import { TOPICS, type AssignmentEvent, type ClientKey } from '@smc/domain';
import { createMemoryBroker, decodeHeaders, encodeHeaders, NO_HEADERS } from '@smc/log';
import { LocalStore, type BadRecord, type Gap } from './local-store.ts';
import type { Handler } from './handler.ts';
import { openLocalDatabase } from './local-database.ts';
import { startSubscriber, type Subscriber, type SubscriberOptions } from './subscriber.ts';
import { clientKey, createTestLog, EventMaker, id, until, type TestLog } from './testing/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smc-subscriber-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => path.join(folder, `${files++}.sqlite`);

/** Writes each event down once; a second time would break the primary key and stop it. */
const recording = (beforeEach: (event: AssignmentEvent) => void = () => {}): Handler => ({
  version: 1,
  tables: `CREATE TABLE IF NOT EXISTS effect (
    client_key TEXT, sequence INTEGER, event_id TEXT, PRIMARY KEY (client_key, sequence)) STRICT;`,
  prepare(database) {
    const insert = database.prepare('INSERT INTO effect VALUES (?, ?, ?)');
    return (event) => {
      beforeEach(event);
      insert.run(event.clientKey, event.clientSequence, event.eventId);
    };
  },
});

type Life = {
  readonly subscriber: Subscriber;
  readonly store: LocalStore;
  readonly database: DatabaseSync;
  readonly seen: Seen;
};
type Seen = { gaps: Gap[]; bad: BadRecord[]; outages: number; duplicates: number };

function live(log: TestLog, options: Partial<SubscriberOptions> & { file?: string } = {}): Life {
  const seen: Seen = { gaps: [], bad: [], outages: 0, duplicates: 0 };
  const database = openLocalDatabase(options.file ?? newFile());
  const { handler = recording() } = options;
  const store = new LocalStore(database, handler);
  const subscriber = startSubscriber({
    division: 'uitkeren',
    log: log.broker.connect('uitkeren'),
    codec: log.codec,
    handler,
    store,
    clock: { nowMs: () => 1_800_000_000_000 },
    random: () => 0.5,
    reports: {
      away: () => void seen.outages++,
      back: () => {},
      lost: () => {},
      tookIn: ({ duplicates }) => void (seen.duplicates += duplicates),
      gap: (gap) => void seen.gaps.push(gap),
      badRecord: (record) => void seen.bad.push(record),
      acknowledged: () => {},
    },
    ...options,
  });
  return { subscriber, store, database, seen };
}

async function end({ subscriber, database }: Life): Promise<void> {
  await subscriber.close();
  database.close();
}

const effects = (database: DatabaseSync) =>
  database
    .prepare('SELECT event_id FROM effect ORDER BY rowid')
    .all()
    .map((row) => row['event_id']);
const idsOf = (events: readonly AssignmentEvent[]) => events.map(({ eventId }) => eventId);
const tookAll = async ({ database, subscriber }: Life, count: number) =>
  until(`${count} events are applied and acknowledged`, () => {
    return effects(database).length === count && subscriber.status().outboxBatches === 0;
  });

test('takes a client over, event by event, and acknowledges the newest', async () => {
  const log = await createTestLog();
  const make = new EventMaker();
  const client = clientKey(1);
  const events = [
    make.parked({ clientKey: client }),
    make.assigned({ clientKey: client, team: id('utrecht-1') }),
    make.handedOver({ clientKey: client, team: id('utrecht-2') }),
    make.released({ clientKey: client, team: id('utrecht-2') }),
  ];
  await log.publish(events);
  const life = live(log);
  await tookAll(life, 4);

  expect(effects(life.database)).toEqual(idsOf(events));
  expect(life.store.client(client)).toEqual({ clientSequence: 4, team: 'utrecht-2' });
  expect(await log.acknowledgements()).toEqual([
    {
      type: 'Acknowledgement',
      division: 'uitkeren',
      clientKey: client,
      clientSequence: 4,
      team: 'utrecht-2',
      acknowledgedAtMs: 1_800_000_000_000,
    },
  ]);
  expect(life.subscriber.status()).toEqual({ lag: 0, ageMs: 0, outboxBatches: 0, away: undefined });
  await end(life);
});

test('an acknowledgement is a CloudEvent, and goes on with the trace of the event it answers', async () => {
  const log = await createTestLog();
  const [hop, origin] = ['b7ad6b7169203331', '00f067aa0ba902b7'].map(
    (span) => `00-4bf92f3577b34da6a3ce929d0e0e4736-${span}-01`,
  );
  const headers = encodeHeaders([
    ['traceparent', String(hop)],
    ['ce_traceparent', String(origin)],
  ]);
  const event = new EventMaker().assigned({ clientKey: clientKey(1) });
  await log.publish([event], { headers });
  const life = live(log);
  await tookAll(life, 1);
  const [record] = await log.acknowledgementRecords();
  const found = decodeHeaders(record?.headers ?? NO_HEADERS);
  if (typeof found === 'string') throw new Error(found);
  expect(found.get('ce_id')?.toString()).toBe(`uitkeren-${event.clientKey}-1`);
  expect(found.get('ce_traceparent')?.toString()).toBe(origin);
  expect(found.get('traceparent')?.toString()).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-/);
  expect(found.get('traceparent')?.toString()).not.toBe(hop);
  await end(life);
});

test('a client who is only parked is acknowledged without a team', async () => {
  const log = await createTestLog();
  const client = clientKey(1);
  await log.publish([new EventMaker().parked({ clientKey: client })]);
  const life = live(log);
  await tookAll(life, 1);
  expect(life.store.client(client)).toEqual({ clientSequence: 1, team: undefined });
  expect((await log.acknowledgements()).map(({ team }) => team)).toEqual([undefined]);
  await end(life);
});

test('an event that stands on the log twice has its effect once', async () => {
  const log = await createTestLog();
  const make = new EventMaker();
  const events = [1, 2, 1].map((n) => make.assigned({ clientKey: clientKey(n) }));
  await log.publish([...events, ...events]);
  const life = live(log);
  await tookAll(life, 3);
  await until('the repeats are counted', () => life.seen.duplicates === 3);
  expect(effects(life.database)).toHaveLength(3);
  await end(life);
});

test('a missing number is reported and kept, and the events after it are taken in', async () => {
  const log = await createTestLog(1);
  const make = new EventMaker();
  const client = clientKey(1);
  const [first, , third] = [1, 2, 3].map(() => make.assigned({ clientKey: client }));
  if (first === undefined || third === undefined) throw new Error('three were made');
  await log.publish([first, third]);
  const life = live(log);
  await tookAll(life, 2);
  const gap = { clientKey: client, expected: 2, found: 3, partition: 0, offset: 1 };
  expect(life.seen.gaps).toEqual([{ ...gap, topic: TOPICS.assignments }]);
  expect(life.database.prepare('SELECT client_key, expected, found FROM gap').all()).toMatchObject([
    { client_key: client, expected: 2, found: 3 },
  ]);
  await end(life);
});

test('a record that is no event is kept with its position and code, and passed over', async () => {
  const log = await createTestLog(1);
  await log.publishBytes(TOPICS.assignments, 0, Buffer.from('nonsense'));
  await log.publish([new EventMaker().assigned({ clientKey: clientKey(1) })]);
  const life = live(log);
  await tookAll(life, 1);
  expect(life.seen.bad).toMatchObject([{ partition: 0, offset: 0, code: 'NOT_FRAMED' }]);
  expect(
    life.database.prepare('SELECT partition, offset, code FROM bad_record').all(),
  ).toMatchObject([{ partition: 0, offset: 0, code: 'NOT_FRAMED' }]);
  await end(life);
});

test('an event under the key of another client is a bad record', async () => {
  const log = await createTestLog(1);
  const event = new EventMaker().assigned({ clientKey: clientKey(1) });
  await log.publishBytes(TOPICS.assignments, 0, log.codec.encode(event));
  const life = live(log);
  await until('it is seen', () => life.seen.bad.length === 1);
  expect(life.seen.bad).toMatchObject([{ code: 'KEY_MISMATCH' }]);
  await end(life);
});

test('it starts before the topics exist, and goes on when they do', async () => {
  const log = await createTestLog();
  const bare = createMemoryBroker();
  const life = live(log, { log: bare.connect('uitkeren') });
  await until('it says what it waits for', () => life.subscriber.status().away !== undefined);
  for (const name of [TOPICS.assignments, TOPICS.acknowledgements]) {
    bare.createTopic({ name, partitions: 1 });
  }
  await until('it reads', () => life.subscriber.status().away === undefined);
  await end(life);
});

test('while Kafka or the registry is away it waits, says why, and then goes on', async () => {
  const log = await createTestLog();
  const life = live(log, {
    codec: {
      ...log.codec,
      decode: (bytes, expected) => {
        const decoded = log.codec.decode(bytes, expected);
        return learned ? decoded : { ok: 'unlearned', schemaId: 1 };
      },
      learn: async () => {
        if (registryAway) throw Object.assign(new Error('registry away'), { retriable: true });
        learned = true;
        return 'learned';
      },
    },
  });
  let learned = false;
  let registryAway = true;
  const back = log.broker.outage('uitkeren');
  await log.publish([new EventMaker().assigned({ clientKey: clientKey(1) })]);
  await until('it notices', () => life.subscriber.status().away !== undefined);
  back();
  await until('it waits for the registry', () => life.subscriber.status().away === 'registry away');
  expect(effects(life.database)).toEqual([]);
  registryAway = false;
  await tookAll(life, 1);
  expect(life.subscriber.status().away).toBeUndefined();
  await end(life);
});

test('acknowledgements that can not be sent hold back further events, and are sent later', async () => {
  const log = await createTestLog(1);
  const make = new EventMaker();
  log.broker.fail({ operation: 'publish', clientId: 'uitkeren' }, { times: 1_000_000 });
  const life = live(log);
  const total = 80;
  for (let n = 1; n <= total; n++) {
    await log.publish([make.assigned({ clientKey: clientKey(n) })]);
    const expected = Math.min(n, 64);
    await until(
      `${expected} batches wait`,
      () => life.subscriber.status().outboxBatches >= expected,
    );
  }
  expect(effects(life.database).length).toBeLessThan(total);
  await end(life);
});

test('however many acknowledgements have piled up, they are sent in portions that the topic takes', async () => {
  const log = await createTestLog(1);
  const make = new EventMaker();
  const headers = encodeHeaders([['traceparent', `00-${'4b'.repeat(16)}-${'b7'.repeat(8)}-01`]]);
  const clients = 6_000;
  log.broker.fail({ operation: 'publish', clientId: 'uitkeren' }, { times: 5 });
  for (let n = 0; n < clients; n += 1_000) {
    const portion = Array.from({ length: 1_000 }, (_, i) => clientKey(n + i));
    await log.publish(
      portion.map((key) => make.assigned({ clientKey: key })),
      { headers },
    );
  }
  const life = live(log);
  await tookAll(life, clients);
  expect(await log.acknowledgements()).toHaveLength(clients);
  await end(life);
});

test('it can be closed while Kafka does not answer, and sends the rest when it lives again', async () => {
  const log = await createTestLog(1);
  const file = newFile();
  await log.publish([new EventMaker().assigned({ clientKey: clientKey(1) })]);
  const silence = log.broker.hold({ operation: 'publish', clientId: 'uitkeren' });
  const first = live(log, { file });
  await silence.reached;
  await end(first);
  silence.release();
  const second = live(log, { file });
  await tookAll(second, 1);
  expect((await log.acknowledgements()).length).toBeGreaterThanOrEqual(1);
  await end(second);
});

test('a handler that fails stops the subscriber, and nothing of its batch stays', async () => {
  const log = await createTestLog(1);
  const make = new EventMaker();
  await log.publish([1, 2, 3].map((n) => make.assigned({ clientKey: clientKey(n) })));
  const failing = recording((event) => {
    if (event.clientKey === clientKey(3)) throw new Error('can not handle it');
  });
  const file = newFile();
  const life = live(log, { handler: failing, file });
  await expect(life.subscriber.stopped).rejects.toThrow('can not handle it');
  expect(effects(life.database)).toEqual([]);
  expect(await log.acknowledgements()).toEqual([]);
  await end(life);

  const second = live(log, { file });
  await tookAll(second, 3);
  await end(second);
});

test('a store made by another version of the handler is refused', async () => {
  const log = await createTestLog();
  const file = newFile();
  await end(live(log, { file }));
  const newer = { ...recording(), version: 2 };
  expect(() => live(log, { file, handler: newer })).toThrow(
    expect.objectContaining({ code: 'STORE_VERSION' }),
  );
});

test('a store that stands beyond the end of the log belongs to another log', async () => {
  const file = newFile();
  const make = new EventMaker();
  const full = await createTestLog(1);
  await full.publish([1, 2, 3].map((n) => make.assigned({ clientKey: clientKey(n) })));
  const first = live(full, { file });
  await tookAll(first, 3);
  await end(first);

  const empty = await createTestLog(1);
  const second = live(empty, { file });
  await expect(second.subscriber.stopped).rejects.toMatchObject({ code: 'POSITION_BEYOND_END' });
  await end(second);
});

/** Where a life ends: a fault of the log that is not retriable stops everything, as a kill does. */
type Death =
  | { readonly at: 'fetch' | 'publish'; readonly stage: 'before' | 'after' }
  | { readonly at: 'apply'; readonly nth: number };

const death: fc.Arbitrary<Death> = fc.oneof(
  fc.record({
    at: fc.constantFrom('fetch' as const, 'publish' as const),
    stage: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({ at: fc.constant('apply' as const), nth: fc.integer({ min: 1, max: 8 }) }),
);

test('whatever kills it, every event has its effect once and every client is acknowledged', async () => {
  const lives = fc.array(
    fc.record({ clients: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 }), death }),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(fc.asyncProperty(lives, checkLives), { numRuns: 60 });
});

async function checkLives(
  lives: readonly { readonly clients: readonly number[]; readonly death: Death }[],
): Promise<void> {
  const log = await createTestLog();
  const make = new EventMaker();
  const file = newFile();
  const written: AssignmentEvent[] = [];
  for (const { clients, death: planned } of lives) {
    const events = clients.map((n) =>
      make.assigned({ clientKey: clientKey(n), team: id(`t-${n}`) }),
    );
    await log.publish(events);
    written.push(...events);
    await liveUntilDeath(log, file, { death: planned, total: written.length });
  }
  // Faults that no life has met yet kill the next ones.
  while (!(await liveUntilDeath(log, file, { death: undefined, total: written.length })));
  const last = live(log, { file });
  await tookAll(last, written.length);

  expect(new Set(effects(last.database))).toEqual(new Set(idsOf(written)));
  expect(last.seen).toMatchObject({ gaps: [], bad: [] });
  const newest = new Map<ClientKey, number>();
  for (const acknowledgement of await log.acknowledgements()) {
    const before = newest.get(acknowledgement.clientKey) ?? 0;
    expect(acknowledgement.clientSequence).toBeGreaterThanOrEqual(before);
    newest.set(acknowledgement.clientKey, acknowledgement.clientSequence);
  }
  for (const { clientKey: client, clientSequence } of written) {
    expect(newest.get(client)).toBeGreaterThanOrEqual(clientSequence);
  }
  await end(last);
}

/** Whether it lived until all was done. */
async function liveUntilDeath(
  log: TestLog,
  file: string,
  { death: planned, total }: { readonly death: Death | undefined; readonly total: number },
): Promise<boolean> {
  let applied = 0;
  const handler = recording(() => {
    if (planned?.at === 'apply' && ++applied === planned.nth) throw new Error('killed');
  });
  if (planned !== undefined && planned.at !== 'apply') {
    const on = { operation: planned.at, stage: planned.stage, clientId: 'uitkeren' };
    log.broker.fail(on, { code: 'CLOSED' });
  }
  const life = live(log, { file, handler });
  let dead = false;
  life.subscriber.stopped.catch(() => (dead = true));
  await until('it is dead or has done all there is to do', () => {
    if (dead) return true;
    return effects(life.database).length === total && life.subscriber.status().outboxBatches === 0;
  });
  await end(life);
  return !dead;
}
