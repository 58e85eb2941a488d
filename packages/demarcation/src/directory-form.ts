/**
 * The form of a table in Redis: one hash, with a field for each four digits that also holds the
 * exceptions inside them, and one for the areas.
 *
 *   areas  [["dom","AM13"],["plas","AM11"]]
 *   3511   0
 *   3512   0;BA1;BB1      3512BA and 3512BB belong to area 1
 *
 * So a whole table is about nine thousand fields, and one postcode is one HMGET away.
 */
import { isPc4, isPostcode, pc4Of, type Postcode } from '@smc/domain';
import type { Area } from '@smc/decision';
import type { PostcodeEntry, PostcodeTable } from './postcode-table.ts';
import { areasOf, isWhole, readAreas } from './table-form.ts';

export const AREAS_FIELD = 'areas';

export function writeFields(table: PostcodeTable): ReadonlyMap<string, string> {
  const areas = areasOf(table);
  const index = new Map<string, number>();
  for (const [i, area] of areas.entries()) index.set(keyOf(area), i);
  const fields = new Map<string, string>();
  for (const { postcode, area } of table) {
    const at = index.get(keyOf(area)) ?? 0;
    const pc4 = postcode.slice(0, 4);
    // Exceptions follow their four digits in the table.
    if (postcode.length === 4) fields.set(pc4, String(at));
    else fields.set(pc4, `${fields.get(pc4)};${postcode.slice(4)}${at}`);
  }
  const pairs = areas.map(({ office, arbeidsmarktregio }) => [office, arbeidsmarktregio]);
  return fields.set(AREAS_FIELD, JSON.stringify(pairs));
}

/** The table that was written, or undefined when these fields are not a whole table. */
export function readFields(fields: Iterable<readonly [string, string]>): PostcodeTable | undefined {
  const byPc4 = new Map(fields);
  const areas = parseAreas(byPc4.get(AREAS_FIELD));
  byPc4.delete(AREAS_FIELD);
  if (areas === undefined) return undefined;
  const table: PostcodeEntry[] = [];
  for (const [pc4, text] of [...byPc4].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!isPc4(pc4) || !readField(pc4, text, (postcode, at) => push(table, postcode, areas[at]))) {
      return undefined;
    }
  }
  return isWhole(table) ? table : undefined;
}

/** The area of one postcode, from its field and that of the areas. */
export function readOne(
  postcode: Postcode,
  field: string | undefined,
  areasField: string | undefined,
): Area | undefined {
  const areas = parseAreas(areasField);
  if (areas === undefined || field === undefined) return undefined;
  let area: Area | undefined;
  readField(pc4Of(postcode), field, (of, at) => {
    if (of.length === 4 || of === postcode) area = areas[at];
    return true;
  });
  return area;
}

const keyOf = (area: Area) => `${area.office},${area.arbeidsmarktregio}`;

function push(table: PostcodeEntry[], postcode: string, area: Area | undefined): boolean {
  if (area === undefined) return false;
  if (!isPc4(postcode) && !isPostcode(postcode)) return false;
  table.push({ postcode, area });
  return true;
}

function readField(
  pc4: string,
  text: string,
  take: (postcode: string, area: number) => boolean,
): boolean {
  const [own = '', ...exceptions] = text.split(';');
  if (!take(pc4, Number(own || Number.NaN))) return false;
  return exceptions.every((exception) =>
    take(pc4 + exception.slice(0, 2), Number(exception.slice(2) || Number.NaN)),
  );
}

function parseAreas(text: string | undefined): readonly Area[] | undefined {
  if (text === undefined) return undefined;
  try {
    return readAreas(JSON.parse(text));
  } catch {
    return undefined;
  }
}
