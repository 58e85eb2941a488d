/** From the coordinates of a geography to those of a drawing. */
import type { Point, Ring, Shape } from './geography.ts';

export type Drawing = {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly DrawnShape[];
};

export type DrawnShape = {
  readonly shape: Shape;
  /** The `d` of an SVG path. */
  readonly path: string;
  /** The middle of its largest part, and how large that is. */
  readonly middle: Point;
  readonly size: number;
};

const WIDTH = 1000;

/**
 * Degrees are drawn with east-west shortened as it is in the middle of the area, which for a country
 * of this size can't be told from a proper projection; anything else is taken for metres.
 */
export function draw(shapes: readonly Shape[]): Drawing {
  const points = shapes.flatMap(({ rings }) => rings.flat());
  const [west, east] = extremes(points.map(([x]) => x));
  const [south, north] = extremes(points.map(([, y]) => y));
  const isDegrees = west >= -180 && east <= 180 && south >= -90 && north <= 90;
  const shortening = isDegrees ? Math.cos((((south + north) / 2) * Math.PI) / 180) : 1;
  const scale = WIDTH / (Math.max(east - west, Number.EPSILON) * shortening);
  const project = ([x, y]: Point): Point => [
    round((x - west) * shortening * scale),
    round((north - y) * scale),
  ];
  return {
    width: WIDTH,
    height: Math.max(1, Math.ceil((north - south) * scale)),
    shapes: shapes.map((shape) =>
      drawn(
        shape,
        shape.rings.map((ring) => ring.map(project)),
      ),
    ),
  };
}

function drawn(shape: Shape, rings: readonly Ring[]): DrawnShape {
  let middle: Point = rings[0]?.[0] ?? [0, 0];
  let size = 0;
  for (const ring of rings) {
    const own = Math.abs(areaOf(ring));
    if (own > size) [middle, size] = [centroidOf(ring), own];
  }
  return { shape, path: rings.map(pathOf).join(''), middle, size };
}

function pathOf(ring: Ring): string {
  const distinct = ring.filter(([x, y], i) => {
    const [beforeX, beforeY] = ring[i - 1] ?? [Number.NaN, Number.NaN];
    return x !== beforeX || y !== beforeY;
  });
  return `M${distinct.map((point) => point.join(' ')).join('L')}Z`;
}

function areaOf(ring: Ring): number {
  return sumOf(ring, (cross) => cross) / 2;
}

function centroidOf(ring: Ring): Point {
  const six = areaOf(ring) * 6;
  const x = sumOf(ring, (cross, a, b) => (a[0] + b[0]) * cross) / six;
  const y = sumOf(ring, (cross, a, b) => (a[1] + b[1]) * cross) / six;
  return [round(x), round(y)];
}

/** Over the sides of a ring: `cross` is twice the area between the side and the origin. */
function sumOf(ring: Ring, part: (cross: number, from: Point, to: Point) => number): number {
  return ring.reduce((sum, from, i) => {
    const to = ring[(i + 1) % ring.length] ?? from;
    return sum + part(from[0] * to[1] - to[0] * from[1], from, to);
  }, 0);
}

function extremes(values: readonly number[]): readonly [low: number, high: number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
