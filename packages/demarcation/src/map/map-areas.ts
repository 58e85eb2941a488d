/** What each area of the map shows: its colours by how many four digits have them, and its flaws. */
import { PC4_FIRST, PC4_LAST } from '../postcode-range.ts';
import { rangesOf } from '../postcode-names.ts';
import type { AreaPostcodes } from './area-postcodes.ts';
import type { Category, Pc4Colours } from './postcode-colours.ts';
import type { DrawnShape } from './projection.ts';

export type MapArea = {
  readonly drawn: DrawnShape;
  /** The most frequent first; none: no four digits are known to lie here, or nobody helps. */
  readonly parts: readonly { readonly category: Category; readonly pc4s: number }[];
  readonly pc4s: number;
  /** As ranges. */
  readonly gaps: readonly string[];
  readonly overlaps: readonly string[];
};

export function mapAreas(
  shapes: readonly DrawnShape[],
  postcodes: AreaPostcodes,
  colours: Pc4Colours,
): readonly MapArea[] {
  return shapes.map((drawn) => {
    const own = postcodes.get(drawn.shape.id) ?? [];
    const counts = new Map<string, { readonly category: Category; pc4s: number }>();
    for (const pc4 of own) {
      for (const category of colours[pc4]?.categories ?? []) {
        const part = counts.get(category.key) ?? { category, pc4s: 0 };
        part.pc4s++;
        counts.set(category.key, part);
      }
    }
    return {
      drawn,
      parts: [...counts.values()].sort((a, b) => b.pc4s - a.pc4s),
      pc4s: own.length,
      gaps: flawedIn(own, colours, 'gap'),
      overlaps: flawedIn(own, colours, 'overlap'),
    };
  });
}

/** Gaps and overlaps of the whole country, drawn or not: nobody lives in a PO box, but it counts. */
export function flaws(colours: Pc4Colours, flaw: 'gap' | 'overlap'): readonly string[] {
  const all = Array.from({ length: PC4_LAST - PC4_FIRST + 1 }, (_, i) => PC4_FIRST + i);
  return flawedIn(all, colours, flaw);
}

/** Every colour that some four digits have, in the order of the four digits. */
export function categoriesIn(colours: Pc4Colours): readonly Category[] {
  const found = new Map<string, Category>();
  for (const colour of colours) {
    for (const category of colour?.categories ?? []) found.set(category.key, category);
  }
  return [...found.values()];
}

function flawedIn(
  pc4s: readonly number[],
  colours: Pc4Colours,
  flaw: 'gap' | 'overlap',
): readonly string[] {
  return rangesOf(pc4s.filter((pc4) => colours[pc4]?.flaw === flaw).map(String));
}
