/** The whole page: the drawing, its legend, what is wrong, and a table that says the same in words. */
import { formatProblem } from '../problem.ts';
import type { AreaPostcodes } from './area-postcodes.ts';
import type { Shape } from './geography.ts';
import { html, Html } from './html.ts';
import { categoriesIn, flaws, mapAreas, type MapArea } from './map-areas.ts';
import { MAP_CSS, MAP_SCRIPT } from './map-style.ts';
import { coloursFor, drawMap, flawSwatch, swatch, type Colours } from './map-svg.ts';
import { MAP_WORDS, type MapWords } from './map-words.ts';
import { pc4Colours, type Category, type ColourBy, type MapBy } from './postcode-colours.ts';
import { draw } from './projection.ts';
import type { ReadableDemarcation } from './readable-demarcation.ts';

export type MapPage = {
  /** Complete: no other file and no network is needed to show it. */
  readonly html: string;
  readonly areas: number;
  /** Areas of the map in which no postcode is known to lie. */
  readonly withoutPostcodes: readonly string[];
  readonly gaps: readonly string[];
  readonly overlaps: readonly string[];
};

export function mapPage(
  readable: ReadableDemarcation,
  on: {
    readonly shapes: readonly Shape[];
    readonly postcodes: AreaPostcodes;
    readonly how: ColourBy;
  },
): MapPage {
  const { how } = on;
  const words = MAP_WORDS[how.language];
  const pc4s = pc4Colours(readable, how);
  const drawing = draw(on.shapes);
  const areas = mapAreas(drawing.shapes, on.postcodes, pc4s);
  const categories = categoriesIn(pc4s);
  const colours = coloursFor(categories.map(({ key }) => key));
  const found = { gaps: flaws(pc4s, 'gap'), overlaps: flaws(pc4s, 'overlap') };
  const version = readable.organisation?.version ?? words.unread;
  const decision = readable.organisation?.decisionReference ?? words.unread;
  const page = html`<!doctype html>
    <html lang="${how.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
        />
        <title>${words.title(how.by, version)}</title>
        <style>
          ${new Html(MAP_CSS)}${colours.style}
        </style>
      </head>
      <body>
        <header>
          <h1>${words.title(how.by, version)}</h1>
          <p class="soft">${words.facts(how.on, decision)}</p>
        </header>
        <main>
          <div class="map">
            <section aria-label="${words.by[how.by]}">
              ${drawMap({ areas, size: drawing, colours, by: how.by, words })}
              <output id="here" aria-live="polite"></output>
              <p class="soft hint">${words.keys}</p>
            </section>
            <section aria-labelledby="legend-title">
              <h2 id="legend-title">${words.legend}</h2>
              <p class="soft hint">${words.legendHint}</p>
              ${legend(categories, { areas, colours, words, hasFlaws: found })}
            </section>
          </div>
          ${flawSection(found, words)} ${problemSection(readable, words)}
          ${table(areas, how.by, words)}
          <p class="soft">${words.foot}</p>
        </main>
        <script>
          ${new Html(MAP_SCRIPT)};
        </script>
      </body>
    </html> `;
  const withoutPostcodes = areas.filter((area) => area.pc4s === 0);
  return {
    html: page.text,
    areas: areas.length,
    withoutPostcodes: withoutPostcodes.map(({ drawn }) => drawn.shape.name),
    ...found,
  };
}

type Flaws = { readonly gaps: readonly string[]; readonly overlaps: readonly string[] };

function legend(
  categories: readonly Category[],
  of: {
    readonly areas: readonly MapArea[];
    readonly colours: Colours;
    readonly words: MapWords;
    readonly hasFlaws: Flaws;
  },
): Html {
  const { words, hasFlaws } = of;
  const items = categories.map(({ key, name }) => {
    const parts = of.areas.flatMap(({ parts: all }) => all.filter((p) => p.category.key === key));
    const pc4s = parts.reduce((sum, part) => sum + part.pc4s, 0);
    const place = of.colours.placeOf(key);
    return html`<li>
      <button type="button" aria-pressed="false" data-key="${place}">
        ${swatch(place)}<span>${name}<br /><small>${words.count(parts.length, pc4s)}</small></span>
      </button>
    </li> `;
  });
  const flawItem = (flaw: 'gap' | 'overlap') =>
    html`<li class="flaw">${flawSwatch(flaw)}<span>${words[flaw]}</span></li> `;
  return html`<ul class="legend" tabindex="0" aria-labelledby="legend-title">
    ${hasFlaws.gaps.length > 0 ? flawItem('gap') : html``}${hasFlaws.overlaps.length > 0 ? flawItem('overlap') : html``}${items}
  </ul> `;
}

function flawSection({ gaps, overlaps }: Flaws, words: MapWords): Html {
  const line = (name: string, ranges: readonly string[]) =>
    ranges.length === 0 ? html`` : html`<p><strong>${name}:</strong> ${ranges.join(', ')}</p> `;
  const none = gaps.length + overlaps.length === 0 ? html`<p>${words.noFlaws}</p>` : html``;
  return html`<section aria-labelledby="flaws-title">
    <h2 id="flaws-title">${words.flaws}</h2>
    ${none}${line(words.gaps, gaps)}${line(words.overlaps, overlaps)}
  </section>`;
}

function problemSection({ problems }: ReadableDemarcation, words: MapWords): Html {
  if (problems.length === 0) return html``;
  const items = problems.map((problem) => html`<li>${formatProblem(problem)}</li> `);
  return html`<section aria-labelledby="problems-title">
    <h2 id="problems-title">${words.problems(problems.length)}</h2>
    <ol class="problems">
      ${items}
    </ol>
  </section>`;
}

function table(areas: readonly MapArea[], by: MapBy, words: MapWords): Html {
  const rows = areas
    .toSorted((a, b) => a.drawn.shape.name.localeCompare(b.drawn.shape.name, 'nl'))
    .map((area) => {
      const whose = area.parts.map(({ category, pc4s }) =>
        area.parts.length === 1 ? category.name : `${category.name} (${pc4s})`,
      );
      return html`<tr>
        <th scope="row">${area.drawn.shape.name}</th>
        <td>${whose.join(', ') || words.nobody}</td>
        <td class="number">${area.pc4s}</td>
        <td>${area.gaps.join(', ')}</td>
        <td>${area.overlaps.join(', ')}</td>
      </tr> `;
    });
  return html`<section class="wide" aria-labelledby="table-title" tabindex="0">
    <h2 id="table-title">${words.table}</h2>

    <table>
      <thead>
        <tr>
          <th scope="col">${words.area}</th>
          <th scope="col">${words.one[by]}</th>
          <th scope="col" class="number">${words.postcodes}</th>
          <th scope="col">${words.gaps}</th>
          <th scope="col">${words.overlaps}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}
