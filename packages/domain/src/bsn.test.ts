import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bsn, isBsnSuffix, passesElfproef } from './bsn.ts';

/** Invented: it passes the elfproef, and the numbers beside it do not. */
const VALID = '123456782';

test('nine digits that pass the elfproef are a BSN', () => {
  const parsed = Bsn.parse(VALID);
  expect(parsed.ok && parsed.value.reveal()).toBe(VALID);
  expect(parsed.ok && parsed.value.suffix).toBe('82');
});

test.each([
  '',
  '12345678',
  '1234567820',
  '12345678a',
  ' 123456782',
  '123456782\n',
  '１２３４５６７８２',
])('what is not nine digits is refused as such: %j', (text) => {
  expect(Bsn.parse(text)).toEqual({ ok: false, refusal: 'BSN_NOT_NINE_DIGITS' });
});

test.each(['123456783', '123456728', '000000000'])('%s fails the elfproef', (text) => {
  expect(Bsn.parse(text)).toEqual({ ok: false, refusal: 'BSN_FAILS_ELEVEN_TEST' });
});

test('the elfproef catches every single wrong digit and every swap of neighbours', () => {
  const digits = fc.stringMatching(/^[0-9]{9}$/).filter(passesElfproef);
  fc.assert(
    fc.property(
      digits,
      fc.nat(8),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(7),
      (bsn, at, more, left) => {
        const changed = bsn.split('');
        changed[at] = String((Number(bsn[at]) + more) % 10);
        expect(passesElfproef(changed.join(''))).toBe(false);
        const [a, b] = [bsn[left], bsn[left + 1]];
        const swapped = `${bsn.slice(0, left)}${b}${a}${bsn.slice(left + 2)}`;
        expect(passesElfproef(swapped)).toBe(a === b);
      },
    ),
  );
});

test('however it is printed, a BSN shows as [bsn]', () => {
  const parsed = Bsn.parse(VALID);
  const bsn = parsed.ok ? parsed.value : undefined;
  const printed = [
    `${String(bsn)}`,
    JSON.stringify({ bsn }),
    inspect(bsn),
    inspect({ deep: { bsn } }),
  ];
  for (const text of printed) {
    expect(text).toContain('[bsn]');
    expect(text).not.toContain(VALID);
    expect(text).not.toContain('82');
  }
  expect(Object.keys(bsn ?? {})).toEqual([]);
});

test('a suffix is two digits', () => {
  expect(['00', '42', '99'].every(isBsnSuffix)).toBe(true);
  expect(['', '1', '100', 'ab', ' 1', 42, undefined].some(isBsnSuffix)).toBe(false);
});
