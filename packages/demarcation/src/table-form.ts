/**
 * The postcode table in parts: the areas and the runs of four digits in the first, the exceptions
 * in as many more as it takes.
 *
 *   postcodes/000  {"areas":[["dom","AM13"],...],"pc4":[["1000","1119",0],...]}
 *   postcodes/001  {"pc6":[["7933TA",12],...]}
 *
 * Runs are as long as they can be and exceptions stand one by one, so that it does not matter how
 * the lines of `postcodes.csv` were cut.
 */
import {
  isIdentifier,
  isPc4,
  isPostcode,
  type ArbeidsmarktregioId,
  type OfficeId,
} from '@smc/domain';
import { buildPostcodeAreas, type Area, type PostcodeAreas } from '@smc/decision';
import { canonicalJson } from './canonical-json.ts';
import { PC4_FIRST, PC4_LAST } from './postcode-range.ts';
import {
  TABLE_AREAS_MAX,
  TABLE_ENTRIES_MAX,
  type PostcodeEntry,
  type PostcodeTable,
} from './postcode-table.ts';

/** Sixteen bytes each at most: 640 kB, well under what a record takes. */
const EXCEPTIONS_PER_PART = 40_000;

/** The bodies of the parts, in order. */
export function sliceTable(table: PostcodeTable): readonly Buffer[] {
  const areas = areasOf(table);
  const indexOf = new Map(areas.map((area, i) => [keyOf(area), i]));
  const index = (area: Area) => indexOf.get(keyOf(area)) ?? 0;
  const runs: [from: string, to: string, area: number][] = [];
  const exceptions: [postcode: string, area: number][] = [];
  for (const { postcode, area } of table) {
    const last = runs.at(-1);
    if (postcode.length === 6) exceptions.push([postcode, index(area)]);
    else if (last?.[2] === index(area)) last[1] = postcode;
    else runs.push([postcode, postcode, index(area)]);
  }
  const bodies = [
    canonicalJson({
      areas: areas.map(({ office, arbeidsmarktregio }) => [office, arbeidsmarktregio]),
      pc4: runs,
    }),
  ];
  for (let i = 0; i < exceptions.length; i += EXCEPTIONS_PER_PART) {
    bodies.push(canonicalJson({ pc6: exceptions.slice(i, i + EXCEPTIONS_PER_PART) }));
  }
  return bodies;
}

/** The areas of a table, ascending by office and arbeidsmarktregio. */
export function areasOf(table: PostcodeTable): readonly Area[] {
  const areas = new Map<string, Area>();
  let last: Area | undefined;
  for (const { area } of table) {
    if (area !== last) areas.set(keyOf(area), area);
    last = area;
  }
  return [...areas].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, area]) => area);
}

const keyOf = (area: Area) => `${area.office},${area.arbeidsmarktregio}`;

/** What `sliceTable` wrote; undefined when it is not that. */
export function joinTable(bodies: readonly Uint8Array[]): PostcodeTable | undefined {
  const table: PostcodeEntry[] = [];
  let areas: readonly Area[] = [];
  for (const [i, body] of bodies.entries()) {
    const part = parseObject(body);
    if (i === 0) {
      const read = readAreas(part['areas']);
      if (read === undefined || !readRuns(part['pc4'], read, table)) return undefined;
      areas = read;
    } else if (!readExceptions(part['pc6'], areas, table)) {
      return undefined;
    }
  }
  return isWhole(table.sort((a, b) => (a.postcode < b.postcode ? -1 : 1))) ? table : undefined;
}

/** All of 1000 to 9999, nothing twice, and no more than there can be. */
export function isWhole(table: PostcodeTable): boolean {
  let pc4s = 0;
  for (const [i, { postcode }] of table.entries()) {
    if (postcode.length === 4) pc4s++;
    if (table[i - 1]?.postcode === postcode) return false;
  }
  return pc4s === PC4_LAST - PC4_FIRST + 1 && table.length <= TABLE_ENTRIES_MAX;
}

export function readAreas(value: unknown): readonly Area[] | undefined {
  if (!Array.isArray(value) || value.length > TABLE_AREAS_MAX) return undefined;
  const areas: Area[] = [];
  for (const pair of value) {
    const [office, regio] = Array.isArray(pair) ? pair : [];
    if (!isIdentifier<'OfficeId'>(office) || !isIdentifier<'ArbeidsmarktregioId'>(regio)) {
      return undefined;
    }
    areas.push(areaOf(office, regio));
  }
  return areas;
}

const areaOf = (office: OfficeId, arbeidsmarktregio: ArbeidsmarktregioId): Area => ({
  office,
  arbeidsmarktregio,
});

function readRuns(value: unknown, areas: readonly Area[], into: PostcodeEntry[]): boolean {
  if (!Array.isArray(value) || value.length > PC4_LAST) return false;
  for (const run of value) {
    const [from, to, index] = Array.isArray(run) ? run : [];
    const area = areas[Number(index)];
    if (!isPc4(from) || !isPc4(to) || area === undefined) return false;
    for (let pc4 = Number(from); pc4 <= Number(to); pc4++) {
      const postcode = String(pc4);
      if (isPc4(postcode)) into.push({ postcode, area });
    }
    if (into.length > PC4_LAST) return false;
  }
  return true;
}

function readExceptions(value: unknown, areas: readonly Area[], into: PostcodeEntry[]): boolean {
  if (!Array.isArray(value) || value.length > EXCEPTIONS_PER_PART) return false;
  for (const exception of value) {
    const [postcode, index] = Array.isArray(exception) ? exception : [];
    const area = areas[Number(index)];
    if (!isPostcode(postcode) || area === undefined) return false;
    into.push({ postcode, area });
  }
  return true;
}

function parseObject(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The table as the decision looks things up in it. */
export function areasFrom(table: PostcodeTable): PostcodeAreas {
  const areas = areasOf(table);
  const indexOf = new Map(areas.map((area, i) => [keyOf(area), i]));
  const index = (area: Area) => indexOf.get(keyOf(area)) ?? 0;
  return buildPostcodeAreas({
    areas,
    pc4: pick(table, isPc4, (pc4, area) => ({ pc4, area: index(area) })),
    pc6: pick(table, isPostcode, (postcode, area) => ({ postcode, area: index(area) })),
  });
}

function* pick<P extends string, T>(
  table: PostcodeTable,
  isOne: (text: unknown) => text is P,
  make: (postcode: P, area: Area) => T,
): Generator<T> {
  for (const { postcode, area } of table) if (isOne(postcode)) yield make(postcode, area);
}
