import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32c } from './crc32c.ts';

test.each([
  ['', 0],
  ['123456789', 0xe3069283],
  ['a', 0xc1d04330],
])('the checksum of "%s" is the published one', (text, expected) => {
  expect(crc32c(Buffer.from(text))).toBe(expected);
});

test('thirty-two zero bytes, and thirty-two of all ones, have the checksums of RFC 3720', () => {
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
  expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
});

test('any part of any bytes has the checksum that the definition gives', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(500), (bytes, from) => {
      const start = Math.min(from, bytes.length);
      expect(crc32c(bytes, start)).toBe(bitByBit(bytes.subarray(start)));
    }),
  );
});

test('bytes that are longer than the memory of the checksum are taken in pieces', () => {
  const bytes = Buffer.from(Array.from({ length: 300_001 }, (_, i) => (i * 31) >> 3));
  expect(crc32c(bytes)).toBe(bitByBit(bytes));
});

function bitByBit(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}
