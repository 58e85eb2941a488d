import { expect } from 'vitest';
import { at, codeOf, PATIENCE_MS, record, request, type Scenario } from './scene.ts';
import type { Scene } from './scene.ts';
import type { GroupMember, TxnLog } from '../txn-log.ts';

/** How many timers an idle second may start: heartbeats, not a loop. */
const IDLE_TIMERS_MAX = 50;

/** Topics, groups, and the end of things. */
export function clientScenarios(scenario: Scenario): void {
  scenario('partition counts are told, and a missing topic is named', async (scene) => {
    const [one, three] = [await scene.topic(), await scene.topic({ partitions: 3 })];
    const log = await scene.client();

    expect(await log.partitionCounts([one, three])).toEqual(
      new Map([
        [one, 1],
        [three, 3],
      ]),
    );
    const missing = log.partitionCounts([one, 'no-such-topic']);
    await expect(missing).rejects.toMatchObject({
      code: 'TOPIC_MISSING',
      message: expect.stringContaining('no-such-topic'),
    });
  });

  scenario('closing twice is harmless, and what is closed says so', async (scene) => {
    const of = at(await scene.topic());
    const log = await scene.client();
    const [task, reader] = [await scene.open('closing', log), await log.openReader()];
    const publisher = await log.openPublisher();

    for (const thing of [task, reader, publisher, task, reader, publisher]) await thing.close();
    expect(await codeOf(task.run([record(of, 'a')]))).toBe('CLOSED');
    expect(await codeOf(reader.range(of))).toBe('CLOSED');
    expect(await codeOf(reader.fetch([request(of, 0)], { maxWaitMs: 0 }))).toBe('CLOSED');
    expect(await codeOf(publisher.publish([record(of, 'a')]))).toBe('CLOSED');

    await log.close();
    await log.close();
    expect(await codeOf(log.openReader())).toBe('CLOSED');
    expect(await codeOf(log.openPublisher())).toBe('CLOSED');
    expect(await codeOf(scene.open('closing', log))).toBe('CLOSED');
    expect(await scene.values(of)).toEqual([]);
  });

  scenario('K10: a closed client writes nothing afterwards', async (scene) => {
    const of = at(await scene.topic());
    const log = await scene.client();
    const task = await scene.open('ended', log);
    const publisher = await log.openPublisher();
    await log.close();

    expect(await codeOf(task.run([record(of, 'task')]))).toBe('CLOSED');
    expect(await codeOf(publisher.publish([record(of, 'publisher')]))).toBe('CLOSED');
    expect(await scene.values(of)).toEqual([]);
  });

  scenario('closing a client ends the fetches that wait in it', async (scene) => {
    const of = at(await scene.topic());
    const log = await scene.client();
    const reader = await log.openReader();

    const fetched = codeOf(reader.fetch([request(of, 0)], { maxWaitMs: 10 * PATIENCE_MS }));
    await log.close();

    expect(['CLOSED', 'NONE']).toContain(await fetched);
  });

  scenario('K13: an idle client leaves the event loop alone', async (scene) => {
    const of = at(await scene.topic());
    const log = await scene.client();
    await (await scene.open('idle', log)).run([record(of, 'a')]);
    const reader = await log.openReader();
    await reader.range(of);

    const { setTimeout: real } = globalThis;
    let started = 0;
    globalThis.setTimeout = Object.assign((...args: Parameters<typeof real>) => {
      started++;
      return real(...args);
    }, real);
    await new Promise((resume) => real(resume, 1_000));
    globalThis.setTimeout = real;

    expect(started).toBeLessThan(IDLE_TIMERS_MAX);
  });

  scenario('K7: group offsets are a hint beside transactions, at any moment', async (scene) => {
    const groupOffsets = scene.need('groupOffsets');
    const [of, log] = [at(await scene.topic()), await scene.client()];
    const groupId = scene.name('hint');
    const task = await scene.open('hint', log);

    await log.commitGroupOffsets(groupId, [{ ...of, offset: 3 }]);
    await task.run([record(of, 'a')]);
    await log.commitGroupOffsets(groupId, [{ ...of, offset: 5 }]);

    expect(await groupOffsets(groupId, of)).toBe(5);
    await scene.sees(of, ['a']);
  });

  scenario('the only member of a group gets every partition', async (scene) => {
    const group = await groupOf(scene, 4);
    await group.join(await scene.client());

    await group.share([4]);
  });

  scenario('two members split the partitions, and one that leaves hands over', async (scene) => {
    const group = await groupOf(scene, 4);
    const first = await group.join(await scene.client());
    await group.share([4]);
    await group.join(await scene.client());
    await group.share([2, 2]);

    await first.leave();

    await group.share([0, 4]);
  });

  scenario('more members than partitions leave somebody waiting with none', async (scene) => {
    const group = await groupOf(scene, 1);
    for (const _ of ['first', 'second']) await group.join(await scene.client());

    const fewestFirst = () => group.counts().toSorted((a, b) => a - b);
    await expect.poll(fewestFirst, { timeout: PATIENCE_MS }).toEqual([0, 1]);
  });

  scenario('the partitions of a killed member go to the others', async (scene) => {
    const crash = scene.need('crash');
    const group = await groupOf(scene, 4);
    const doomed = await scene.client();
    await group.join(doomed);
    await group.join(await scene.client());
    await group.share([2, 2]);

    await crash(doomed);
    group.forget(0);

    await group.share([0, 4]);
  });

  scenario(
    'a member that stood still believes it owns all, and the fence stops it',
    async (scene) => {
      const freeze = scene.need('freeze');
      const of = at(await scene.topic());
      const group = await groupOf(scene, 1);
      const client = await scene.client();
      await group.join(client);
      await group.share([1]);
      const zombie = await scene.open('frozen', client);

      const thaw = freeze(client);
      await group.join(await scene.client());
      await group.believe([1, 1]);
      const owner = await scene.open('frozen');
      expect(await codeOf(zombie.run([record(of, 'zombie')]))).toBe('FENCED');
      await owner.run([record(of, 'owner')]);
      thaw();

      await group.share([0, 1]);
      expect(group.losses()).toEqual([1, 0]);
      await scene.sees(of, ['owner']);
    },
  );
}

