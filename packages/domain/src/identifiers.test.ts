import { expect, test } from 'vitest';
import { isClientKey, isContentHash, isIdentifier } from './identifiers.ts';

test.each(['a', '0', 'smc.intake-3-41-1', '2026-07', 'A_b:c', 'x'.repeat(64)])(
  '%s can be an identifier',
  (text) => {
    expect(isIdentifier(text)).toBe(true);
  },
);

test.each(['', 'x'.repeat(65), '-a', '.a', 'a b', 'a/b', 'a\n', 'é', 7, null, undefined])(
  '%j can be none',
  (text) => {
    expect(isIdentifier(text)).toBe(false);
  },
);

test('a client key is 26 characters of base32 in small letters', () => {
  expect(isClientKey('abcdefghijklmnopqrstuvwxyz')).toBe(true);
  expect(isClientKey('234567'.padEnd(26, 'a'))).toBe(true);
  for (const text of ['a'.repeat(25), 'a'.repeat(27), 'A'.repeat(26), '1'.repeat(26), undefined]) {
    expect(isClientKey(text)).toBe(false);
  }
});

test('a content hash is 64 hexadecimal digits in small letters', () => {
  expect(isContentHash('0123456789abcdef'.repeat(4))).toBe(true);
  for (const text of ['0'.repeat(63), '0'.repeat(65), 'A'.repeat(64), 'g'.repeat(64), undefined]) {
    expect(isContentHash(text)).toBe(false);
  }
});
