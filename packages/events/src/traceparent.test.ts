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

test('a digit of a trace context that is no lower-case hexadecimal digit makes it invalid', () => {
  for (let at = 0; at < hop.length; at++) {
    for (const character of ['g', 'A', '/', ':', '`', ' ', '0', 'f', '-']) {
      const text = hop.slice(0, at) + character + hop.slice(at + 1);

      expect(read([['traceparent', text]])?.traceparent, text).toBe(
        isTraceparent(text) ? text : undefined,
      );
    }
  }
});

test('the name of a trace header inside the value of another is not taken for a header', () => {
  const inside = encodeHeaders([['traceparent', hop]]);

  expect(read([['note', inside]])).toBeUndefined();
});

test('a trace context is found behind headers of any length, and behind one that is null', () => {
  const found = { traceparent: hop, originTraceparent: hop };
  const whole = encodeHeaders([
    ['empty', ''],
    ['traceparent', hop],
  ]);
  // The length of the empty value, as null.
  whole[1 + 1 + 'empty'.length] = 1;

  expect(readTraceparent(whole)).toEqual(found);
  for (const length of [0, 63, 64, 4_000]) {
    const before: Header = ['x'.repeat(64), 'y'.repeat(length)];
    expect(read([before, ['traceparent', hop]]), `${length}`).toEqual(found);
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