type View = { partitions: readonly number[]; losses: number };

/** A group of which every member's view is kept. */
async function groupOf(scene: Scene, partitions: number) {
  const topic = await scene.topic({ partitions });
  const { sessionTimeoutMs } = scene.harness;
  const spec = { groupId: scene.name('group'), topic, sessionTimeoutMs };
  const views: View[] = [];
  const counts = () => views.map((view) => view.partitions.length);
  return {
    counts,
    losses: () => views.map((view) => view.losses),
    /** What this member believes counts no more. */
    forget: (member: number) => views.splice(member, 1, { partitions: [], losses: 0 }),
    async join(log: TxnLog): Promise<GroupMember> {
      const view: View = { partitions: [], losses: 0 };
      views.push(view);
      const assigned = (mine: readonly number[]) => {
        view.partitions = mine;
      };
      const lost = () => {
        view.partitions = [];
        view.losses++;
      };
      const member = await log.joinGroup(spec, { assigned, lost });
      return { leave: () => member.leave().then(lost) };
    },
    /** Waits until each member believes to have so many partitions. */
    async believe(expected: readonly number[]) {
      await expect.poll(counts, { timeout: PATIENCE_MS }).toEqual(expected);
    },
    /** The same, and every partition has one member. */
    async share(expected: readonly number[]) {
      const shares = () => ({
        counts: counts(),
        all: views.flatMap((v) => v.partitions).toSorted((a, b) => a - b),
      });
      const all = Array.from({ length: partitions }, (_, partition) => partition);
      await expect.poll(shares, { timeout: PATIENCE_MS }).toEqual({ counts: expected, all });
    },
  };
}
