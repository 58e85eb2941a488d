import { expect, test } from 'vitest';
import { isPc4, isPostcode, normalisePostcode, pc4Of } from './postcode.ts';

test.each(['1000AA', '3511AB', '9999ZZ', '1234SB'])('%s is a postcode', (text) => {
  expect(isPostcode(text)).toBe(true);
});

test.each([
  '0999AA',
  '3511',
  '3511A',
  '3511ABC',
  '3511ab',
  '3511 AB',
  '3511AB\n',
  '',
  3511,
  undefined,
])('%j is none', (text) => {
  expect(isPostcode(text)).toBe(false);
});

test.each(['3511SA', '3511SD', '3511SS'])('%s is not given out', (text) => {
  expect(isPostcode(text)).toBe(false);
});

test('spaces and small letters make no difference to a reader', () => {
  expect(normalisePostcode('3511 ab')).toBe('3511AB');
  expect(normalisePostcode(' 3511AB ')).toBe('3511AB');
  expect(normalisePostcode('3511 sa')).toBeUndefined();
  expect(normalisePostcode('not a postcode')).toBeUndefined();
});

test('the four digits of a postcode', () => {
  const postcode = normalisePostcode('3511AB');
  expect(postcode && pc4Of(postcode)).toBe('3511');
  expect(isPc4('3511')).toBe(true);
  expect([3511, '0999', '351', '35111', '3511AB'].some(isPc4)).toBe(false);
});
