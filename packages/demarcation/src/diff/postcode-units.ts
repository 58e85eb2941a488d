/**
 * The postcodes of two documents side by side: one unit for each four digits, for each whole
 * postcode that either of them sets apart from its four digits, and for each that teams have apart.
 */
import { isPostcode, type Postcode } from '@smc/domain';
import type { Area, PostcodeRange } from '@smc/decision';
import type { DemarcationDocument } from '../document.ts';
import { postcodesOf } from '../postcode-csv.ts';
import type { PostcodeTable } from '../postcode-table.ts';

export type PostcodeUnit = {
  /** `3511`, or a whole postcode. */
  readonly name: string;
  /** A postcode that stands for all of the unit. */
  readonly sample: Postcode;
  readonly before: Area | undefined;
  readonly after: Area | undefined;
};

/** One walk over both tables, which ascend. */
export function unitsOf(
  before: DemarcationDocument,
  after: DemarcationDocument,
): readonly PostcodeUnit[] {
  const names = namesApart(before, after);
  const areas = { before: walk(before.postcodes), after: walk(after.postcodes) };
  return names.flatMap((name, i) => {
    const unit = { name, before: areas.before(name), after: areas.after(name) };
    const sample = isPostcode(name) ? name : sampleOf(name, names, i + 1);
    return sample === undefined ? [] : [{ ...unit, sample }];
  });
}

/** Every name of either table and every postcode that a team has apart; ascending, each once. */
function namesApart(before: DemarcationDocument, after: DemarcationDocument): readonly string[] {
  const ofTeams = [...wholeRanges(before), ...wholeRanges(after)].flatMap((r) => [
    ...postcodesOf(r),
  ]);
  const lists = [
    before.postcodes.map(({ postcode }) => postcode),
    after.postcodes.map(({ postcode }) => postcode),
    ofTeams.sort(),
  ];
  return lists.reduce<readonly string[]>(merge, []);
}

function merge(some: readonly string[], others: readonly string[]): readonly string[] {
  const merged: string[] = [];
  for (let i = 0, j = 0; i < some.length || j < others.length;) {
    const [a, b] = [some[i], others[j]];
    const next = a === undefined || (b !== undefined && b < a) ? b : a;
    if (a === next) i++;
    if (b === next) j++;
    if (next !== undefined && merged.at(-1) !== next) merged.push(next);
  }
  return merged;
}

/** The area of each name asked for, ascending: its own, or else that of its four digits. */
function walk(table: PostcodeTable): (name: string) => Area | undefined {
  let at = 0;
  let fourDigits: PostcodeTable[number] | undefined;
  return (name) => {
    for (let entry = table[at]; entry !== undefined && entry.postcode < name; entry = table[++at]) {
      if (entry.postcode.length === 4) fourDigits = entry;
    }
    const entry = table[at];
    if (entry?.postcode === name) return entry.area;
    return name.startsWith(fourDigits?.postcode ?? ' ') ? fourDigits?.area : undefined;
  };
}

function wholeRanges({ offices }: DemarcationDocument): readonly PostcodeRange[] {
  const ranges = offices.flatMap(({ teams }) => teams.flatMap(({ postcodes }) => postcodes));
  return ranges.filter(({ precision }) => precision === 'pc6');
}

/** Of four digits one that is not apart: those that are follow it; undefined where all are. */
function sampleOf(pc4: string, names: readonly string[], after: number): Postcode | undefined {
  let at = after;
  for (const postcode of postcodesOf({ from: `${pc4}AA`, to: `${pc4}ZZ` })) {
    if (names[at] !== postcode) return postcode;
    at++;
  }
  return undefined;
}
