import { describe, expect, test } from 'vitest';
import type { LocalDate } from '@smc/domain';
import { readFiles } from '../read-demarcation.ts';
import { DOM, ORGANISATION, POSTCODES, smallFolder } from '../testing/small-folder.ts';
import { readAreaPostcodes } from './area-postcodes.ts';
import { readGeography, type Shape } from './geography.ts';
import { mapPage } from './map-page.ts';
import type { MapBy } from './postcode-colours.ts';
import { readableDemarcation } from './readable-demarcation.ts';

const square = (id: string, x: number) => ({
  type: 'Feature',
  id,
  properties: { naam: `Gemeente ${id}` },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, 52],
        [x + 1, 52],
        [x + 1, 53],
        [x, 53],
        [x, 52],
      ],
    ],
  },
});

function shapesOf(...ids: readonly string[]): readonly Shape[] {
  const features = ids.map((id, i) => square(id, 4 + i));
  const read = readGeography(JSON.stringify({ type: 'FeatureCollection', features }));
  if (!read.ok) throw new Error(read.refusal);
  return read.value;
}

const AREAS = 'postcode,area\n1011,west\n4999,mid\n5000,mid\n9999,east\n';
const SHAPES = shapesOf('west', 'mid', 'east', 'sea');

async function pageOf(changed: Readonly<Record<string, string>> = {}, by: MapBy = 'office') {
  await using folder = await smallFolder(changed);
  const readable = readableDemarcation(await readFiles(folder.path));
  const postcodes = readAreaPostcodes(AREAS, SHAPES);
  if (!postcodes.ok) throw new Error(postcodes.refusal);
  const how = { by, on: '2026-03-01' as LocalDate, language: 'nl' } as const;
  return mapPage(readable, { shapes: SHAPES, postcodes: postcodes.value, how });
}

/** What the page says of an area, to the eye and to a screen reader. */
function areaIn(html: string, name: string) {
  const group = html.split(/<g\s/).find((part) => part.includes(`aria-label="Gemeente ${name}`));
  if (group === undefined) throw new Error(`no area ${name}`);
  const own = group.slice(0, group.indexOf('</g'));
  return {
    label: /aria-label="([^"]*)"/.exec(own)?.[1],
    fill: /class="fill ([^"]*)"/.exec(own)?.[1],
    marks: [...own.matchAll(/flaw-([a-z]+)/g)].map((match) => match[1]),
  };
}

describe('a valid document', () => {
  test('every area has the colour and the name of its office, two where two have part of it', async () => {
    const { html, gaps, overlaps } = await pageOf();

    expect(areaIn(html, 'west')).toMatchObject({ label: 'Gemeente west: Dom', fill: 'colour c0' });
    expect(areaIn(html, 'east')).toMatchObject({ label: 'Gemeente east: Plas', fill: 'colour c1' });
    expect(areaIn(html, 'mid')).toMatchObject({
      label: 'Gemeente mid: Dom, Plas',
      fill: 'striped',
    });
    expect({ gaps, overlaps }).toEqual({ gaps: [], overlaps: [] });
  });

  test('an area in which no postcode is known to lie is said to be one', async () => {
    const { html, withoutPostcodes } = await pageOf();

    expect(withoutPostcodes).toEqual(['Gemeente sea']);
    expect(areaIn(html, 'sea')).toMatchObject({ fill: 'none', marks: [] });
  });

  test('teams have colours where the office divides by postcode; the basis stands elsewhere', async () => {
    const { html } = await pageOf({}, 'team');

    expect(areaIn(html, 'west').label).toBe('Gemeente west: Dom 1 (dom-1)');
    expect(areaIn(html, 'east').label).toBe('Gemeente east: Plas: op BSN');
  });

  test('the basis of each office on the day', async () => {
    const { html } = await pageOf({}, 'basis');

    expect(areaIn(html, 'west').label).toBe('Gemeente west: op postcode');
    expect(areaIn(html, 'east').label).toBe('Gemeente east: op BSN');
  });

  test('the page needs nothing else and forbids itself to ask for it', async () => {
    const { html } = await pageOf();

    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/https?:|<link|<img|src=|@import|url\((?!#)/);
  });

  test('all that the map shows stands in a table too', async () => {
    const { html } = await pageOf();
    const table = html.slice(html.indexOf('<table'), html.indexOf('</table'));

    expect(table.replace(/\s+/g, ' ')).toMatch(
      /<th scope="row">Gemeente mid<\/th> ?<td>Dom \(1\), Plas \(1\)<\/td>/,
    );
  });
});

describe('a document with errors is drawn all the same', () => {
  const broken = {
    'postcodes.csv': POSTCODES.replace('1000-4999', '1012-5000'),
  };

  test('gaps and overlaps have their own patterns and stand in the words', async () => {
    const { html, gaps, overlaps } = await pageOf(broken);

    expect({ gaps, overlaps }).toEqual({ gaps: ['1000-1011'], overlaps: ['5000'] });
    expect(areaIn(html, 'west')).toMatchObject({
      label: 'Gemeente west: niemand. Gaten: 1011',
      fill: 'none',
      marks: ['gap'],
    });
    expect(areaIn(html, 'mid').marks).toEqual(['overlap']);
    expect(areaIn(html, 'east').marks).toEqual([]);
    expect(html).toContain('<pattern id="gap"');
  });

  test('its errors are listed', async () => {
    expect((await pageOf(broken)).html).toMatch(/postcodes\.csv:\d+:1/);
  });

  test('an office whose file can’t be read has its colour and its id', async () => {
    const { html } = await pageOf({ 'offices/dom.yaml': 'id: dom\nname: [' });

    expect(areaIn(html, 'west').label).toBe('Gemeente west: dom');
  });

  test('without demarcation.yaml there are still offices', async () => {
    const { html } = await pageOf({ 'demarcation.yaml': 'version: 1' });

    expect(areaIn(html, 'west').label).toBe('Gemeente west: Dom');
    expect(html).toContain('onleesbaar');
  });

  test('two teams with the same postcodes overlap, unless it is said that they share them', async () => {
    const both = DOM.replace('[1000-2999]', '[1000-4999]');
    const shared = `${both}sharedRanges:
  - { postcodes: [3000-4999], teams: [dom-1, dom-2], reason: too close for one team }
`;
    expect((await pageOf({ 'offices/dom.yaml': both }, 'team')).overlaps).toEqual(['3000-4999']);
    expect((await pageOf({ 'offices/dom.yaml': shared }, 'team')).overlaps).toEqual([]);
  });
});

test.each(['office', 'team'] as const)('names by %s can’t become markup', async (by) => {
  const evil = '<script>alert(1)</script>';
  const { html } = await pageOf(
    {
      'offices/dom.yaml': DOM.replace('name: Dom 1', `name: "${evil}"`).replace(
        'name: Dom\n',
        `name: "'${evil}\\""\n`,
      ),
      'demarcation.yaml': ORGANISATION.replace('RvB 23-245', `"</title>${evil}"`),
    },
    by,
  );

  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).not.toContain('<script>alert');
  expect(html.match(/<script/g)).toHaveLength(1);
});
