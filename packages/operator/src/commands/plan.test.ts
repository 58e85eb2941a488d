import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { must, TOPICS, type ClientKey, type ClientState } from '@smc/domain';
import {
  createMemoryRegistry,
  openCodec,
  registerSchemas,
  WIRE_TYPES,
  type Codec,
} from '@smc/events';
import { EXAMPLE_FOLDER } from '@smc/example';
import { createMemoryBroker, NO_HEADERS, type TxnLog } from '@smc/log';
import { parseObjective, parseScope } from '@smc/reassignment';
import { clientOf, day, keyOf } from '../../../reassignment/src/testing/clients.ts';
import type { ReadableLog } from '../demarcations.ts';
import { createPlan, findVersion, type PlanOrder } from '../plan/create-plan.ts';
import { readStateSnapshot } from '../plan/state-snapshot.ts';
import { smc } from '../testing/smc.ts';
import { publishFolder } from './demarcation.ts';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'smc-plan-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);

const PARTITIONS = 2;
const TOPIC_LIST = [
  { name: TOPICS.demarcations, partitions: 1, compact: true },
  ...[TOPICS.commands, TOPICS.routerState, TOPICS.intake, TOPICS.assignments].map((name) => ({
    name,
    partitions: PARTITIONS,
  })),
];

/** A log on which routers have left what they know, and nothing but the right to read it. */
async function world() {
  const broker = createMemoryBroker({ topics: TOPIC_LIST });
  const log = broker.connect('test');
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  const codec = await openCodec({ registry, types: WIRE_TYPES });
  const connections = { log: () => Promise.resolve(log), codec: () => Promise.resolve(codec) };
  await publishFolder(connections, EXAMPLE_FOLDER['2026-07']);
  const readable: ReadableLog = {
    openReader: () => log.openReader(),
    partitionCounts: (topics) => log.partitionCounts(topics),
  };
  return { log, codec, readable };
}

async function write(
  { log, codec }: { log: TxnLog; codec: Codec },
  clients: readonly (readonly [ClientKey, ClientState | undefined])[],
) {
  const publisher = await log.openPublisher();
  const place = { topic: TOPICS.routerState, headers: NO_HEADERS };
  for (const [key, state] of clients) {
    const value = state && codec.encodeState(state);
    await publisher.publish([
      { ...place, partition: key.charCodeAt(25) % PARTITIONS, key: Buffer.from(key), value },
    ]);
  }
  const checkpoint = {
    type: 'Checkpoint',
    intakeNext: 7,
    commandsNext: 3,
    officeIntakeNext: 0,
    active: [],
  } as const;
  const value = codec.encode(checkpoint);
  await publisher.publish([{ ...place, partition: 1, key: Buffer.from('@ckpt'), value }]);
  await publisher.close();
}

async function endsOf(log: TxnLog) {
  const reader = await log.openReader();
  const ends: number[] = [];
  for (const { name, partitions } of TOPIC_LIST) {
    for (let partition = 0; partition < partitions; partition++) {
      ends.push((await reader.range({ topic: name, partition })).end);
    }
  }
  await reader.close();
  return ends;
}

function order(objective = 'follow-demarcation'): PlanOrder {
  const goal = parseObjective(objective);
  const scope = parseScope([]);
  return {
    asOf: day('2026-08-01'),
    objective: must(goal.ok ? goal.value : undefined, 'an objective'),
    scope: must(scope.ok ? scope.value : undefined, 'a scope'),
    teams: undefined,
    askedBy: 'local:test',
    why: 'to see it',
    decisionReference: 'RvB 23-245',
    createdAtMs: 0,
  };
}

async function plan(here: Awaited<ReturnType<typeof world>>, out: string, objective?: string) {
  const { readable, codec } = here;
  const version = await findVersion('2026-07', readable, codec);
  const snapshot = await readStateSnapshot(readable, codec);
  const to = { out: at(out), signal: new AbortController().signal, onClients: () => {} };
  return createPlan(order(objective), { snapshot, version }, to);
}

const lost = (n: number) =>
  [keyOf(n), clientOf({ team: 'weg-1', postcode: '3511AB', sequence: n })] as const;

