import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '@smc/domain';
import { encodeHeaders, NO_HEADERS } from '../headers.ts';
import { LogFault } from '../log-fault.ts';
import type { OutgoingRecord } from '../txn-log.ts';
import { readBatches, type AbortedTransaction } from './batch-reader.ts';
import { BATCH, BatchWriter, PLAIN_PRODUCER } from './batch-writer.ts';
import { crc32c } from './crc32c.ts';

const BYTES_MAX = 1_048_588;
const CONTROL = 0x30;
/** It takes a few milliseconds; what is not linear in its input takes many seconds. */
const READ_MS_MAX = 1_000;

const bytes = fc.uint8Array({ maxLength: 400 });
const outgoing: fc.Arbitrary<OutgoingRecord> = fc.record({
  topic: fc.constant('t'),
  partition: fc.constant(0),
  key: fc.option(bytes, { nil: undefined }),
  value: fc.option(bytes, { nil: undefined }),
  headers: fc.constantFrom(
    NO_HEADERS,
    encodeHeaders([
      ['type', 'case'],
      ['none', ''],
    ]),
  ),
  timestampMs: fc.integer({ min: 0, max: 2 ** 48 }),
});

test('what a writer writes a reader reads, byte for byte, in order', () => {
  fc.assert(
    fc.property(fc.array(outgoing, { minLength: 1, maxLength: 200 }), (records) => {
      const batch = batchOf(records);
      const read = readBatches(fetched(batch));

      expect(read.nextOffset).toBe(records.length);
      expect(read.records).toEqual(
        records.map(({ key, value, ...rest }, offset) => ({
          ...rest,
          offset,
          key: key && Buffer.from(key),
          value: value && Buffer.from(value),
        })),
      );
    }),
  );
});

test('a writer that was used before writes the same bytes', () => {
  const record = recordOf('again');
  const [fresh, used] = [new BatchWriter(BYTES_MAX), new BatchWriter(BYTES_MAX)];
  for (let i = 0; i < 1_000; i++) used.add(recordOf(`before ${i}`), i);
  used.reset();

  for (const writer of [fresh, used]) writer.add(record, 5);

  expect(used.seal(PLAIN_PRODUCER)).toEqual(fresh.seal(PLAIN_PRODUCER));
});

test('a record that no batch can take is told from one for which this batch has no room', () => {
  const writer = new BatchWriter(1_000);
  expect(writer.add(recordOf('x'.repeat(1_000)), 0)).toBe('RECORD_TOO_LARGE');
  expect(writer.add(recordOf('x'.repeat(600)), 0)).toBe('ADDED');
  expect(writer.add(recordOf('x'.repeat(600)), 0)).toBe('BATCH_FULL');
  expect(writer.add(recordOf('x'.repeat(1_000)), 0)).toBe('RECORD_TOO_LARGE');

  expect(valuesOf(writer.seal(PLAIN_PRODUCER))).toEqual(['x'.repeat(600)]);
});

test('every flipped bit that the checksum covers is a corrupt batch', () => {
  const whole = batchOf([recordOf('some value'), recordOf('another')]);
  fc.assert(
    fc.property(fc.integer({ min: BATCH.crc, max: whole.length - 1 }), fc.nat(7), (at, bit) => {
      const damaged = Buffer.from(whole);
      damaged[at] = must(damaged[at], 'a byte') ^ (1 << bit);
      expect(() => readBatches(fetched(damaged))).toThrow(LogFault);
    }),
  );
});

test('bytes that pass the checksum and make no sense are corrupt, never a crash', () => {
  const whole = batchOf([recordOf('some value'), recordOf('another')]);
  fc.assert(
    fc.property(
      fc.integer({ min: BATCH.attributes, max: whole.length - 1 }),
      fc.nat(255),
      (at, byte) => {
        const odd = Buffer.from(whole);
        odd[at] = byte;
        const outcome = outcomeOf(() => readBatches(fetched(sealed(odd))));
        expect(['READ', 'CORRUPT']).toContain(outcome);
      },
    ),
  );
});

test('a batch that the leader cut off is left for the next fetch', () => {
  const [first, second] = [batchOf([recordOf('a')]), batchOf([recordOf('b')], { at: 1 })];
  for (let cut = 0; cut < second.length; cut++) {
    const read = readBatches(fetched(Buffer.concat([first, second.subarray(0, cut)])));
    expect(read.nextOffset).toBe(1);
    expect(read.records.length).toBe(1);
  }
});

test('records before the offset asked for are left out', () => {
  const batch = batchOf(['a', 'b', 'c'].map(recordOf));
  expect(valuesOf(batch, { from: 2 })).toEqual(['c']);
});

test('a batch that compaction has emptied moves the position on', () => {
  const empty = batchOf([recordOf('gone'), recordOf('gone')]).subarray(0, 61);
  empty.writeInt32BE(49, BATCH.length);
  empty.writeInt32BE(0, BATCH.count);

  expect(readBatches(fetched(sealed(empty)))).toEqual({ records: [], nextOffset: 2 });
});

test('the time at which the log appended counts where the topic says so', () => {
  const batch = batchOf([recordOf('a')]);
  batch.writeInt16BE(0x08, BATCH.attributes);
  batch.writeBigInt64BE(1_234n, BATCH.maxTimestamp);

  expect(readBatches(fetched(sealed(batch))).records[0]?.timestampMs).toBe(1_234);
});

