import { expect } from 'vitest';
import type { TxnProducer } from '../txn-log.ts';
import { at, codeOf, record, type Scenario } from './scene.ts';

/**
 * Who may write, when owners overlap: each line of what was seen of fencing on a real broker with
 * transactions v2, said at the seam.
 */
export function fencingScenarios(scenario: Scenario): void {
  scenario(
    'K9: an earlier owner is fenced by name, then dead, and writes nothing',
    async (scene) => {
      const of = at(await scene.topic());
      const zombie = await scene.open('owned');
      await zombie.run([record(of, 'a')]);
      const owner = await scene.open('owned');

      expect(await codeOf(zombie.run([record(of, 'zombie')]))).toBe('FENCED');
      expect(await codeOf(zombie.run([record(of, 'zombie')]))).toBe('CLOSED');
      await owner.run([record(of, 'b')]);

      await scene.sees(of, ['a', 'b']);
    },
  );

  scenario('an earlier owner that never wrote is fenced too', async (scene) => {
    const of = at(await scene.topic());
    const zombie = await scene.open('silent');
    const owner = await scene.open('silent');

    expect(await codeOf(zombie.run([record(of, 'zombie')]))).toBe('FENCED');
    await owner.run([record(of, 'a')]);

    await scene.sees(of, ['a']);
  });

  scenario('opening a task again in one client fences the first producer', async (scene) => {
    const [of, client] = [at(await scene.topic()), await scene.client()];
    const first = await scene.open('again', client);
    const second = await scene.open('again', client);

    expect(await codeOf(first.run([record(of, 'first')]))).toBe('FENCED');
    await second.run([record(of, 'second')]);

    await scene.sees(of, ['second']);
  });

  scenario('a transaction that is open when another owner comes is aborted', async (scene) => {
    const holdCommit = scene.need('holdCommit');
    const [of, client] = [at(await scene.topic()), await scene.client()];
    const zombie = await scene.open('taken', client);
    const hold = holdCommit(client);
    const running = codeOf(zombie.run([record(of, 'zombie')]));
    await hold.reached;

    const owner = await scene.open('taken');
    expect(await scene.values(of)).toEqual([]);
    hold.release();

    expect(await running).toBe('FENCED');
    await owner.run([record(of, 'owner')]);
    await scene.sees(of, ['owner']);
  });

  scenario(
    'a late commit of an earlier owner does not commit the next one early',
    async (scene) => {
      const holdCommit = scene.need('holdCommit');
      const [of, late, next] = [
        at(await scene.topic()),
        await scene.client(),
        await scene.client(),
      ];
      const zombie = await scene.open('torn', late);
      const holdLate = holdCommit(late);
      const lateRun = codeOf(zombie.run([record(of, 'late')]));
      await holdLate.reached;
      const owner = await scene.open('torn', next);
      const holdNext = holdCommit(next);
      const nextRun = owner.run([record(of, 'next 1'), record(of, 'next 2')]);
      await holdNext.reached;

      holdLate.release();
      expect(await lateRun).toBe('FENCED');
      expect(await scene.values(of)).toEqual([]);
      holdNext.release();
      await nextRun;

      await scene.sees(of, ['next 1', 'next 2']);
    },
  );

  scenario('owners that take a task from one another in turn each write once', async (scene) => {
    const of = at(await scene.topic());
    const clients = [await scene.client(), await scene.client()];
    const turns = ['0', '1', '2', '3', '4', '5', '6', '7'];
    let previous: TxnProducer | undefined;

    for (const n of turns) {
      const owner = await scene.open('turns', clients[Number(n) % 2]);
      if (previous !== undefined) {
        expect(await codeOf(previous.run([record(of, 'zombie')]))).toBe('FENCED');
      }
      await owner.run([record(of, n)]);
      previous = owner;
    }

    await scene.sees(of, turns);
  });

  scenario('of two owners who open a task at once, one at most can write', async (scene) => {
    const of = at(await scene.topic());
    const clients = [await scene.client(), await scene.client()];
    const written: string[] = [];

    for (const round of ['0', '1', '2', '3', '4', '5']) {
      const opened = await Promise.allSettled(clients.map((client) => scene.open('race', client)));
      const owners = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(owners.length).toBeGreaterThan(0);
      const writers = new Set<TxnProducer>();
      for (const owner of Number(round) % 2 === 0 ? owners : owners.toReversed()) {
        for (const n of ['a', 'b', 'c']) {
          const value = `${round}.${owners.indexOf(owner)}.${n}`;
          if ((await codeOf(owner.run([record(of, value)]))) !== 'NONE') break;
          writers.add(owner);
          written.push(value);
        }
      }
      expect(writers.size).toBeLessThanOrEqual(1);
    }

    await (await scene.open('race')).run([record(of, 'last')]);
    await scene.sees(of, [...written, 'last']);
  });

  scenario('an open whose answer is lost can be repeated', async (scene) => {
    const lose = scene.need('lose');
    const [of, client] = [at(await scene.topic()), await scene.client()];
    await (await scene.open('reopen', client)).run([record(of, 'a')]);

    lose(client, 'answer', 'open-task');
    await codeOf(scene.open('reopen', client));
    await (await scene.open('reopen', client)).run([record(of, 'b')]);

    await scene.sees(of, ['a', 'b']);
  });

  scenario('the tasks of a killed client are taken over at once and whole', async (scene) => {
    const [crash, holdCommit] = [scene.need('crash'), scene.need('holdCommit')];
    const [of, client] = [at(await scene.topic()), await scene.client()];
    const task = await scene.open('killed', client);
    await task.run([record(of, 'a')]);
    const hold = holdCommit(client);
    task.run([record(of, 'open')]).catch(() => undefined);
    await hold.reached;

    await crash(client);
    const owner = await scene.open('killed');
    await owner.run([record(of, 'b')]);
    hold.release();

    await scene.sees(of, ['a', 'b']);
  });
}
