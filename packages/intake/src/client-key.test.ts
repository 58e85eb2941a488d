import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Bsn } from '@smc/domain';
import { readConfig } from '@smc/runtime';
import { expect, test } from 'vitest';
import { base32 } from './base32.ts';
import { clientKeySetting, createClientKeyDeriver } from './client-key.ts';
import { BSN, SECRET } from './testing/fixtures.ts';

function bsn(text: string): Bsn {
  const parsed = Bsn.parse(text);
  if (!parsed.ok) throw new Error('no BSN');
  return parsed.value;
}

test('base32 is that of RFC 4648, in lower case and without padding', () => {
  const vectors = { '': '', f: 'my', fo: 'mzxq', foo: 'mzxw6', foob: 'mzxw6yq', fooba: 'mzxw6ytb' };
  for (const [text, coded] of Object.entries(vectors)) {
    expect(base32(Buffer.from(text)), text).toBe(coded);
  }
});

test('the recipe gives the vectors that other senders build theirs by', () => {
  const file = createRequire(import.meta.url).resolve('@smc/schemas/client-key-vectors.json');
  const { secretHex, vectors } = JSON.parse(readFileSync(file, 'utf8'));
  const keys = createClientKeyDeriver(Buffer.from(secretHex, 'hex'), 1);

  expect(vectors.length).toBeGreaterThan(3);
  for (const vector of vectors) expect(keys.derive(bsn(vector.bsn))).toBe(vector.clientKey);
});

test('a client key is stable for a secret, and another secret gives an unrelated one', () => {
  const key = createClientKeyDeriver(SECRET, 1).derive(bsn(BSN));

  expect(key).toMatch(/^[a-z2-7]{26}$/);
  expect(createClientKeyDeriver(SECRET, 1).derive(bsn(BSN))).toBe(key);
  expect(createClientKeyDeriver(Buffer.alloc(32, 8), 2).derive(bsn(BSN))).not.toBe(key);
});

test('a secret that is missing, short or not hexadecimal is refused, and is not repeated', () => {
  const read = (secret: string | undefined) =>
    readConfig(
      { key: clientKeySetting },
      { SMC_CLIENT_KEY_SECRET: secret, SMC_CLIENT_KEY_VERSION: '1' },
    );

  for (const secret of [undefined, '', 'ab'.repeat(31), 'z'.repeat(64), 'a'.repeat(65)]) {
    const expected = 'a secret of at least 32 bytes, written as hexadecimal digits,';
    expect(read(secret)).toEqual({
      ok: false,
      refusal: [{ variable: 'SMC_CLIENT_KEY_SECRET', expected }],
    });
  }
  expect(read('ab'.repeat(32)).ok).toBe(true);
  expect(() => createClientKeyDeriver(Buffer.alloc(31), 1)).toThrow('31 bytes, at least 32');
});
