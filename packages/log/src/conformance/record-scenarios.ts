import { expect } from 'vitest';
import { decodeHeaders, encodeHeaders, NO_HEADERS } from '../headers.ts';
import { at, codeOf, record, type Scenario } from './scene.ts';

/** What goes in comes out: bytes, order, positions, limits. */
export function recordScenarios(scenario: Scenario): void {
  scenario('keys, values, headers and timestamps come back as they were written', async (scene) => {
    const to = at(await scene.topic());
    const task = await scene.open('bytes');
    const headers = encodeHeaders([
      ['ce_type', 'case'],
      ['trace', Uint8Array.of(0, 255)],
    ]);
    const [key, value] = [Buffer.of(0, 1, 255), Buffer.of(254, 0)];

    await task.run([{ ...to, key, value, headers, timestampMs: 1_700_000_000_123 }]);
    await scene.sees(to, [String(value)]);

    const [read] = await scene.records(to);
    expect(read).toMatchObject({ key, value, timestampMs: 1_700_000_000_123, offset: 0 });
    expect(decodeHeaders(read?.headers ?? NO_HEADERS)).toEqual(
      new Map([
        ['ce_type', Buffer.from('case')],
        ['trace', Buffer.of(0, 255)],
      ]),
    );
  });

  scenario('a missing key or value is told from an empty one', async (scene) => {
    const to = at(await scene.topic());
    const task = await scene.open('empty');
    const empty = Buffer.alloc(0);

    await task.run([
      { ...to, key: undefined, value: empty, headers: NO_HEADERS },
      { ...to, key: empty, value: undefined, headers: NO_HEADERS },
    ]);
    await scene.sees(to, ['', 'undefined']);

    const read = (await scene.records(to)).map(({ key, value }) => ({ key, value }));
    expect(read).toEqual([
      { key: undefined, value: empty },
      { key: empty, value: undefined },
    ]);
  });

  scenario('K4: a data record whose key looks like a marker is still data', async (scene) => {
    const to = at(await scene.topic());
    const task = await scene.open('zero-key');
    const records = [0, 1].map((type) => {
      const [key, value] = [Buffer.of(0, 0, 0, type), Buffer.from(`type ${type}`)];
      return { ...to, key, value, headers: NO_HEADERS };
    });

    await task.run(records);
    await task.run([record(to, 'after')]);

    await scene.sees(to, ['type 0', 'type 1', 'after']);
  });

  scenario('a record without a timestamp gets the time of writing', async (scene) => {
    const to = at(await scene.topic());
    const task = await scene.open('clock');
    const before = Date.now();

    await task.run([record(to, 'now')]);
    await scene.sees(to, ['now']);

    const [read] = await scene.records(to);
    expect(read?.timestampMs).toBeGreaterThanOrEqual(before - 1);
    expect(read?.timestampMs).toBeLessThanOrEqual(Date.now() + 1);
  });

  scenario('K11: a record goes to the partition that it names, whatever its key', async (scene) => {
    const topic = await scene.topic({ partitions: 3 });
    const task = await scene.open('partitions');

    await task.run([2, 0, 1, 2].map((p, i) => record(at(topic, p), `${p}.${i}`, 'same key')));

    await scene.sees(at(topic, 0), ['0.1']);
    await scene.sees(at(topic, 1), ['1.2']);
    await scene.sees(at(topic, 2), ['2.0', '2.3']);
  });

  scenario(
    'K12: ten thousand records of one transaction stay whole and in order',
    async (scene) => {
      const to = at(await scene.topic());
      const task = await scene.open('large');
      const values = Array.from({ length: 10_000 }, (_, i) => `v${i}`);

      await task.run(values.map((value) => record(to, value)));

      await scene.sees(to, values);
    },
  );

  scenario('a record or a batch that is too large says which it is', async (scene) => {
    const to = at(await scene.topic({ maxMessageBytes: 10_000 }));
    const kilobyte = 'x'.repeat(1_000);
    const batch = Array.from({ length: 20 }, () => record(to, kilobyte, 'k'));

    const first = await scene.open('sizes');
    expect(await codeOf(first.run([record(to, 'x'.repeat(10_001), 'k')]))).toBe('RECORD_TOO_LARGE');
    const second = await scene.open('sizes');
    expect(await codeOf(second.run(batch))).toBe('BATCH_TOO_LARGE');
    const third = await scene.open('sizes');
    await third.run([record(to, kilobyte, 'k')]);

    await scene.sees(to, [kilobyte]);
  });

  scenario('a publisher tells where each record stands, in the order given', async (scene) => {
    const topic = await scene.topic({ partitions: 2 });
    const publisher = await (await scene.client()).openPublisher();
    const p = (partition: number, value: string) => record(at(topic, partition), value);

    const first = await publisher.publish([p(0, 'a'), p(1, 'b'), p(0, 'c')]);
    const second = await publisher.publish([p(1, 'd'), p(0, 'e')]);

    const place = (partition: number, offset: number) => ({ topic, partition, offset });
    expect(first).toEqual([place(0, 0), place(1, 0), place(0, 1)]);
    expect(second).toEqual([place(1, 1), place(0, 2)]);
    await scene.sees(at(topic, 0), ['a', 'c', 'e']);
    await scene.sees(at(topic, 1), ['b', 'd']);
  });

  scenario('publishing goes on after a fault, and no record is lost', async (scene) => {
    const lose = scene.need('lose');
    const to = at(await scene.topic());
    const client = await scene.client();
    const publisher = await client.openPublisher();

    lose(client, 'answer', 'publish');
    const code = await codeOf(publisher.publish([record(to, 'a')]));
    if (code !== 'NONE') await publisher.publish([record(to, 'a')]);
    await publisher.publish([record(to, 'b')]);

    const values = await scene.values(to);
    expect([...new Set(values)]).toEqual(['a', 'b']);
  });
}