test('a compressed batch is refused with the setting that prevents it', () => {
  const batch = batchOf([recordOf('a')]);
  batch.writeInt16BE(1, BATCH.attributes);
  expect(() => readBatches(fetched(sealed(batch)))).toThrow('compression.type=uncompressed');
});

test('aborted transactions that overlap are hidden, in whatever order the leader lists them', () => {
  const log = Buffer.concat([
    batchOf([recordOf('aborted 1')], { at: 0, producerId: 1n }),
    batchOf([recordOf('aborted 2')], { at: 1, producerId: 2n }),
    batchOf([recordOf('kept 3')], { at: 2, producerId: 3n }),
    marker('abort', { at: 3, producerId: 2n }),
    batchOf([recordOf('kept 2')], { at: 4, producerId: 2n }),
    batchOf([recordOf('aborted 1 too')], { at: 5, producerId: 1n }),
    marker('abort', { at: 6, producerId: 1n }),
    marker('commit', { at: 7, producerId: 3n }),
    marker('commit', { at: 8, producerId: 2n }),
  ]);
  const aborted = [
    { producerId: 2n, firstOffset: 1 },
    { producerId: 1n, firstOffset: 0 },
  ];
  for (const order of [aborted, aborted.toReversed()]) {
    expect(valuesOf(log, { aborted: order })).toEqual(['kept 3', 'kept 2']);
  }
  expect(readBatches(fetched(log, { aborted })).nextOffset).toBe(9);
});

test('a data record with the key of an abort marker ends no aborted transaction', () => {
  const trap = { ...recordOf('aborted'), key: Buffer.alloc(4) };
  const log = Buffer.concat([
    batchOf([trap], { at: 0, producerId: 1n }),
    batchOf([recordOf('aborted too')], { at: 1, producerId: 1n }),
    marker('abort', { at: 2, producerId: 1n }),
  ]);
  expect(valuesOf(log, { aborted: [{ producerId: 1n, firstOffset: 0 }] })).toEqual([]);
});

test('a plain record of a producer with an aborted transaction is kept', () => {
  const plain = batchOf([recordOf('plain')], { at: 0, producerId: 1n, transactional: false });
  expect(valuesOf(plain, { aborted: [{ producerId: 1n, firstOffset: 0 }] })).toEqual(['plain']);
});

test('a megabyte of anything is read in one go, and twenty thousand headers stay packed', () => {
  const many = encodeHeaders(Array.from({ length: 20_000 }, (_, i) => [`h${i}`, 'v']));
  const bomb = batchOf([{ ...recordOf('v'), headers: many }]);
  const claims = Buffer.from(batchOf([recordOf('a')]));
  claims.writeInt32BE(0x7fff_ffff, BATCH.count);
  claims.writeInt32BE(0x7fff_ffff, BATCH.lastOffsetDelta);
  const tiny = batchOf(Array.from({ length: 60_000 }, () => recordOf('')));

  for (const input of [bomb, sealed(claims), tiny, Buffer.alloc(1_000_000)]) {
    const startMs = performance.now();
    outcomeOf(() => readBatches(fetched(input)));
    expect(performance.now() - startMs).toBeLessThan(READ_MS_MAX);
  }
  expect(readBatches(fetched(bomb)).records[0]?.headers).toEqual(many);
});

type Place = {
  readonly at?: number;
  readonly producerId?: bigint;
  readonly transactional?: boolean;
};

function batchOf(records: readonly OutgoingRecord[], place: Place = {}): Buffer {
  const { at = 0, producerId, transactional = producerId !== undefined } = place;
  const writer = new BatchWriter(BYTES_MAX);
  for (const record of records) expect(writer.add(record, 0)).toBe('ADDED');
  const producer = { producerId: producerId ?? -1n, epoch: 0, baseSequence: 0, transactional };
  const batch = Buffer.from(writer.seal(producer));
  batch.writeBigInt64BE(BigInt(at), BATCH.baseOffset);
  return batch;
}

function marker(kind: 'abort' | 'commit', place: Place): Buffer {
  const key = Buffer.from([0, 0, 0, kind === 'abort' ? 0 : 1]);
  const batch = batchOf([{ ...recordOf(''), key, value: Buffer.alloc(6) }], place);
  batch.writeInt16BE(CONTROL, BATCH.attributes);
  return sealed(batch);
}

/** With the checksum that its content has now. */
function sealed(batch: Buffer): Buffer {
  batch.writeUInt32BE(crc32c(batch, BATCH.attributes), BATCH.crc);
  return batch;
}

function recordOf(value: string): OutgoingRecord {
  return {
    topic: 't',
    partition: 0,
    key: undefined,
    value: Buffer.from(value),
    headers: NO_HEADERS,
  };
}

type FetchedOptions = { readonly from?: number; readonly aborted?: readonly AbortedTransaction[] };

function fetched(batches: Buffer, { from = 0, aborted = [] }: FetchedOptions = {}) {
  return { topic: 't', partition: 0, bytes: batches, from, aborted };
}

function valuesOf(batches: Buffer, options?: FetchedOptions): readonly string[] {
  return readBatches(fetched(batches, options)).records.map(({ value }) => String(value));
}

function outcomeOf(work: () => unknown): string {
  try {
    work();
    return 'READ';
  } catch (error) {
    if (error instanceof LogFault) return error.code;
    throw error;
  }
}
