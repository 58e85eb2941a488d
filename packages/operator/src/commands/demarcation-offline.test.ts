import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLE_FOLDER } from '@smc/example';
import { smc } from '../testing/smc.ts';

const BEFORE = EXAMPLE_FOLDER['2026-01'];
const AFTER = EXAMPLE_FOLDER['2026-07'];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'smc-offline-'));
  await writeFile(file('geo.json'), JSON.stringify(GEO));
  await writeFile(file('people.csv'), 'postcode,inhabitants\n3770,100\n3771,23\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const file = (name: string) => path.join(folder, name);

/** One arbeidsmarktregio as a square. */
const GEO = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: 'AM13',
      properties: { naam: 'Midden-Utrecht' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [5, 52],
            [6, 52],
            [6, 53],
            [5, 53],
            [5, 52],
          ],
        ],
      },
    },
  ],
};

describe('demarcation show', () => {
  const ask = (...args: readonly string[]) => smc('demarcation', 'show', AFTER, ...args);

  test('says in Dutch who helps and why, and in English when asked', async () => {
    const dutch = await ask('--at', '2026-08-01', '--postcode', '3511 ab');
    expect(dutch.code).toBe(0);
    expect(dutch.out).toContain('De postcode hoort bij kantoor utrecht.');
    const english = await ask('--at', '2026-08-01', '--postcode', '3511AB', '--lang', 'en');
    expect(english.out).toContain('The postcode belongs to office utrecht.');
  });

  test('gives the same as data', async () => {
    const { out } = await ask('--at', '2026-08-01', '--postcode', '3511AB', '--json');
    expect(JSON.parse(out)).toMatchObject({ office: { id: 'utrecht' }, version: '2026-07' });
  });

  test('answers no, with the first day, before the version holds', async () => {
    const { code, err } = await ask('--at', '2026-06-30', '--postcode', '3511AB');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'Deze afbakening geldt vanaf 2026-07-01; op 2026-06-30 nog niet.\n',
    });
  });
});

describe('demarcation diff', () => {
  test('tells what changes and ends with 0, or with 1 when the exit code is asked for', async () => {
    const told = await smc('demarcation', 'diff', BEFORE, AFTER);
    expect(told.code).toBe(0);
    expect(told.out).toContain('3770-3779: van Ede (ede) naar Utrecht (utrecht)');
    expect((await smc('demarcation', 'diff', BEFORE, AFTER, '--exit-code')).code).toBe(1);
    const same = await smc('demarcation', 'diff', AFTER, AFTER, '--exit-code');
    expect(same).toMatchObject({ code: 0, err: '' });
  });

  test('counts the inhabitants of a population file', async () => {
    const args = ['--population', file('people.csv'), '--json'];
    const { out } = await smc('demarcation', 'diff', BEFORE, AFTER, ...args);
    expect(JSON.parse(out)).toMatchObject({ counts: { otherOffice: { inhabitants: 123 } } });
  });
});

describe('demarcation map', () => {
  const draw = (from: string, ...args: readonly string[]) =>
    smc('demarcation', 'map', from, '--geo', file('geo.json'), '--out', file('map.html'), ...args);

  test('writes a page', async () => {
    const { code, out } = await draw(AFTER, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ areas: 1, gaps: [], problems: 0, on: '2026-07-01' });
    expect(await readFile(file('map.html'), 'utf8')).toContain('Midden-Utrecht: Utrecht');
  });

  test('draws no day before the version holds', async () => {
    expect(await draw(AFTER, '--at', '2026-06-30')).toMatchObject({ code: 1 });
  });

  test('needs to be told where the areas lie when they are no regions of the document', async () => {
    await writeFile(file('other.json'), JSON.stringify(GEO).replace('AM13', 'GM0344'));
    const out = await smc(
      'demarcation',
      'map',
      AFTER,
      '--geo',
      file('other.json'),
      '--out',
      file('x'),
    );
    expect(out.code).toBe(2);
    expect(out.err).toContain('--areas tells which postcodes lie in them');
  });
});

test.each([
  ['show', ['show', AFTER, '--postcode', '3511AB'], "required option '--at <date>'"],
  ['show', ['show', AFTER, '--at', '1 July', '--postcode', '3511AB'], '--at takes a date'],
  ['show', ['show', AFTER, '--at', '2026-08-01', '--postcode', '3511'], 'a whole postcode'],
  [
    'show',
    ['show', '/nowhere', '--at', '2026-08-01', '--postcode', '3511AB'],
    'There is no folder',
  ],
  [
    'show',
    ['show', AFTER, '--at', '2026-08-01', '--postcode', '3511AB', '--bsn-suffix', '7'],
    '--bsn-suffix takes two digits',
  ],
  [
    'show',
    ['show', AFTER, '--at', '2026-08-01', '--postcode', '3511AB', '--law', 'WAI'],
    '--law: expected one of',
  ],
  ['diff', ['diff', BEFORE], "missing required argument 'after'"],
  ['diff', ['diff', BEFORE, AFTER, '--lang', 'fr'], '--lang takes nl or en'],
  ['diff', ['diff', BEFORE, AFTER, '--population', '/nowhere.csv'], 'There is no file'],
  ['map', ['map', AFTER, '--geo', '/nowhere', '--out', 'x'], 'There is no file'],
  ['map', ['map', AFTER, '--geo', 'x', '--out', 'x', '--by', 'colour'], '--by takes office'],
])('%s: bad usage %j ends with 2 and a sentence', async (_, args, expected) => {
  const { code, err } = await smc('demarcation', ...args);
  expect(code).toBe(2);
  expect(err).toContain(expected);
  expect(err).not.toContain('    at ');
});
