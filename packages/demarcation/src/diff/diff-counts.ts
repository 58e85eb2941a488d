/** A comparison in figures. */
import type { BasisChange } from './basis-changes.ts';
import type { HelperChange } from './helper-changes.ts';
import type { FieldChange } from './list-changes.ts';
import type { OfficeMove, Population } from './office-moves.ts';
import type { PostcodeUnit } from './postcode-units.ts';

export type DiffCounts = {
  readonly officesAdded: number;
  readonly officesRemoved: number;
  readonly teamsAdded: number;
  readonly teamsRemoved: number;
  readonly officesWithOtherBasis: number;
  readonly otherOffice: TouchedPostcodes;
  readonly otherTeam: TouchedPostcodes;
  /** Fields that differ and are none of these. */
  readonly otherFields: number;
};

export type TouchedPostcodes = {
  readonly fourDigits: number;
  readonly single: number;
  readonly inhabitants: number | undefined;
};

export function countsOf(of: {
  readonly units: readonly PostcodeUnit[];
  readonly moves: readonly OfficeMove[];
  readonly bases: readonly BasisChange[];
  readonly helpers: readonly HelperChange[];
  readonly fields: readonly Pick<FieldChange, 'kind' | 'path'>[];
  readonly population: Population | undefined;
}): DiffCounts {
  const count = (kind: FieldChange['kind'], section: 'offices' | 'teams') =>
    of.fields.filter((change) => change.kind === kind && wholeItem(change.path) === section).length;
  const counted = {
    officesAdded: count('added', 'offices'),
    officesRemoved: count('removed', 'offices'),
    teamsAdded: count('added', 'teams'),
    teamsRemoved: count('removed', 'teams'),
  };
  const whole = Object.values(counted).reduce((sum, n) => sum + n, 0);
  const otherOffice = of.moves.filter(({ before, after }) => before?.office !== after?.office);
  return {
    ...counted,
    officesWithOtherBasis: new Set(of.bases.map(({ office }) => office)).size,
    otherOffice: touched(of, otherOffice),
    otherTeam: touched(of, of.helpers),
    otherFields: of.fields.length - whole,
  };
}

/** Whether the change is that of a whole office or team. */
function wholeItem(path: readonly string[]): 'offices' | 'teams' | undefined {
  if (path[0] !== 'offices') return undefined;
  if (path.length === 2) return 'offices';
  return path[2] === 'teams' && path.length === 4 ? 'teams' : undefined;
}

/** Each postcode once, however often it changes hands. */
function touched(
  { units, population }: { units: readonly PostcodeUnit[]; population: Population | undefined },
  changes: readonly Pick<OfficeMove, 'postcodes'>[],
): TouchedPostcodes {
  const names = new Set<string>();
  for (const range of changes.flatMap(({ postcodes }) => postcodes.ranges)) {
    const [from = '', to = from] = range.split('-');
    // Single postcodes stand among the four digits and belong to ranges of their own.
    for (let i = firstFrom(from, units); i < units.length; i++) {
      const { name } = units[i] ?? { name: '' };
      if (name > to) break;
      if (name.length === from.length) names.add(name);
    }
  }
  const four = [...names].filter((name) => name.length === 4);
  const inhabitants = four.reduce((sum, name) => sum + (population?.get(Number(name)) ?? 0), 0);
  return {
    fourDigits: four.length,
    single: names.size - four.length,
    inhabitants: population === undefined ? undefined : inhabitants,
  };
}

/** The place of the first unit that is not before this name. */
function firstFrom(name: string, units: readonly PostcodeUnit[]): number {
  let [low, high] = [0, units.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle]?.name ?? '') < name) low = middle + 1;
    else high = middle;
  }
  return low;
}
