import avsc from 'avsc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortStrings } from './avro-strings.ts';

const ours = avsc.Type.forSchema('string', { typeHook: shortStrings });
const avscs = avsc.Type.forSchema('string');
/** Around 64 characters or bytes the length takes a second byte. */
const texts = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 70 }),
  fc.string({ unit: 'binary', maxLength: 70 }),
  fc.string({ unit: 'grapheme', maxLength: 70 }),
);

test('every text has the same bytes as avsc gives it, and is read back', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const bytes = ours.toBuffer(text);

      expect(bytes).toEqual(avscs.toBuffer(text));
      expect(ours.fromBuffer(bytes)).toBe(text);
    }),
  );
});

test('bytes that are no text, or are cut off, are read as avsc reads them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 140 }), (bytes) => {
      const buffer = Buffer.from(bytes);

      expect(ours.decode(buffer)).toEqual(avscs.decode(buffer));
    }),
  );
});

test.each([0, 1, 63, 64, 65])('room for %i bytes is used as avsc uses it', (bytesOfRoom) => {
  for (const characters of [0, 1, 62, 63, 64]) {
    const [room, theirs] = [Buffer.alloc(bytesOfRoom), Buffer.alloc(bytesOfRoom)];
    const text = 'x'.repeat(characters);

    expect(ours.encode(text, room)).toBe(avscs.encode(text, theirs));
  }
});

test('what is no text is not written', () => {
  expect(() => ours.toBuffer(5)).toThrow(TypeError);
});

test('a text that another version wrote as bytes or text is read with its schema', () => {
  for (const schema of ['string', 'bytes'] as const) {
    const writer = avsc.Type.forSchema(schema);
    const bytes = writer.toBuffer(schema === 'bytes' ? Buffer.from('WIA') : 'WIA');

    expect(ours.fromBuffer(bytes, ours.createResolver(writer))).toBe('WIA');
  }
});
