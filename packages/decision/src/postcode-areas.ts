import { assert, type Pc4, type Postcode } from '@smc/domain';
import type { Area, PostcodeAreas } from './demarcation.ts';
import { lastAtMost } from './last-at-most.ts';
import { pc4Number, pc4OfNumber, postcodeNumber } from './postcode-number.ts';

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
 * The table from postcode to area: 60 kB, and six bytes per exception. Throws
 * a BugError when a postcode is given twice or an area does not exist: validation comes before.
 */
export function buildPostcodeAreas(input: PostcodeAreasInput): PostcodeAreas {
  assert(input.areas.length <= AREAS_MAX, 'too many areas');
  const byPc4 = tableOfPc4(input);
  const exceptions = tableOfPc6(input);
  const plain = input.areas.map((area) => ({ area, exception: false }));
  const exceptional = input.areas.map((area) => ({ area, exception: true }));
  return {
    lookUp(postcode) {
      const pc4 = pc4Number(postcode);
      const at = placeOf(postcodeNumber(postcode), pc4, exceptions);
      if (at !== undefined) return exceptional[exceptions.areas[at] ?? 0];
      // Zero stands for "no area".
      return plain[(byPc4[pc4] ?? 0) - 1];
    },
  };
}

/** Whole postcodes ascending, each with its area. */
type Exceptions = {
  readonly postcodes: Int32Array;
  readonly areas: Uint16Array;
  /** Where the postcodes of each four digits begin, so that a search stays in one cache line or two. */
  readonly begins: Int32Array;
};

function placeOf(wanted: number, pc4: number, exceptions: Exceptions): number | undefined {
  const { postcodes, begins } = exceptions;
  const [low, high] = [begins[pc4] ?? 0, begins[pc4 + 1] ?? 0];
  if (low === high) return undefined;
  const at = lastAtMost(postcodes, wanted, { low, high });
  return at >= low && postcodes[at] === wanted ? at : undefined;
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

function tableOfPc6({ areas, pc6 }: PostcodeAreasInput): Exceptions {
  // Postcode and area packed in one number, so that sorting needs no comparison in JavaScript.
  const packed: number[] = [];
  for (const { postcode, area } of pc6) {
    assert(areas[area] !== undefined, 'a whole postcode names an area that does not exist');
    packed.push(postcodeNumber(postcode) * (AREAS_MAX + 1) + area);
  }
  const sorted = Float64Array.from(packed).sort();
  const postcodes = new Int32Array(sorted.length);
  const places = new Uint16Array(sorted.length);
  const begins = new Int32Array(PC4_COUNT + 1);
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] ?? 0;
    const number = Math.floor(value / (AREAS_MAX + 1));
    assert(i === 0 || number !== postcodes[i - 1], 'a whole postcode has two areas');
    postcodes[i] = number;
    places[i] = value % (AREAS_MAX + 1);
    const next = pc4OfNumber(number) + 1;
    begins[next] = i + 1;
  }
  for (let i = 1; i <= PC4_COUNT; i++) begins[i] = Math.max(begins[i] ?? 0, begins[i - 1] ?? 0);
  return { postcodes, areas: places, begins };
}
