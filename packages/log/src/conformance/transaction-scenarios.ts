import { expect } from 'vitest';
import { BugError } from '@smc/domain';
import { at, codeOf, record, request, textsOf, type Scenario } from './scene.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `${i}`);

/** All or nothing, in order, and dead after an error. */
export function transactionScenarios(scenario: Scenario): void {
  scenario('a reader sees every transaction whole, at every moment', async (scene) => {
    const of = at(await scene.topic());
    const task = await scene.open('whole');
    const reader = await scene.observer();
    const writing = (async () => {
      for (const n of numbers(40)) await task.run(['a', 'b', 'c'].map((s) => record(of, s + n)));
    })();

    const seen: string[] = [];
    for (let offset = 0; seen.length < 120;) {
      const [slice] = await reader.fetch([request(of, offset)], { maxWaitMs: 1_000 });
      seen.push(...textsOf(slice?.records ?? []));
      offset = slice?.nextOffset ?? offset;
      expect(seen.length % 3).toBe(0);
    }
    await writing;

    expect(seen).toEqual(numbers(40).flatMap((n) => ['a', 'b', 'c'].map((s) => s + n)));
  });

  scenario('a new owner finds output and checkpoint of all partitions agreeing', async (scene) => {
    const [output, state] = [at(await scene.topic()), at(await scene.topic({ compact: true }))];
    const expected: string[] = [];
    for (const n of numbers(10)) {
      const task = await scene.open('agree');
      expect(await scene.values(output)).toEqual(expected);
      expect((await scene.values(state)).at(-1)).toBe(expected.at(-1));
      await task.run([record(output, n), record(state, n, '@ckpt')]);
      expected.push(n);
    }
  });

  scenario(
    'a commit that is durable and not yet visible is there for the next owner',
    async (scene) => {
      const holdMarkers = scene.need('holdMarkers');
      const of = at(await scene.topic());
      const task = await scene.open('durable');
      const release = holdMarkers();
      scene.atEnd(release);
      await task.run([record(of, 'a')]);
      expect(await scene.values(of)).toEqual([]);

      const next = await scene.client();
      let opened = false;
      const opening = scene.open('durable', next).then(() => {
        opened = true;
      });
      expect(await scene.values(of)).toEqual([]);
      expect(opened, 'an owner must not start before it can see it all').toBe(false);
      release();
      await opening;

      expect(await scene.values(of)).toEqual(['a']);
    },
  );

  scenario('a transaction without records leaves no trace', async (scene) => {
    const of = at(await scene.topic());
    const task = await scene.open('nothing');

    await task.run([]);
    await task.run([record(of, 'a')]);
    await task.run([]);

    await scene.sees(of, ['a']);
  });

  scenario(
    'a second transaction before the first is answered is a bug of the caller',
    async (scene) => {
      const of = at(await scene.topic());
      const task = await scene.open('overlap');

      const first = task.run([record(of, 'a')]);
      await expect(task.run([record(of, 'b')])).rejects.toThrow(BugError);
      await first;
      await task.run([record(of, 'c')]);

      await scene.sees(of, ['a', 'c']);
    },
  );

  scenario(
    'K5: a commit of unknown outcome is all or nothing, and its producer dead',
    async (scene) => {
      const lose = scene.need('lose');
      const topic = await scene.topic({ partitions: 2 });
      const records = (value: string) => [0, 1].map((p) => record(at(topic, p), value));
      const client = await scene.client();
      let expected: string[] = [];

      for (const [n, part] of (['answer', 'request'] as const).entries()) {
        const task = await scene.open('unknown', client);
        lose(client, part, 'commit');
        const code = await codeOf(task.run(records(`lost ${n}`)));
        expect(['NONE', 'UNAVAILABLE']).toContain(code);
        if (code !== 'NONE') expect(await codeOf(task.run(records('dead')))).toBe('CLOSED');
        const next = await scene.open('unknown', client);
        const values = await scene.values(at(topic, 0));
        expect(await scene.values(at(topic, 1))).toEqual(values);
        if (part === 'answer' || code === 'NONE') expected = [...expected, `lost ${n}`];
        expect(values).toEqual(expected);
        await next.run(records(`next ${n}`));
        expected = [...expected, `next ${n}`];
      }

      await scene.sees(at(topic, 1), expected);
    },
  );

  scenario(
    'K1: lost answers between transactions lose, double and reorder nothing',
    async (scene) => {
      const lose = scene.need('lose');
      const of = at(await scene.topic());
      const client = await scene.client();
      const values = ['a', 'b', 'c', 'd', 'e', 'f'];
      let task = await scene.open('lost', client);

      for (const [n, value] of values.entries()) {
        if (n % 2 === 1) lose(client, 'answer', n === 3 ? 'commit' : 'produce');
        if ((await codeOf(task.run([record(of, value)]))) === 'NONE') continue;
        task = await scene.open('lost', client);
        if (!(await scene.values(of)).includes(value)) await task.run([record(of, value)]);
      }

      await scene.sees(of, values);
    },
  );

  scenario('K2: no record of a partition whose leader moves is dropped', async (scene) => {
    const moveLeader = scene.need('moveLeader');
    const topic = await scene.topic({ partitions: 2 });
    const records = (value: string) => [0, 1].map((p) => record(at(topic, p), value));
    let task = await scene.open('moved');

    for (const n of numbers(8)) {
      const moving = moveLeader(at(topic, Number(n) % 2));
      const code = await codeOf(task.run(records(n)));
      await moving;
      if (code === 'NONE') continue;
      task = await scene.open('moved');
      if (!(await scene.values(at(topic))).includes(n)) await task.run(records(n));
    }

    await scene.sees(at(topic, 0), numbers(8));
    await scene.sees(at(topic, 1), numbers(8));
  });

  scenario('K3: overlapping aborted transactions of two writers never leak', async (scene) => {
    const of = at(await scene.topic());
    for (const n of numbers(3)) {
      for (const task of ['one', 'two']) {
        const doomed = [record(of, `aborted ${task}`), record(of, `aborted ${task}`)];
        await scene.leaveOpen(task, doomed);
      }
      for (const task of ['two', 'one']) await (await scene.open(task)).run([record(of, task + n)]);
    }

    await scene.sees(
      of,
      numbers(3).flatMap((n) => [`two${n}`, `one${n}`]),
    );
  });

  scenario(
    'K6, K8, K15: three hundred transactions follow one another without a stall',
    async (scene) => {
      const of = at(await scene.topic());
      const task = await scene.open('many');
      const startMs = performance.now();

      for (const n of numbers(300)) await task.run([record(of, n)]);

      expect(performance.now() - startMs, 'a 300 ms retry each would take 90 s').toBeLessThan(
        30_000,
      );
      await scene.sees(of, numbers(300));
    },
  );

  scenario('K18: transactions over several topics are written once to each', async (scene) => {
    const topics = [await scene.topic({ partitions: 3 }), await scene.topic({ partitions: 3 })];
    const places = topics.flatMap((topic) => [0, 1, 2].map((p) => at(topic, p)));
    const task = await scene.open('leaders');

    for (const n of numbers(300)) await task.run(places.map((of) => record(of, n)));

    for (const of of places) await scene.sees(of, numbers(300));
  });

  scenario('K14: tasks of one client do not disturb one another', async (scene) => {
    const topic = await scene.topic({ partitions: 6 });
    const client = await scene.client();

    await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async (p) => {
        const task = await scene.open(`side-${p}`, client);
        for (const n of numbers(20)) await task.run([record(at(topic, p), n)]);
      }),
    );

    for (const p of [0, 1, 2, 3, 4, 5]) await scene.sees(at(topic, p), numbers(20));
  });

  scenario('transactions survive a broker that dies and comes back', async (scene) => {
    const restartBroker = scene.need('restartBroker');
    const of = at(await scene.topic());
    await (await scene.open('restart')).run([record(of, 'before')]);

    await restartBroker();

    await (await scene.open('restart')).run([record(of, 'after')]);
    await scene.sees(of, ['before', 'after']);
  });
}
