import { passesElfproef } from '@smc/domain';
import { encodeHeaders, NO_HEADERS, type LogRecord } from '@smc/log';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEAD_LETTER_VALUE_BYTES_MAX, maskBsns, toDeadLetter } from './dead-letter.ts';
import { createMemoryRegistry } from './memory-registry.ts';
import { openCodec } from './open-codec.ts';
import { registerSchemas } from './register-schemas.ts';

const BSN = '999990342';
const flaw = { code: 'NOT_AVRO', reason: 'groups: a length expected' } as const;

function record(parts: Partial<LogRecord>): LogRecord {
  return {
    topic: 'smc.intake',
    partition: 1,
    offset: 42,
    timestampMs: 0,
    key: undefined,
    value: undefined,
    headers: NO_HEADERS,
    ...parts,
  };
}

function masked(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const copy = Buffer.from(bytes);
  maskBsns(bytes, copy);
  return copy.toString('latin1');
}

test('a record is kept whole, with what is wrong and where it stood', () => {
  const value = Buffer.from([0, 0, 0, 0, 9, 255, 0, 128]);

  expect(toDeadLetter(record({ key: Buffer.from('key'), value }), flaw)).toEqual({
    type: 'DeadLetter',
    code: 'NOT_AVRO',
    reason: flaw.reason,
    source: { topic: 'smc.intake', partition: 1, offset: 42 },
    key: Buffer.from('key'),
    value,
    headers: NO_HEADERS,
    masked: false,
  });
});

test('a BSN in the key, the value or a header is overwritten, and the letter says so', () => {
  for (const parts of [
    { key: Buffer.from(BSN) },
    { value: Buffer.from(`{"bsn":"${BSN}"}`) },
    { headers: encodeHeaders([['ce_subject', BSN]]) },
  ]) {
    const letter = toDeadLetter(record(parts), flaw);

    expect(letter.masked).toBe(true);
    expect(JSON.stringify(letter)).not.toContain(JSON.stringify(Buffer.from(BSN)));
    for (const bytes of [letter.key, letter.value, letter.headers]) {
      expect(Buffer.from(bytes ?? []).toString('latin1')).not.toContain(BSN);
    }
  }
});

test('the record itself is left as it was', () => {
  const value = Buffer.from(BSN);

  toDeadLetter(record({ value }), flaw);

  expect(value.toString()).toBe(BSN);
});

test('a BSN is found within a longer row of digits, because lengths can look like digits', () => {
  expect(masked(`4${BSN}`)).toContain('XXXXXXXXX');
  expect(masked(`${BSN}4`)).toContain('XXXXXXXXX');
});

test('digits that can be no BSN stay', () => {
  for (const text of ['999990343', '12345678', '000000000', '99999.0342', '', 'case-0000001']) {
    expect(masked(text)).toBe(text);
  }
});

test('exactly the nine digits that pass the elfproef of the domain are overwritten', () => {
  const digits = fc.array(fc.constantFrom(...'0123456789-'.split('')), { maxLength: 40 });

  fc.assert(
    fc.property(digits, (characters) => {
      const text = characters.join('');
      const expected = text.split('');
      for (let at = 0; at + 9 <= text.length; at++) {
        const nine = text.slice(at, at + 9);
        if (/^[0-9]{9}$/.test(nine) && passesElfproef(nine)) expected.fill('X', at, at + 9);
      }
      expect(masked(text)).toBe(expected.join(''));
    }),
    { numRuns: 2_000 },
  );
});

test('a value larger than a dead letter can hold is cut, and the reason says so', async () => {
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  const codec = await openCodec({ registry, types: ['DeadLetter'] });
  const value = Buffer.alloc(DEAD_LETTER_VALUE_BYTES_MAX + 1, 'x');

  const letter = toDeadLetter(record({ value }), flaw);

  expect(letter.reason).toBe(`${flaw.reason}; value cut from 1048577 to 1048576 bytes`);
  expect(letter.value).toHaveLength(DEAD_LETTER_VALUE_BYTES_MAX);
  expect(codec.decode(codec.encode(letter), ['DeadLetter'])).toStrictEqual({
    ok: true,
    value: letter,
  });
});
