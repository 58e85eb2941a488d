/** The drawing: one group an area, its colours, and a pattern over it where something is wrong. */
import type { Point } from './geography.ts';
import type { MapArea } from './map-areas.ts';
import { html, Html } from './html.ts';
import type { MapBy } from './postcode-colours.ts';
import type { MapWords } from './map-words.ts';

export type Colours = {
  /** The class of a colour by its place, and its hue. */
  readonly placeOf: (key: string) => number;
  readonly style: Html;
};

/** Blue: red is for what is wrong. */
const FIRST_HUE = 210;

/** Successive hues lie far apart and differ in lightness too: neighbours are told apart. */
export function coloursFor(keys: readonly string[]): Colours {
  const places = new Map(keys.map((key, i) => [key, i]));
  const rules = keys.map((_, i) => {
    const hue = Math.round((FIRST_HUE + i * 137.508) % 360);
    return `.c${i}{--h:${hue};--d:${((i % 3) - 1) * 9}%}`;
  });
  return { placeOf: (key) => places.get(key) ?? 0, style: new Html(rules.join('')) };
}

/** More parts than this in one area are not told apart by their stripes. */
const STRIPES_MAX = 4;
const STRIPE_WIDTH = 7;

export function drawMap(of: {
  readonly areas: readonly MapArea[];
  readonly size: { readonly width: number; readonly height: number };
  readonly colours: Colours;
  readonly by: MapBy;
  readonly words: MapWords;
}): Html {
  const { areas, size, colours, words } = of;
  const stripes = stripesOf(areas, colours);
  return html`<svg
    class="chart"
    viewBox="-4 -4 ${size.width + 8} ${size.height + 8}"
    role="group"
    aria-labelledby="map-title map-desc"
  >
    <title id="map-title">${words.by[of.by]}</title>
    <desc id="map-desc">${words.described(areas.length)} ${words.keys}</desc>
    <defs>${FLAW_PATTERNS}${stripes.patterns}</defs>
    ${areas.map((area, i) => drawArea(area, i, { ...of, fillOf: stripes.fillOf }))}
    ${of.by === 'office' ? labelsOf(areas) : html``}
  </svg> `;
}

/** Diagonal lines for a gap, a grid for an overlap: told apart without colour. */
const FLAW_PATTERNS = html`<pattern id="gap" width="9" height="9" patternUnits="userSpaceOnUse"
    ><path class="gap" d="M-2 11L11 -2M-2 2L2 -2M7 11L11 7" /></pattern
  ><pattern id="overlap" width="8" height="8" patternUnits="userSpaceOnUse"
    ><path class="overlap" d="M0 4H8M4 0V8"
  /></pattern>`;

export function flawSwatch(flaw: 'gap' | 'overlap'): Html {
  return html`<svg class="swatch" viewBox="0 0 32 22" aria-hidden="true">
    <rect width="32" height="22" class="none" />
    <rect width="32" height="22" fill="url(#${flaw})" />
  </svg>`;
}

export function swatch(place: number): Html {
  return html`<svg class="swatch" viewBox="0 0 32 22" aria-hidden="true">
    <rect width="32" height="22" class="colour c${place}" />
  </svg>`;
}

type Fill = { readonly classes: string; readonly paint: Html };

function drawArea(
  area: MapArea,
  i: number,
  of: {
    readonly colours: Colours;
    readonly by: MapBy;
    readonly words: MapWords;
    readonly fillOf: (area: MapArea) => Fill;
  },
): Html {
  const { path, middle } = area.drawn;
  const { classes, paint } = of.fillOf(area);
  const label = sayArea(area, of.words);
  const keys = area.parts.map(({ category }) => of.colours.placeOf(category.key)).join(' ');
  const mark = (flaw: 'gap' | 'overlap') =>
    html`<path class="mark flaw-${flaw}" fill="url(#${flaw})" d="${path}" />`;
  return html`<g
    class="area"
    role="img"
    aria-label="${label}"
    tabindex="${i === 0 ? 0 : -1}"
    data-x="${middle[0]}"
    data-y="${middle[1]}"
    data-keys="${keys}"
    ><title>${label}</title
    ><path
      class="fill ${classes}"
      ${paint}
      d="${path}"
    />${area.gaps.length > 0 ? mark('gap') : html``}${area.overlaps.length > 0 ? mark('overlap') : html``}</g
  > `;
}

