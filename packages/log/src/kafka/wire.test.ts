import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogFault } from '../log-fault.ts';
import { FieldReader, FieldWriter } from './wire.ts';
import { readApiVersions, readFindCoordinator, readMetadata } from './wire-cluster.ts';
import { fetchRequest, readFetch, readListOffsets } from './wire-read.ts';
import { commitRequest, produceRequest, readEndTxn, readProduce } from './wire-write.ts';

const bytesOf = (parts: readonly Uint8Array[]) => Buffer.concat(parts);
const answer = (write: (fields: FieldWriter) => FieldWriter) =>
  bytesOf(write(new FieldWriter()).parts());

test('fields come back as they were written, however the buffer grows', () => {
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 60 }), { nil: undefined });
  const numbers = fc.record({ small: fc.nat(0xffff_ffff), large: fc.maxSafeInteger(), text });
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 20 }), (items) => {
      const written = new FieldWriter().compactArray(items, () => undefined);
      for (const one of items) {
        written.unsigned(one.small).int64(one.large).string(one.text).compactString(one.text);
      }
      const fields = new FieldReader(bytesOf(written.parts()));
      const count = fields.unsigned() - 1;
      const read = Array.from({ length: count }, () => ({
        small: fields.unsigned(),
        large: fields.int64(),
        text: fields.string(),
        again: fields.compactString(),
      }));
      const expected = items.map((one) => ({ ...one, again: one.text }));
      expect(read).toEqual(expected.map((one) => wellFormed(one)));
    }),
  );
});

test('a commit is the bytes that the protocol describes', () => {
  const { body } = commitRequest('task-0', { producerId: 7n, epoch: 3 });
  const id = Buffer.from('task-0');
  expect(bytesOf(body)).toEqual(
    Buffer.concat([Buffer.of(7), id, Buffer.of(0, 0, 0, 0, 0, 0, 0, 7, 0, 3, 1, 0)]),
  );
});

test('a produce request holds each batch by reference and each topic once', () => {
  const batch = Buffer.alloc(1_000, 1);
  const batches = [0, 1].map((partition) => ({ topic: 't', partition, batch }));
  const { body } = produceRequest(batches, { transactionalId: undefined, timeoutMs: 5 });

  expect(body.filter((part) => part === batch)).toHaveLength(2);
  const start = Buffer.of(0, 0xff, 0xff, 0, 0, 0, 5, 2, 2, 't'.charCodeAt(0), 3);
  expect(bytesOf(body).subarray(0, start.length)).toEqual(start);
});

test('a fetch asks for committed records of several partitions at once', () => {
  const partition = { topic: 't', partition: 4, offset: 2 ** 40, maxBytes: 9 };
  const { body } = fetchRequest([partition], { maxWaitMs: 7, maxBytes: 11 });
  const fields = new FieldReader(bytesOf(body));

  expect([fields.int32(), fields.int32(), fields.int32(), fields.int32()]).toEqual([-1, 7, 1, 11]);
});

test('the answer to a commit names the identity of the next transaction', () => {
  const bytes = answer((fields) => fields.int32(0).int16(0).int64(142n).int16(0).noTags());
  expect(readEndTxn(bytes)).toEqual({ throttleMs: 0, errorCode: 0, producerId: 142n, epoch: 0 });
});

test('the answer to ListOffsets without a partition is an error, not an offset', () => {
  expect(readListOffsets(answer((fields) => fields.int32(0).int32(0))).errorCode).toBe(-1);
});

test.each([readApiVersions, readFindCoordinator, readMetadata, readFetch, readProduce, readEndTxn])(
  'any bytes are an answer or corrupt to %o',
  (read) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          read(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(LogFault);
        }
      }),
    );
  },
);

/** What UTF-8 makes of a text with lone surrogates. */
function wellFormed<T extends { readonly text: string | undefined }>(one: T): T {
  const text = one.text?.toWellFormed();
  return { ...one, text, again: text };
}
