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

export function unitsOf(
  before: DemarcationDocument,
  after: DemarcationDocument,
): readonly PostcodeUnit[] {
  const [old, now] = [areasByName(before.postcodes), areasByName(after.postcodes)];
  const names = new Set([...old.keys(), ...now.keys()]);
  for (const range of [...wholeRanges(before), ...wholeRanges(after)]) {
    for (const postcode of postcodesOf(range)) names.add(postcode);
  }
  const areaIn = (areas: ReadonlyMap<string, Area>, name: string) =>
    areas.get(name) ?? areas.get(name.slice(0, 4));
  return [...names].sort().flatMap((name) => {
    const sample = sampleOf(name, names);
    const areas = { before: areaIn(old, name), after: areaIn(now, name) };
    return sample === undefined ? [] : [{ name, sample, ...areas }];
  });
}

function areasByName(table: PostcodeTable): ReadonlyMap<string, Area> {
  return new Map(table.map(({ postcode, area }) => [postcode, area]));
}

function wholeRanges({ offices }: DemarcationDocument): readonly PostcodeRange[] {
  const ranges = offices.flatMap(({ teams }) => teams.flatMap(({ postcodes }) => postcodes));
  return ranges.filter(({ precision }) => precision === 'pc6');
}

/** Of four digits one that is not set apart; undefined where every one is. */
function sampleOf(name: string, apart: ReadonlySet<string>): Postcode | undefined {
  if (isPostcode(name)) return name;
  const all = postcodesOf({ from: `${name}AA`, to: `${name}ZZ` });
  for (const postcode of all) if (!apart.has(postcode)) return postcode;
  return undefined;
}
