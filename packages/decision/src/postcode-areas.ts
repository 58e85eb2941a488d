import { assert, type Pc4, type Postcode } from '@smc/domain';
import type { Area, PostcodeAreas } from './demarcation.ts';
import { lastAtMost } from './last-at-most.ts';
import { pc4Number, postcodeNumber } from './postcode-number.ts';

/** A document with more areas than this is not one of 27 offices. Fits sixteen bits beside "none". */
export const AREAS_MAX = 0xffff - 1;
const PC4_COUNT = 10_000;

/** `area` is an index in `areas`. */
export type PostcodeAreasInput = {
  readonly areas: readonly Area[];
  readonly pc4: Iterable<{ readonly pc4: Pc4; readonly area: number }>;
  /** Whole postcodes that belong elsewhere than their four digits say. */
  readonly pc6: Iterable<{ readonly postcode: Postcode; readonly area: number }>;
};

/**
 * The table from postcode to area: 20 kB for the four digits, and six bytes per exception. Throws
 * a BugError when a postcode is given twice or an area does not exist: validation comes before.
 */
export function buildPostcodeAreas(input: PostcodeAreasInput): PostcodeAreas {
  assert(input.areas.length <= AREAS_MAX, 'too many areas');
  const byPc4 = tableOfPc4(input);
  const { postcodes, areas } = tableOfPc6(input);
  const plain = input.areas.map((area) => ({ area, exception: false }));
  const exceptional = input.areas.map((area) => ({ area, exception: true }));
  return {
    lookUp(postcode) {
      if (postcodes.length > 0) {
        const wanted = postcodeNumber(postcode);
        const at = lastAtMost(postcodes, wanted);
        if (at >= 0 && postcodes[at] === wanted) return exceptional[areas[at] ?? 0];
      }
      // Zero stands for "no area".
      return plain[(byPc4[pc4Number(postcode)] ?? 0) - 1];
    },
  };
}

function tableOfPc4({ areas, pc4 }: PostcodeAreasInput): Uint16Array {
  const table = new Uint16Array(PC4_COUNT);
  for (const entry of pc4) {
    const at = pc4Number(entry.pc4);
    assert(areas[entry.area] !== undefined, 'four digits name an area that does not exist');
    assert(table[at] === 0, 'four digits have two areas');
    table[at] = entry.area + 1;
  }
  return table;
}

function tableOfPc6({ areas, pc6 }: PostcodeAreasInput): {
  readonly postcodes: Int32Array;
  readonly areas: Uint16Array;
} {
  // Postcode and area packed in one number, so that sorting needs no comparison in JavaScript.
  const packed: number[] = [];
  for (const { postcode, area } of pc6) {
    assert(areas[area] !== undefined, 'a whole postcode names an area that does not exist');
    packed.push(postcodeNumber(postcode) * (AREAS_MAX + 1) + area);
  }
  const sorted = Float64Array.from(packed).sort();
  const postcodes = new Int32Array(sorted.length);
  const places = new Uint16Array(sorted.length);
  sorted.forEach((value, i) => {
    postcodes[i] = Math.floor(value / (AREAS_MAX + 1));
    places[i] = value % (AREAS_MAX + 1);
    assert(i === 0 || postcodes[i] !== postcodes[i - 1], 'a whole postcode has two areas');
  });
  return { postcodes, areas: places };
}
