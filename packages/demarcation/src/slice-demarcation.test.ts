import { expect, test } from 'vitest';
import fc from 'fast-check';
import { isPostcode, type Postcode } from '@smc/domain';
import { assembleDemarcation } from './assemble-demarcation.ts';
import { readDemarcation } from './read-demarcation.ts';
import { sliceDemarcation } from './slice-demarcation.ts';
import { OFFICE } from './office-form.ts';
import { ORGANISATION } from './organisation-form.ts';
import { readPostcodeClaims, tableOf } from './postcode-csv.ts';
import { Problems } from './problem.ts';
import { FULL_FILES } from './testing/full-folder.ts';
import { POSTCODES, SMALL_FILES, smallFolder } from './testing/small-folder.ts';
import { parseYaml } from './yaml-cursor.ts';

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

test.each([
  ['small', {}],
  ['that uses everything', FULL_FILES],
])('a document %s that was sliced is assembled again', async (_, files) => {
  const document = await documentOf(files);
  const { manifest, parts } = sliceDemarcation(document);

  const assembled = assembleDemarcation(manifest, parts);

  if (!assembled.ok) throw new Error(assembled.refusal.reason);
  const { demarcation, organisation } = assembled.value;
  expect(organisation).toEqual(document.organisation);
  expect(demarcation.contentHash).toBe(manifest.contentHash);
  expect(demarcation.areas.lookUp(at('9011AB'))).toEqual({
    area: { office: 'dom', arbeidsmarktregio: 'AM01' },
    exception: true,
  });
  expect(demarcation.areas.lookUp(at('9011AD'))?.area.office).toBe('plas');
  for (const team of document.offices.flatMap((office) => office.teams)) {
    expect(demarcation.teams.get(team.id)).toEqual({
      ...team,
      capacity: team.capacity.map(({ from, until, minutes }) => ({ from, until, minutes })),
    });
  }
});

test('the decision gets what the document says', async () => {
  const { manifest, parts } = sliceDemarcation(await documentOf(FULL_FILES));

  const assembled = assembleDemarcation(manifest, parts);

  if (!assembled.ok) throw new Error(assembled.refusal.reason);
  const { demarcation } = assembled.value;
  expect(demarcation).toMatchObject({
    settings: { onMove: 'by-address', journeyEndMonths: 6 },
    participatiewet: { naloopMonths: 9, team: 'dom-pw', byOffice: new Map([['plas', 'plas-pw']]) },
    specialGroups: [
      { group: 'military', team: 'dom-klm', members: 'current-or-former' },
      { group: 'klm', team: 'dom-klm', members: 'current' },
    ],
    exclusions: [
      { id: 'statushouders', group: 'status', until: '2026-12-31', team: 'dom-1' },
      { id: 'indicatie', group: 'banenafspraak', until: undefined, team: undefined },
    ],
    bands: new Map([['breed', { min: 1500, max: 2500 }]]),
    weights: {
      products: new Map([
        ['wia-aanvraag', 1250],
        ['zw-beoordeling', 500],
      ]),
      categories: new Map([['zorg', 750]]),
      idle: 100,
    },
  });
  expect(demarcation.lines).toContainEqual({
    law: 'WIA',
    employment: 'vast',
    line: 'werkgeverslijn',
  });
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

/** As documents were before PW SMCs had a place in them. */
const EARLIER: Readonly<Record<string, string>> = {
  ...SMALL_FILES,
  'demarcation.yaml': (SMALL_FILES['demarcation.yaml'] ?? '').replace(/participatiewet: .*\n/, ''),
  'offices/dom.yaml': (SMALL_FILES['offices/dom.yaml'] ?? '').replace(/ {2}- id: dom-pw[^]*$/, ''),
};

test('the hash of a known document does not change with the program, however much the form grows', () => {
  const problems = new Problems();
  const yaml = (file: string) => parseYaml(file, EARLIER[file] ?? '', problems);
  const organisation = ORGANISATION.read(yaml('demarcation.yaml'));
  const offices = [OFFICE.read(yaml('offices/dom.yaml')), OFFICE.read(yaml('offices/plas.yaml'))];
  const postcodes = tableOf(readPostcodeClaims(POSTCODES, problems), problems);
  if (organisation === undefined) throw new Error(JSON.stringify(problems.list));
  const document = { organisation, postcodes, offices: offices.filter((it) => it !== undefined) };

  const { manifest, parts } = sliceDemarcation(document);

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
  expect(assembleDemarcation(manifest, parts).ok).toBe(true);
});