describe('a plan on what routers know', () => {
  beforeEach(async () => {
    for (const name of await readdir(folder)) await rm(at(name));
  });

  test('moves those whose team is gone, without writing anything on the log', async () => {
    const here = await world();
    await write(here, [lost(1), lost(2), lost(3)]);
    const before = await endsOf(here.log);
    const name = await plan(here, 'plan.gz');
    expect(await endsOf(here.log)).toEqual(before);

    const shown = await smc('plan', 'show', at('plan.gz'), '--json', '--sample', '1');
    expect(shown.code).toBe(0);
    const impact = JSON.parse(shown.out);
    expect(impact).toMatchObject({
      plan: name,
      moves: 3,
      byCause: [['team-ended', 3]],
      header: {
        positions: [
          { partition: 0, intakeNext: 0, commandsNext: 0 },
          { partition: 1, intakeNext: 7, commandsNext: 3 },
        ],
      },
    });
    expect(impact.sample).toHaveLength(1);
    const text = await smc('plan', 'show', at('plan.gz'), '--lang', 'en');
    expect(text.out).toContain(
      '3 clients get another team, of the 3 whose journey runs (100.00 %).',
    );
    expect(text.out).not.toContain('3511AB');
  });

  test('the last state of a client counts, and the order in the log does not', async () => {
    const [one, other] = [await world(), await world()];
    await write(one, [lost(1), lost(2), lost(3)]);
    const stale = [keyOf(2), clientOf({ team: 'oud-9' })] as const;
    await write(other, [lost(3), stale, lost(1), lost(2), lost(4), [keyOf(4), undefined]]);
    const name = await plan(one, 'one.gz');
    expect(await plan(other, 'other.gz')).toBe(name);
  });

  test('two plans are compared, and a changed one is refused before anything is told', async () => {
    const here = await world();
    await write(here, [lost(1), lost(2)]);
    await plan(here, 'a.gz');
    await plan(here, 'b.gz', 'exact-shares');
    const compared = await smc('plan', 'compare', at('a.gz'), at('b.gz'), '--json');
    expect(JSON.parse(compared.out)).toMatchObject({
      onlyFirst: 2,
      onlySecond: 0,
      sameState: true,
    });
    const words = await smc('plan', 'compare', at('a.gz'), at('b.gz'));
    expect(words.out).toContain('alleen het eerste 2');

    const text = gunzipSync(await readFile(at('a.gz'))).toString('utf8');
    await writeFile(at('changed.gz'), gzipSync(text.replace('"sequence":1', '"sequence":9')));
    const changed = await smc('plan', 'show', at('changed.gz'));
    expect(changed).toMatchObject({ code: 2, out: '' });
    expect(changed.err).toContain('it has been changed');
  });

  test('a folder can be asked before it is published; an unknown version names those there are', async () => {
    const { readable, codec } = await world();
    const found = await findVersion(EXAMPLE_FOLDER['2026-01'], readable, codec);
    expect(found.demarcation.version).toBe('2026-01');
    await expect(findVersion('2031-01', readable, codec)).rejects.toThrow('published are: 2026-07');
  });
});

const GIVEN = '--demarcation x --why w --decision d --objective exact-shares'.split(' ');

describe('wrong usage', () => {
  const create = (...args: readonly string[]) =>
    smc('plan', 'create', ...GIVEN, '--out', at('new.gz'), ...args);
  test.each([
    [['--objective', 'fair'], '--objective: expected follow-demarcation'],
    [['--scope', 'city=utrecht'], '--scope city=utrecht: expected office=ID'],
    [['--as-of', 'soon'], '--as-of takes a day'],
    [['--teams', '?'], '--teams takes ids'],
    [['--lang', 'fr'], '--lang takes nl or en'],
  ])('%j', async (args, why) => {
    const { code, err } = await create(...args);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  test('a plan is never written over another file', async () => {
    await writeFile(at('new.gz'), 'here');
    expect(await create()).toMatchObject({
      code: 2,
      err: expect.stringContaining('never changed'),
    });
  });

  test('a file that is not there', async () => {
    const { code, err } = await smc('plan', 'show', at('nothing.gz'));
    expect([code, err]).toEqual([2, `There is no file ${at('nothing.gz')}.\n`]);
  });
});
