/** Areas to draw, from the TopoJSON or GeoJSON that the user gives. */
import { feature } from 'topojson-client';
import { accept, refuse, type Result } from '@smc/domain';

export type Point = readonly [x: number, y: number];
export type Ring = readonly Point[];

export type Shape = {
  /** What areas are known by: the feature's id, or else its `statcode`, `id` or `code`. */
  readonly id: string;
  readonly name: string;
  /** Outer rings and holes alike; drawn by the even-odd rule. In the coordinates of the file. */
  readonly rings: readonly Ring[];
};

export const GEO_BYTES_MAX = 64 * 1024 * 1024;
const SHAPES_MAX = 10_000;

/** The first layer of a TopoJSON, or the features of a GeoJSON; refuses with what was expected. */
export function readGeography(text: string): Result<readonly Shape[], string> {
  const features = featuresOf(parse(text));
  if (features === undefined) return refuse('expected TopoJSON, or a GeoJSON FeatureCollection');
  if (features.length === 0 || features.length > SHAPES_MAX) {
    return refuse(`expected 1 to ${SHAPES_MAX} areas, found ${features.length}`);
  }
  const shapes: Shape[] = [];
  for (const [i, one] of features.entries()) {
    const shape = shapeOf(one);
    if (shape === undefined) {
      return refuse(`area ${i + 1}: expected a Polygon or MultiPolygon with an id or code`);
    }
    shapes.push(shape);
  }
  return accept(shapes);
}

type Json = Readonly<Record<string, unknown>>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function featuresOf(value: unknown): readonly unknown[] | undefined {
  if (!isObject(value)) return undefined;
  if (value['type'] === 'FeatureCollection' && Array.isArray(value['features'])) {
    return value['features'];
  }
  if (!isTopology(value)) return undefined;
  try {
    const [layer] = Object.values(value.objects);
    const found: unknown = layer === undefined ? undefined : feature(value, layer);
    return isObject(found) && Array.isArray(found['features']) ? found['features'] : [found];
  } catch {
    // Arcs that are not there, or are no lists of numbers.
    return undefined;
  }
}

function isTopology(value: Json): value is Json & Parameters<typeof feature>[0] {
  return value['type'] === 'Topology' && Array.isArray(value['arcs']) && isObject(value['objects']);
}

function shapeOf(value: unknown): Shape | undefined {
  if (!isObject(value) || !isObject(value['geometry'])) return undefined;
  const { type, coordinates } = value['geometry'];
  const properties = isObject(value['properties']) ? value['properties'] : {};
  const id = firstText(value['id'], properties['statcode'], properties['id'], properties['code']);
  const polygons =
    type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : undefined;
  if (id === undefined || !Array.isArray(polygons)) return undefined;
  const rings: unknown[] = polygons.flat();
  if (!rings.every(isRing)) return undefined;
  const name = firstText(properties['naam'], properties['name'], properties['statnaam']);
  return { id, name: name ?? id, rings };
}

function isRing(value: unknown): value is Ring {
  return Array.isArray(value) && value.length >= 3 && value.every(isPoint);
}

function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && Number.isFinite(value[0]) && Number.isFinite(value[1]);
}

function firstText(...values: readonly unknown[]): string | undefined {
  const found = values.find((value) => typeof value === 'string' || typeof value === 'number');
  return found === undefined ? undefined : String(found);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
