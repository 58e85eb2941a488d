import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { must } from '@smc/domain';
import { formatProblem, readDemarcation, type DemarcationDocument } from '@smc/demarcation';
import { exampleFiles } from './example-files.ts';
import { EXAMPLE_FOLDER, EXAMPLE_VERSIONS } from './example-folders.ts';

async function documentOf(
  version: (typeof EXAMPLE_VERSIONS)[number],
): Promise<DemarcationDocument> {
  const read = await readDemarcation(EXAMPLE_FOLDER[version]);
  if (!read.ok) throw new Error(read.refusal.map(formatProblem).join('\n'));
  return read.value;
}

test.each(EXAMPLE_VERSIONS)('%s is valid and has the numbers of the sources', async (version) => {
  const { organisation, offices } = await documentOf(version);

  expect(organisation.version).toBe(version);
  expect(organisation.description).toMatch(/Invented/);
  expect(offices).toHaveLength(27);
  expect(organisation.districts).toHaveLength(11);
  expect(organisation.arbeidsmarktregios).toHaveLength(35);
  expect(organisation.werkbedrijfOffices).toHaveLength(35);
  expect(organisation.rayons).toHaveLength(20);
  expect(new Set(offices.map((office) => office.district)).size).toBe(11);
  expect(new Set(organisation.werkbedrijfOffices.map((office) => office.rayon)).size).toBe(20);
  const all = offices.flatMap((office) => office.teams);
  const teams = all.filter(({ profile }) => profile === 'regular').length;
  expect(Math.abs(teams - 150)).toBeLessThanOrEqual(5);
});

test('eleven offices begin on postcode, eleven on bsn, five by workload (A08)', async () => {
  const { offices } = await documentOf('2026-01');

  const count = (basis: string) => offices.filter((o) => o.bases[0]?.basis === basis).length;
  expect([count('postcode'), count('bsn'), count('workload')]).toEqual([11, 11, 5]);
});

test('PW has its own SMCs, each special group one location, and lines and shares are there', async () => {
  const { organisation, offices } = await documentOf('2026-01');
  const profiles = new Map(
    offices.flatMap(({ teams }) => teams.map(({ id, profile }) => [id, profile] as const)),
  );

  const pw = must(organisation.participatiewet, 'the PW has its SMC');
  const appointed = new Set([pw.team, ...pw.byOffice.values()]);
  expect([...appointed].map((team) => profiles.get(team))).toEqual(
    Array.from({ length: 3 }, () => 'participatiewet'),
  );
  expect(organisation.specialGroups.map(({ group }) => group)).toEqual([
    'military',
    'klm',
    'police',
  ]);
  for (const { team } of organisation.specialGroups) {
    expect(profiles.get(must(team, 'the location is chosen'))).toBe('special-group');
  }
  const shared = offices.filter((office) => office.sharedRanges.length > 0);
  expect(shared.map(({ id }) => id)).toEqual(['heerlen', 'utrecht']);
  const lines = offices.flatMap(({ teams }) => teams).flatMap(({ competences }) => competences);
  expect(lines.filter((competence) => competence.lines !== 'all')).toHaveLength(2);
});

test('the second version switches a basis, ends two teams and moves a border', async () => {
  const [first, second] = [await documentOf('2026-01'), await documentOf('2026-07')];

  const areaOf = (document: DemarcationDocument, postcode: string) =>
    document.postcodes.find((entry) => entry.postcode === postcode)?.area;
  const ended = second.offices.flatMap((office) =>
    office.teams.filter((team) => team.until !== undefined).map((team) => team.id),
  );
  expect(second.offices.find((office) => office.id === 'leiden')?.bases.at(-1)).toEqual({
    from: '2026-09-01',
    basis: 'postcode',
  });
  expect(ended.sort()).toEqual(['breda-3', 'tilburg-4']);
  expect(areaOf(first, '3775')).toEqual({ office: 'ede', arbeidsmarktregio: 'AM38' });
  expect(areaOf(second, '3775')).toEqual({ office: 'utrecht', arbeidsmarktregio: 'AM14' });
});

test('what stands in the folders is what the generator writes', async () => {
  const folder = path.join(import.meta.dirname, '..', 'demarcation');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const there = new Map<string, string>();
  for (const entry of entries.filter((it) => it.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    there.set(path.relative(folder, file), await readFile(file, 'utf8'));
  }

  expect(there).toEqual(new Map(exampleFiles()));
});
