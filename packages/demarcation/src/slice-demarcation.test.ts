import { expect, test } from 'vitest';
import fc from 'fast-check';
import { isPostcode, type Postcode } from '@smc/domain';
import { assembleDemarcation } from './assemble-demarcation.ts';
import { readDemarcation } from './read-demarcation.ts';
import { sliceDemarcation } from './slice-demarcation.ts';
import { POSTCODES, smallFolder } from './testing/small-folder.ts';

async function documentOf(changed: Readonly<Record<string, string>> = {}) {
  await using folder = await smallFolder(changed);
  const read = await readDemarcation(folder.path);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

const at = (text: string): Postcode => {
  if (!isPostcode(text)) throw new TypeError(text);
  return text;
};

test('the same document gives the same bytes, however its table was cut', async () => {
  const recut = POSTCODES.replace(
    '1000-4999,dom,AM01',
    '3000-4999,dom,AM01\n1000-2999,dom,AM01',
  ).replace('9011AA-9011AC', '9011AA-9011AB,dom,AM01\n9011AC');

  const first = sliceDemarcation(await documentOf());
  const second = sliceDemarcation(await documentOf({ 'postcodes.csv': recut }));

  expect(second).toEqual(first);
});

test('what was sliced is assembled again, and decides by the document', async () => {
  const document = await documentOf();
  const { manifest, parts } = sliceDemarcation(document);

  const assembled = assembleDemarcation(manifest, parts);

  if (!assembled.ok) throw new Error(assembled.refusal.reason);
  const { demarcation, organisation } = assembled.value;
  expect(organisation).toEqual(document.organisation);
  expect(demarcation.contentHash).toBe(manifest.contentHash);
  expect([...demarcation.teams.values()]).toEqual(document.offices.flatMap((o) => o.teams));
  expect(demarcation.areas.lookUp(at('9011AB'))).toEqual({
    area: { office: 'dom', arbeidsmarktregio: 'AM01' },
    exception: true,
  });
  expect(demarcation.areas.lookUp(at('9011AD'))?.area.office).toBe('plas');
});

test('a version of which a part is missing is never used', async () => {
  const { manifest, parts } = sliceDemarcation(await documentOf());

  for (const part of parts) {
    const others = parts.filter((other) => other !== part);
    expect(assembleDemarcation(manifest, others)).toMatchObject({
      ok: false,
      refusal: { code: 'PART_MISSING' },
    });
  }
});

test('a version of which any byte is damaged is never used', async () => {
  const { manifest, parts } = sliceDemarcation(await documentOf());
  const places = fc.integer({ min: 0, max: parts.length - 1 }).chain((part) =>
    fc.record({
      part: fc.constant(part),
      byte: fc.integer({ min: 0, max: (parts[part]?.body.length ?? 1) - 1 }),
      bit: fc.integer({ min: 0, max: 7 }),
    }),
  );

  fc.assert(
    fc.property(places, ({ part, byte, bit }) => {
      const damaged = parts.map((original, i) => {
        const body = Buffer.from(original.body);
        if (i === part) body[byte] = (body[byte] ?? 0) ^ (1 << bit);
        return { ...original, body };
      });
      expect(assembleDemarcation(manifest, damaged)).toMatchObject({
        refusal: { code: 'PART_DAMAGED' },
      });
    }),
  );
});

test('a manifest that was changed is never used', async () => {
  const { manifest, parts } = sliceDemarcation(await documentOf());

  const fewer = { ...manifest, parts: manifest.parts.slice(1) };

  expect(assembleDemarcation(fewer, parts)).toMatchObject({
    refusal: { code: 'MANIFEST_DAMAGED' },
  });
});

test('the hash of a known document does not change with the program', async () => {
  const { manifest } = sliceDemarcation(await documentOf());

  expect(manifest.parts.map(({ name }) => name)).toEqual([
    'organisation',
    'office/dom',
    'office/plas',
    'postcodes/000',
    'postcodes/001',
  ]);
  expect(manifest.contentHash).toBe(
    '6b0cf764bccf11cd32aad7e893ced6ca1015649f2f3f7326be1f07a51b574b94',
  );
});
