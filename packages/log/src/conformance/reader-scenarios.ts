import { expect } from 'vitest';
import type { LogReader, OutgoingRecord, TopicPartition } from '../txn-log.ts';
import { at, codeOf, PATIENCE_MS, readAll, record, request, textsOf } from './scene.ts';
import type { Scenario } from './scene.ts';

/** Longer than the suite waits for anything: a fetch that takes this long was not woken. */
const FOREVER_MS = 10 * PATIENCE_MS;

/** What a reader sees, when it wakes, and where it is refused. */
export function readerScenarios(scenario: Scenario): void {
  scenario('an unused partition has an empty range and gives nothing', async (scene) => {
    const [of, reader] = [at(await scene.topic()), await scene.observer()];

    expect(await reader.range(of)).toEqual({ start: 0, end: 0 });
    expect(await reader.offsetAt(of, 0)).toBe(0);
    expect(await reader.fetch([request(of, 0)], { maxWaitMs: 0 })).toEqual([]);
    expect(await reader.fetch([request(of, 0)], { maxWaitMs: 30 })).toEqual([]);
  });

  scenario('the end of the range is behind the last committed record', async (scene) => {
    const of = at(await scene.topic());
    const publisher = await (await scene.client()).openPublisher();
    await publisher.publish([record(of, 'a'), record(of, 'b')]);

    expect(await (await scene.observer()).range(of)).toEqual({ start: 0, end: 2 });
  });

  scenario('small fetches bring everything, in order and once', async (scene) => {
    const of = at(await scene.topic());
    const values = Array.from({ length: 60 }, (_, i) => `${i}`);
    const publisher = await (await scene.client()).openPublisher();
    for (const value of values) await publisher.publish([record(of, value)]);
    const reader = await scene.observer();

    const seen: string[] = [];
    for (let offset = 0; offset < values.length;) {
      const [slice] = await reader.fetch([request(of, offset, 1)], { maxWaitMs: 1_000 });
      seen.push(...textsOf(slice?.records ?? []));
      offset = slice?.nextOffset ?? offset;
    }

    expect(seen).toEqual(values);
  });

  scenario('one fetch serves several partitions and leaves out the silent ones', async (scene) => {
    const topic = await scene.topic({ partitions: 3 });
    const publisher = await (await scene.client()).openPublisher();
    await publisher.publish([record(at(topic, 0), 'a'), record(at(topic, 2), 'c')]);
    const reader = await scene.observer();

    const brought = new Map<number, readonly string[]>();
    const offsets = [0, 0, 0];
    while (brought.size < 2) {
      const requests = offsets.map((offset, partition) => request(at(topic, partition), offset));
      for (const slice of await reader.fetch(requests, { maxWaitMs: 1_000 })) {
        brought.set(slice.partition, textsOf(slice.records));
        offsets[slice.partition] = slice.nextOffset;
      }
    }

    expect(brought).toEqual(
      new Map([
        [0, ['a']],
        [2, ['c']],
      ]),
    );
  });

  scenario('a waiting fetch wakes when a transaction commits', async (scene) => {
    const of = at(await scene.topic());
    const task = await scene.open('waker');
    const fetched = nextRecords(await scene.observer(), of);

    await task.run([record(of, 'a')]);

    expect(await fetched).toEqual(['a']);
  });

  scenario('a waiting fetch sleeps through an open transaction', async (scene) => {
    const holdCommit = scene.need('holdCommit');
    const [of, client] = [at(await scene.topic()), await scene.client()];
    const task = await scene.open('sleeper', client);
    const reader = await scene.observer();
    const hold = holdCommit(client);
    const running = task.run([record(of, 'a')]);
    await hold.reached;

    expect(await reader.fetch([request(of, 0)], { maxWaitMs: 50 })).toEqual([]);
    expect(await reader.range(of)).toEqual({ start: 0, end: 0 });
    const fetched = nextRecords(reader, of);
    hold.release();
    await running;

    expect(await fetched).toEqual(['a']);
  });

  scenario('a fetch under way ends when its signal aborts', async (scene) => {
    const [of, reader] = [at(await scene.topic()), await scene.observer()];
    const stop = new AbortController();

    const fetched = reader.fetch([request(of, 0)], { maxWaitMs: FOREVER_MS, signal: stop.signal });
    stop.abort();

    expect(await fetched).toEqual([]);
    const late = { maxWaitMs: FOREVER_MS, signal: stop.signal };
    expect(await reader.fetch([request(of, 0)], late)).toEqual([]);
  });

  scenario('an offset outside the log is refused, not replaced by another', async (scene) => {
    const of = at(await scene.topic());
    const publisher = await (await scene.client()).openPublisher();
    await publisher.publish([record(of, 'a')]);
    const reader = await scene.observer();

    const beyond = reader.fetch([request(of, 5)], { maxWaitMs: 1_000 });
    expect(await codeOf(beyond)).toBe('OFFSET_OUT_OF_RANGE');
  });

  scenario('what retention has taken is refused, and the range says so', async (scene) => {
    const truncate = scene.need('truncate');
    const of = at(await scene.topic());
    const publisher = await (await scene.client()).openPublisher();
    await publisher.publish(['a', 'b', 'c'].map((value) => record(of, value)));
    const reader = await scene.observer();

    await truncate({ ...of, offset: 2 });

    const gone = reader.fetch([request(of, 1)], { maxWaitMs: 1_000 });
    expect(await codeOf(gone)).toBe('OFFSET_OUT_OF_RANGE');
    expect(await reader.range(of)).toEqual({ start: 2, end: 3 });
    expect(await scene.values(of)).toEqual(['c']);
  });

  scenario('an offset is found by time', async (scene) => {
    const of = at(await scene.topic());
    const publisher = await (await scene.client()).openPublisher();
    for (const [i, timestampMs] of [1_000, 2_000, 3_000].entries()) {
      await publisher.publish([{ ...record(of, `${i}`), timestampMs }]);
    }
    const reader = await scene.observer();

    const found = [0, 1_000, 1_001, 3_000, 3_001].map((ms) => reader.offsetAt(of, ms));
    expect(await Promise.all(found)).toEqual([0, 0, 1, 2, 3]);
  });

  scenario('K16: a damaged record is a fault, never a record', async (scene) => {
    const corruptFetch = scene.need('corruptFetch');
    const [of, client] = [at(await scene.topic()), await scene.client()];
    await (await client.openPublisher()).publish([record(of, 'whole')]);
    const reader = await client.openReader();

    corruptFetch(client);

    expect(await codeOf(reader.fetch([request(of, 0)], { maxWaitMs: 1_000 }))).toBe('CORRUPT');
    expect(await scene.values(of)).toEqual(['whole']);
  });

  scenario('K17: a reader passes markers and aborted records to the very end', async (scene) => {
    const of = at(await scene.topic());
    await (await scene.open('tail')).run([record(of, 'kept')]);
    await scene.leaveOpen('tail', [record(of, 'aborted'), record(of, 'aborted too')]);
    await scene.open('tail');

    expect(await scene.values(of)).toEqual(['kept']);
    const [last] = await scene.records(of);
    expect((await (await scene.observer()).range(of)).end).toBeGreaterThan((last?.offset ?? 0) + 1);
  });

  scenario('K17: a reader passes what compaction has emptied', async (scene) => {
    const compact = scene.need('compact');
    const topic = await scene.topic({ compact: true });
    const task = await scene.open('compacted');
    const of = at(topic);
    await task.run(['a1', 'b1', 'a2', 'b2'].map((value) => record(of, value, value.slice(0, 1))));
    await task.run([record(of, 'a3', 'a'), tombstone(of, 'b')]);
    await scene.sees(of, ['a1', 'b1', 'a2', 'b2', 'a3', 'undefined']);

    await compact(topic);

    const values = await scene.values(of);
    expect(values.filter((value) => value !== 'undefined')).toEqual(['a3']);
  });

  scenario('one reader can be used by several loops at once', async (scene) => {
    const topic = await scene.topic({ partitions: 2 });
    const reader = await scene.observer();
    const fetched = [0, 1].map((partition) => nextRecords(reader, at(topic, partition)));
    const publisher = await (await scene.client()).openPublisher();

    await publisher.publish([record(at(topic, 1), 'b')]);
    expect(await fetched[1]).toEqual(['b']);
    await publisher.publish([record(at(topic, 0), 'a')]);

    expect(await fetched[0]).toEqual(['a']);
  });

  scenario('a client that is cut off fails, and works again afterwards', async (scene) => {
    const cutOff = scene.need('cutOff');
    const [of, client] = [at(await scene.topic()), await scene.client()];
    const reader = await client.openReader();
    await reader.range(of);

    const restore = cutOff(client);
    scene.atEnd(restore);
    expect(await codeOf(reader.range(of))).toBe('UNAVAILABLE');
    restore();

    await expect.poll(() => codeOf(reader.range(of)), { timeout: PATIENCE_MS }).toBe('NONE');
    expect(await readAll(reader, of)).toEqual([]);
  });
}

/** The first records that this partition brings, waiting as long as it takes. */
async function nextRecords(reader: LogReader, of: TopicPartition): Promise<readonly string[]> {
  for (let offset = 0; ;) {
    const [slice] = await reader.fetch([request(of, offset)], { maxWaitMs: FOREVER_MS });
    if (slice !== undefined && slice.records.length > 0) return textsOf(slice.records);
    offset = slice?.nextOffset ?? offset;
  }
}

function tombstone(of: TopicPartition, key: string): OutgoingRecord {
  return { ...record(of, '', key), value: undefined };
}
