import { expect, test } from 'vitest';
import { ownAreaPostcodes, readAreaPostcodes } from './area-postcodes.ts';
import { readGeography, type Shape } from './geography.ts';
import { draw } from './projection.ts';

/** Two squares that share a side, as TopoJSON writes them: a shared arc, differences, a scale. */
const TOPOLOGY = {
  type: 'Topology',
  transform: { scale: [1, 1], translate: [100_000, 400_000] },
  arcs: [
    [
      [10, 0],
      [0, 10],
    ],
    [
      [10, 10],
      [-10, 0],
      [0, -10],
      [10, 0],
    ],
    [
      [10, 10],
      [10, 0],
      [0, -10],
      [-10, 0],
    ],
  ],
  objects: {
    gemeenten: {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Polygon', id: 'GM1', properties: { naam: 'Een' }, arcs: [[0, 1]] },
        { type: 'MultiPolygon', properties: { statcode: 'GM2' }, arcs: [[[0, 2]]] },
      ],
    },
  },
};

function shapesOf(value: unknown): readonly Shape[] {
  const read = readGeography(JSON.stringify(value));
  if (!read.ok) throw new Error(read.refusal);
  return read.value;
}

test('TopoJSON gives its areas with their ids, names and rings', () => {
  const [first, second] = shapesOf(TOPOLOGY);

  expect(first).toMatchObject({ id: 'GM1', name: 'Een' });
  expect(second).toMatchObject({ id: 'GM2', name: 'GM2' });
  expect(first?.rings[0]).toContainEqual([100_010, 400_010]);
});

test('north is up, and areas that touch still touch', () => {
  const { width, height, shapes } = draw(shapesOf(TOPOLOGY));

  expect([width, height]).toEqual([1000, 500]);
  expect(shapes.map(({ path }) => path)).toEqual([
    'M500 500L500 0L0 0L0 500L500 500Z',
    'M500 500L500 0L1000 0L1000 500L500 500Z',
  ]);
  expect(shapes.map(({ middle }) => middle)).toEqual([
    [250, 250],
    [750, 250],
  ]);
});

test.each([
  ['no JSON', '{', 'expected TopoJSON'],
  ['another JSON', '{"type":"Feature"}', 'expected TopoJSON'],
  ['arcs that are not there', JSON.stringify({ ...TOPOLOGY, arcs: [] }), 'expected TopoJSON'],
  ['no areas', '{"type":"FeatureCollection","features":[]}', 'expected 1 to'],
  [
    'points',
    '{"type":"FeatureCollection","features":[{"id":"x","geometry":{"type":"Point","coordinates":[1,2]}}]}',
    'area 1: expected a Polygon',
  ],
  [
    'coordinates that are none',
    '{"type":"FeatureCollection","features":[{"id":"x","geometry":{"type":"Polygon","coordinates":[[["a",1],[2,2],[3,3]]]}}]}',
    'area 1: expected a Polygon',
  ],
])('%s is refused with what was expected', (_, text, expected) => {
  const read = readGeography(text);
  expect(read.ok ? '' : read.refusal).toContain(expected);
});

test('the column of the areas is the one that holds the ids of the geography', () => {
  const text = 'pc4,plaats,code\n1011,"Ergens, aan zee",GM2\n1012,Hier,GM1\n1013AB,Daar,GM1\n';
  const read = readAreaPostcodes(text, shapesOf(TOPOLOGY));

  expect(read).toEqual({
    ok: true,
    value: new Map([
      ['GM2', [1011]],
      ['GM1', [1012, 1013]],
    ]),
  });
});

test('a file that joins nothing is refused with its place', () => {
  const shapes = shapesOf(TOPOLOGY);
  const refusalOf = (text: string) => {
    const read = readAreaPostcodes(text, shapes);
    return read.ok ? '' : read.refusal;
  };

  expect(refusalOf('postcode,name\n1011,x\n')).toContain('1:1 expected a header');
  expect(refusalOf('postcode,area\n1011,GM1\n0999,GM1\n')).toContain('3:1 postcode: expected');
});

test('areas that are four digits, or the regions of the document, need no file', () => {
  const shape = (id: string): Shape => ({ id, name: id, rings: [] });
  const area = { office: 'dom', arbeidsmarktregio: 'AM01' } as never;
  const claims = [
    { range: { from: '3511AA', to: '3512ZZ', precision: 'pc4' }, area, line: 2 } as const,
  ];

  expect(ownAreaPostcodes([shape('3511')], [])).toEqual(new Map([['3511', [3511]]]));
  expect(ownAreaPostcodes([shape('AM01'), shape('AM02')], claims)).toEqual(
    new Map([['AM01', [3511, 3512]]]),
  );
  expect(ownAreaPostcodes([shape('GM1')], claims)).toBeUndefined();
});
