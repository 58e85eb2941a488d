/** What the four digits of a map are coloured by, and where something is wrong with them. */
import {
  isBsnSuffix,
  isPc4,
  must,
  type LocalDate,
  type OfficeId,
  type Postcode,
} from '@smc/domain';
import type { Language, PostcodeRange } from '@smc/decision';
import type { DemarcationDocument, OfficeDocument } from '../document.ts';
import { postcodesOf } from '../postcode-csv.ts';
import { PC4_FIRST, PC4_LAST, pc4Numbers } from '../postcode-range.ts';
import type { PostcodeEntry } from '../postcode-table.ts';
import { askerOf, unpublished, type Asker } from '../show/ask.ts';
import { everyKind, type CaseKind } from '../show/case-kinds.ts';
import { BASIS_WORDS, formatNamed } from '../words.ts';
import type { ReadableDemarcation } from './readable-demarcation.ts';

export type MapBy = 'office' | 'team' | 'basis';
export const MAP_BY: readonly MapBy[] = ['office', 'team', 'basis'];

/** One colour of the map. */
export type Category = { readonly key: string; readonly name: string };

export type Pc4Colour = {
  /** Usually one; more where teams share, or where offices overlap. */
  readonly categories: readonly Category[];
  readonly flaw: 'gap' | 'overlap' | undefined;
};

/** Indexed by the four digits as a number. */
export type Pc4Colours = readonly (Pc4Colour | undefined)[];

export type ColourBy = {
  readonly by: MapBy;
  readonly on: LocalDate;
  readonly language: Language;
};

export function pc4Colours(readable: ReadableDemarcation, how: ColourBy): Pc4Colours {
  const claimed: OfficeId[][] = [];
  for (const { range, area } of readable.claims) {
    if (range.precision !== 'pc4') continue;
    const { from, to } = pc4Numbers(range);
    for (let pc4 = from; pc4 <= to; pc4++) (claimed[pc4] ??= []).push(area.office);
  }
  const categoriesOf = categoriesBy(readable, how);
  const colours: Pc4Colour[] = [];
  for (let pc4 = PC4_FIRST; pc4 <= PC4_LAST; pc4++) {
    const offices = claimed[pc4] ?? [];
    const found = [...new Set(offices)].map((office) => categoriesOf(office, pc4));
    const categories = found.flatMap((one) => one.categories);
    const isGap = found.length === 0 || found.some((one) => one.flaw === 'gap');
    const isOverlap = offices.length > 1 || found.some((one) => one.flaw === 'overlap');
    colours[pc4] = {
      categories: [...new Map(categories.map((one) => [one.key, one])).values()],
      flaw: isOverlap ? 'overlap' : isGap ? 'gap' : undefined,
    };
  }
  return colours;
}

/** What an office makes of its four digits. */
type CategoriesOf = (office: OfficeId, pc4: number) => Pc4Colour;

const NOBODY: Pc4Colour = { categories: [], flaw: 'gap' };

const only = (category: Category): Pc4Colour => ({ categories: [category], flaw: undefined });

function categoriesBy(readable: ReadableDemarcation, how: ColourBy): CategoriesOf {
  const byId = new Map(readable.offices.map((office) => [office.id, office]));
  if (how.by === 'office') return (id) => only({ key: id, name: byId.get(id)?.name ?? id });
  const basisOf = (id: OfficeId) =>
    byId.get(id)?.bases.findLast(({ from }) => from <= how.on)?.basis;
  if (how.by === 'basis') {
    return (id) => {
      const basis = basisOf(id);
      if (basis === undefined) return NOBODY;
      return only({ key: basis, name: BASIS_WORDS[basis][how.language] });
    };
  }
  const byTeam = teamsBy(readable, how);
  return (id, pc4) => {
    const basis = basisOf(id);
    const office = byId.get(id);
    if (basis === undefined || office === undefined) return NOBODY;
    if (basis === 'postcode') return byTeam(office, pc4);
    return only({ key: id, name: `${office.name}: ${BASIS_WORDS[basis][how.language]}` });
  };
}

