/** Which four digits lie in which area of a map. */
import { accept, isPc4, isPostcode, refuse, type Result } from '@smc/domain';
import { csvCells } from '../csv-cells.ts';
import type { PostcodeClaim } from '../postcode-csv.ts';
import { pc4Numbers } from '../postcode-range.ts';
import type { Shape } from './geography.ts';

/** Per area its four digits, ascending. An area without any is not in it. */
export type AreaPostcodes = ReadonlyMap<string, readonly number[]>;

/**
 * Reads a CSV with a header: a column `postcode` or `pc4`, and a column `area` or else the first
 * whose cells are ids of the geography (in the file of CBS figures that is the municipality for one
 * geography and the arbeidsmarktregio for another). Whole postcodes count by their four digits.
 */
export function readAreaPostcodes(
  text: string,
  shapes: readonly Shape[],
): Result<AreaPostcodes, string> {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = csvCells(header).map((name) => name.toLowerCase());
  const rows = lines
    .map((line, i) => ({ cells: csvCells(line), line: i + 2 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const ids = new Set(shapes.map(({ id }) => id));
  const postcodeAt = names.findIndex((name) => name === 'postcode' || name === 'pc4');
  const areaAt = names.includes('area')
    ? names.indexOf('area')
    : names.findIndex((_, i) => rows.some(({ cells }) => ids.has(cells[i] ?? '')));
  if (postcodeAt < 0 || areaAt < 0) {
    return refuse('1:1 expected a header with postcode (or pc4) and area, or a column of area ids');
  }
  const pairs: (readonly [area: string, pc4: number])[] = [];
  for (const { cells, line } of rows) {
    const postcode = cells[postcodeAt];
    if (!isPc4(postcode) && !isPostcode(postcode)) {
      return refuse(`${line}:1 ${names[postcodeAt]}: expected a postcode such as 3511 or 3511AB`);
    }
    pairs.push([cells[areaAt] ?? '', Number(postcode.slice(0, 4))]);
  }
  return accept(grouped(pairs.filter(([area]) => ids.has(area))));
}

/**
 * Without such a file: areas that are four digits themselves, or that are the arbeidsmarktregio's
 * of the document. Undefined where they are neither.
 */
export function ownAreaPostcodes(
  shapes: readonly Shape[],
  claims: readonly PostcodeClaim[],
): AreaPostcodes | undefined {
  const ids = new Set(shapes.map(({ id }) => id));
  if ([...ids].every(isPc4)) return grouped([...ids].map((id) => [id, Number(id)]));
  const pairs = claims.flatMap(({ range, area }) => {
    if (range.precision !== 'pc4' || !ids.has(area.arbeidsmarktregio)) return [];
    const { from, to } = pc4Numbers(range);
    return Array.from(
      { length: to - from + 1 },
      (_, i) => [area.arbeidsmarktregio, from + i] as const,
    );
  });
  return pairs.length === 0 ? undefined : grouped(pairs);
}

function grouped(pairs: readonly (readonly [area: string, pc4: number])[]): AreaPostcodes {
  const byArea = Map.groupBy(pairs, ([area]) => area);
  return new Map(
    [...byArea].map(([area, of]) => [
      area,
      [...new Set(of.map(([, pc4]) => pc4))].sort((a, b) => a - b),
    ]),
  );
}
