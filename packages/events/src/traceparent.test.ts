import { encodeHeaders, type Header } from '@smc/log';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  childTraceparent,
  isTraceparent,
  readTraceparent,
  rootTraceparent,
} from './traceparent.ts';

const hop = rootTraceparent('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331');
const origin = rootTraceparent('0af7651916cd43dd8448eb211c80319c', '00f067aa0ba902b7');
const read = (headers: readonly Header[]) => readTraceparent(encodeHeaders(headers));

test('both trace contexts of a record are found, in any order among other headers', () => {
  const context = { traceparent: hop, originTraceparent: origin };

  expect(
    read([
      ['traceparent', hop],
      ['ce_id', 'x'],
      ['ce_traceparent', origin],
    ]),
  ).toEqual(context);
  expect(
    read([
      ['ce_traceparent', origin],
      ['ce_id', 'x'],
      ['traceparent', hop],
    ]),
  ).toEqual(context);
});

test('a record with only its own hop is its own origin', () => {
  expect(read([['traceparent', hop]])).toEqual({ traceparent: hop, originTraceparent: hop });
});

test('a record without a valid trace context has none', () => {
  const zeroes = `00-${'0'.repeat(32)}-b7ad6b7169203331-01`;

  expect(read([])).toBeUndefined();
  expect(read([['ce_traceparent', origin]])).toBeUndefined();
  for (const wrong of [
    zeroes,
    hop.toUpperCase(),
    hop.slice(1),
    `${hop}-x`,
    hop.replace('00', 'ff'),
  ]) {
    expect(read([['traceparent', wrong]]), wrong).toBeUndefined();
  }
});

test('the next hop keeps trace id and flags and has its own span', () => {
  const child = childTraceparent(hop, 'aaaaaaaaaaaaaaaa');

  expect(child).toBe('00-0af7651916cd43dd8448eb211c80319c-aaaaaaaaaaaaaaaa-01');
  expect(() => childTraceparent(hop, '0'.repeat(16))).toThrow('hexadecimal digits');
});

test('damaged headers are read without a throw, and give a valid context or none', () => {
  const headersOfRecord: readonly Header[] = [
    ['traceparent', hop],
    ['ce_traceparent', origin],
  ];
  const length = encodeHeaders(headersOfRecord).length;
  const damage = fc.array(fc.tuple(fc.nat({ max: length - 1 }), fc.nat({ max: 255 })));

  fc.assert(
    fc.property(damage, (changes) => {
      const headers = encodeHeaders(headersOfRecord);
      for (const [at, byte] of changes) headers[at] = byte;
      const context = readTraceparent(headers);
      if (context !== undefined) expect(isTraceparent(context.traceparent)).toBe(true);
    }),
  );
});