/** Asks the decision which teams help; once for all four digits in the same ranges of an office. */
function teamsBy(
  readable: ReadableDemarcation,
  { on }: ColourBy,
): (office: OfficeDocument, pc4: number) => Pc4Colour {
  const document = documentToAsk(readable);
  if (document === undefined) return () => NOBODY;
  const ask = askerOf(unpublished(document));
  const { laws, products, employments } = document.organisation;
  const kinds = everyKind({
    laws,
    products,
    employments: employments.length === 0 ? [''] : employments,
  });
  const sampleOf = samplesOf(readable);
  const known = new Map<string, Pc4Colour>();
  return (office, pc4) => {
    const sample = sampleOf(pc4);
    if (sample === undefined) return NOBODY;
    const ranges = [...office.teams, ...office.sharedRanges].flatMap(({ postcodes }) => postcodes);
    const places = ranges.flatMap((range, i) => (isIn(range, sample) ? [i] : []));
    const key = `${office.id} ${places.join(' ')}`;
    const colour = known.get(key) ?? teamsAt({ ask, kinds, office, on, sample });
    known.set(key, colour);
    return colour;
  };
}

function teamsAt(of: {
  readonly ask: Asker;
  readonly kinds: readonly CaseKind[];
  readonly office: OfficeDocument;
  readonly on: LocalDate;
  readonly sample: Postcode;
}): Pc4Colour {
  const { office, sample } = of;
  const teams = new Set<string>();
  let isShared = false;
  for (const kind of of.kinds) {
    const helper = of.ask({ ...kind, on: of.on, postcode: sample, bsnSuffix: SOME_DIGITS });
    if (helper.kind !== 'teams') continue;
    for (const team of helper.teams) teams.add(team);
    isShared ||= helper.choice === 'share';
  }
  const onPurpose = office.sharedRanges.some(({ postcodes }) =>
    postcodes.some((range) => isIn(range, sample)),
  );
  const categories = office.teams
    .filter(({ id, profile }) => profile === 'regular' && teams.has(id))
    .map((team) => ({ key: team.id, name: formatNamed(team) }));
  if (categories.length === 0) return NOBODY;
  return { categories, flaw: isShared && !onPurpose ? 'overlap' : undefined };
}

const isIn = ({ from, to }: PostcodeRange, postcode: Postcode) =>
  from <= postcode && postcode <= to;

const SOME_DIGITS = must(['00'].find(isBsnSuffix), 'two digits are a suffix');

/** A document in which each four digits that an office has belong to the first one that says so. */
function documentToAsk(readable: ReadableDemarcation): DemarcationDocument | undefined {
  const { organisation, offices, claims } = readable;
  if (organisation === undefined) return undefined;
  const known = new Set(offices.map(({ id }) => id));
  const entries = new Map<string, PostcodeEntry>();
  for (const { range, area } of claims) {
    if (range.precision !== 'pc4' || !known.has(area.office)) continue;
    const { from, to } = pc4Numbers(range);
    for (let n = from; n <= to; n++) {
      const postcode = String(n);
      if (isPc4(postcode) && !entries.has(postcode)) entries.set(postcode, { postcode, area });
    }
  }
  const postcodes = [...entries.values()].sort((a, b) => (a.postcode < b.postcode ? -1 : 1));
  return { organisation, offices, postcodes };
}

/** Gives a postcode that neither the table nor a team sets apart from its four digits. */
function samplesOf({ claims, offices }: ReadableDemarcation) {
  const ranges = [
    ...claims.map(({ range }) => range),
    ...offices.flatMap(({ teams }) => teams.flatMap(({ postcodes }) => postcodes)),
  ].filter(({ precision }) => precision === 'pc6');
  const apart = Map.groupBy(ranges, ({ from }) => from.slice(0, 4));
  return (pc4: number): Postcode | undefined => {
    const own = apart.get(String(pc4)) ?? [];
    for (const postcode of postcodesOf({ from: `${pc4}AA`, to: `${pc4}ZZ` })) {
      if (!own.some((range) => isIn(range, postcode))) return postcode;
    }
    return undefined;
  };
}
