import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KNOWN_BYTES_MAX, KnownTexts } from './known-texts.ts';

test('a text is found by its bytes and never by others, however many share its place', () => {
  const texts = new KnownTexts<string>();
  const text = fc.string({ unit: 'binary-ascii', maxLength: KNOWN_BYTES_MAX });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 50 }), fc.nat(9), (all, offset) => {
      for (const one of all) {
        const bytes = Buffer.from(' '.repeat(offset) + one, 'latin1');
        const before = texts.get(bytes, offset, one.length);
        expect([undefined, one]).toContain(before);
        texts.set(bytes, offset, one, one.length);
        expect(texts.get(bytes, offset, one.length)).toBe(one);
      }
    }),
  );
});

test('a text that is too long to be kept is not known', () => {
  const bytes = Buffer.alloc(KNOWN_BYTES_MAX + 1, 'a');
  expect(new KnownTexts<string>().get(bytes, 0, bytes.length)).toBeUndefined();
});