/** `Baarn: Utrecht, Amersfoort. Gaten: 3741.` */
export function sayArea(area: MapArea, words: MapWords): string {
  const { name } = area.drawn.shape;
  if (area.pc4s === 0) return `${name}: ${words.unknown.toLowerCase()}`;
  const whose = area.parts.map(({ category }) => category.name).join(', ') || words.nobody;
  return [
    `${name}: ${whose}`,
    ...(area.gaps.length > 0 ? [`${words.gaps}: ${area.gaps.join(', ')}`] : []),
    ...(area.overlaps.length > 0 ? [`${words.overlaps}: ${area.overlaps.join(', ')}`] : []),
  ].join('. ');
}

/** A pattern of stripes for each set of colours that some area has. */
function stripesOf(areas: readonly MapArea[], { placeOf }: Colours) {
  const ids = new Map<string, string>();
  const patterns: Html[] = [];
  const fillOf = (area: MapArea): Fill => {
    const places = area.parts.slice(0, STRIPES_MAX).map(({ category }) => placeOf(category.key));
    const [first] = places;
    if (first === undefined) return { classes: 'none', paint: html`` };
    if (places.length === 1) return { classes: `colour c${first}`, paint: html`` };
    const key = places.join('-');
    const id = ids.get(key) ?? `stripes-${key}`;
    if (!ids.has(key)) patterns.push(stripePattern(id, places));
    ids.set(key, id);
    return { classes: 'striped', paint: html` fill="url(#${id})"` };
  };
  // The patterns are known once every area has been asked.
  for (const area of areas) fillOf(area);
  return { patterns, fillOf };
}

function stripePattern(id: string, places: readonly number[]): Html {
  const width = places.length * STRIPE_WIDTH;
  const stripes = places.map(
    (place, i) =>
      html`<rect
        x="${i * STRIPE_WIDTH}"
        width="${STRIPE_WIDTH}"
        height="10"
        class="colour c${place}"
      />`,
  );
  return html`<pattern
    id="${id}"
    width="${width}"
    height="10"
    patternUnits="userSpaceOnUse"
    patternTransform="rotate(60)"
    >${stripes}</pattern
  >`;
}

/** Each name once, on that of the areas that are mostly its own that lies most in their middle. */
function labelsOf(areas: readonly MapArea[]): Html {
  const own = areas.filter(({ parts, pc4s }) => (parts[0]?.pc4s ?? 0) * 2 > pc4s);
  const byKey = Map.groupBy(own, ({ parts }) => parts[0]?.category.key);
  const labels = [...byKey.values()].map((group) => {
    const [x, y] = nearest(group, middleOf(group));
    return html`<text class="label" x="${x}" y="${y}"
      >${group[0]?.parts[0]?.category.name ?? ''}</text
    >`;
  });
  return html`<g aria-hidden="true">${labels}</g>`;
}

/** Large areas count for more. */
function middleOf(areas: readonly MapArea[]): Point {
  const weight = areas.reduce((sum, { drawn }) => sum + drawn.size, 0) || 1;
  const along = (axis: 0 | 1) =>
    areas.reduce((sum, { drawn }) => sum + drawn.middle[axis] * drawn.size, 0) / weight;
  return [along(0), along(1)];
}

function nearest(areas: readonly MapArea[], to: Point): Point {
  const distance = ({ drawn: { middle } }: MapArea) =>
    Math.hypot(middle[0] - to[0], middle[1] - to[1]);
  const [first] = areas.toSorted((a, b) => distance(a) - distance(b));
  return first?.drawn.middle ?? to;
}
