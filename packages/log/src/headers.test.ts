import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeHeaders,
  encodeHeaders,
  findHeader,
  flawOfHeaders,
  HEADERS_MAX,
  NO_HEADERS,
  type EncodedHeaders,
} from './headers.ts';

const raw = (...bytes: number[]) => Buffer.from(bytes) as EncodedHeaders;

test('headers read back as they were written', () => {
  const pair = fc.tuple(fc.string({ maxLength: 20 }), fc.uint8Array({ maxLength: 60 }));
  fc.assert(
    fc.property(fc.uniqueArray(pair, { maxLength: 8, selector: ([name]) => name }), (pairs) => {
      const encoded = encodeHeaders(pairs);
      const read = decodeHeaders(encoded);
      expect(read).toEqual(new Map(pairs.map(([name, value]) => [name, Buffer.from(value)])));
      for (const [name, value] of pairs) {
        expect(findHeader(encoded, Buffer.from(name))).toEqual(Buffer.from(value));
      }
    }),
  );
});

test('a header that is not there is not found', () => {
  expect(findHeader(encodeHeaders([['ce_id', '1']]), Buffer.from('ce_type'))).toBeUndefined();
  expect(findHeader(NO_HEADERS, Buffer.from('ce_id'))).toBeUndefined();
});

test('a null value reads as an empty one', () => {
  expect(decodeHeaders(raw(2, 2, 0x61, 1))).toEqual(new Map([['a', Buffer.alloc(0)]]));
});

test.each([
  ['TOO_MANY_HEADERS', encodeHeaders(Array.from({ length: HEADERS_MAX + 1 }, () => ['a', '']))],
  ['HEADERS_TOO_LARGE', encodeHeaders([['a', 'x'.repeat(5000)]])],
  ['HEADERS_DAMAGED', raw()],
  ['HEADERS_DAMAGED', raw(2, 2, 0x61)],
  ['HEADERS_DAMAGED', raw(2, 200)],
  ['HEADERS_DAMAGED', raw(0, 0)],
  ['HEADERS_DAMAGED', raw(1)],
] as const)('damage is named: %s', (flaw, headers) => {
  expect(flawOfHeaders(headers)).toBe(flaw);
  expect(decodeHeaders(headers)).toBe(flaw);
});

test('no bytes make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const headers = Buffer.from(bytes) as EncodedHeaders;
      const decoded = decodeHeaders(headers);
      expect(flawOfHeaders(headers)).toBe(decoded instanceof Map ? undefined : decoded);
    }),
  );
});
