/**
 * For whom within an office another team comes to help, from which day on. Both documents are asked
 * the same question, for each stretch of days, each stretch of postcodes with the same teams, each
 * kind of case and each run of last digits; where the answers differ, that is a change.
 */
import { isBsnSuffix, must, type BsnSuffix, type OfficeId, type TeamId } from '@smc/domain';
import type { DemarcationDocument, OfficeDocument } from '../document.ts';
import { formatRuns } from '../postcode-range.ts';
import { signatureOf, type Asker, type Helper } from '../show/ask.ts';
import {
  blocksOf,
  everyKind,
  type CaseKind,
  type CaseKinds,
  type KindChoice,
} from '../show/case-kinds.ts';
import { joinStretches, type Stretch } from './dates.ts';
import { postcodesOf, type Population, type Postcodes } from './office-moves.ts';
import type { PostcodeUnit } from './postcode-units.ts';

export type HelperChange = {
  readonly office: OfficeId;
  readonly stretch: Stretch;
  /** Undefined where the office divides all its clients anew, by another basis. */
  readonly before: HelperName | undefined;
  readonly after: HelperName;
  readonly postcodes: Postcodes;
  /** Whether these are all the postcodes that the office had and keeps. */
  readonly wholeOffice: boolean;
  /** `00-24, 50`; undefined: whatever they are. */
  readonly bsnSuffixes: string | undefined;
  /** How many of each hundred who live there: as many as last digits. */
  readonly percentage: number;
  readonly cases: readonly CaseKinds[];
};

/** Several teams where clients are shared or the office chooses; none where a person does. */
export type HelperName = {
  readonly teams: readonly TeamId[];
  readonly choice: 'one' | 'share' | 'workload' | 'person';
};

export type Sides<T> = { readonly before: T; readonly after: T };

export function helperChanges(of: {
  readonly ask: Sides<Asker>;
  readonly office: Sides<OfficeDocument>;
  readonly units: readonly PostcodeUnit[];
  readonly kinds: KindChoice;
  readonly stretches: readonly Stretch[];
  /** Whether the office divides in another way than before in these days. */
  readonly isDividedAnew: (stretch: Stretch) => boolean;
  readonly population: Population | undefined;
}): readonly HelperChange[] {
  const { id } = of.office.after;
  const kept = of.units.filter(
    ({ before, after }) => before?.office === id && after?.office === id,
  );
  const suffixes = suffixRuns(of.office);
  const found = [...Map.groupBy(kept, (unit) => rangesWith(unit, of.office)).values()].flatMap(
    (units) =>
      changesIn(must(units[0], 'a group has a unit'), { ...of, suffixes }).map((change) => ({
        ...change,
        units,
      })),
  );
  const alike = Map.groupBy(found, ({ stretch, value }) => JSON.stringify([stretch, value]));
  return [...alike.values()].map((group) => {
    const { stretch, value } = must(group[0], 'a group has a change');
    const names = new Set(group.flatMap(({ units }) => units));
    const units = kept.filter((unit) => names.has(unit));
    const wholeOffice = units.length === kept.length;
    const postcodes = postcodesOf(units, of.population);
    return { office: id, stretch, ...value, postcodes, wholeOffice };
  });
}

/** Postcodes in the same ranges of the same teams get the same answers. */
function rangesWith({ name, sample }: PostcodeUnit, office: Sides<OfficeDocument>): string {
  const ranges = [office.before, office.after].flatMap(({ teams }) =>
    teams.flatMap((team) => team.postcodes),
  );
  const places = ranges.flatMap(({ from, to }, i) => (from <= sample && sample <= to ? [i] : []));
  return `${name.length} ${places.join(' ')}`;
}

/** Runs of last digits that no team's range cuts; each is asked once. */
function suffixRuns(office: Sides<OfficeDocument>): readonly (readonly BsnSuffix[])[] {
  const ranges = [office.before, office.after].flatMap(({ teams }) =>
    teams.flatMap((team) => team.bsnSuffixes),
  );
  const begins = new Set(ranges.flatMap(({ from, to }) => [Number(from), Number(to) + 1]));
  const runs: BsnSuffix[][] = [];
  for (let n = 0; n < 100; n++) {
    const suffix = String(n).padStart(2, '0');
    if (n === 0 || begins.has(n)) runs.push([]);
    if (isBsnSuffix(suffix)) runs.at(-1)?.push(suffix);
  }
  return runs;
}

/** One kind of case and one run of last digits for which the answers differ. */
type Differing = {
  readonly kind: CaseKind;
  readonly run: readonly BsnSuffix[];
  readonly before: Helper | undefined;
  readonly after: Helper;
  /** Equal where the change is the same. */
  readonly pair: string;
};

type Change = Pick<HelperChange, 'before' | 'after' | 'bsnSuffixes' | 'percentage' | 'cases'>;

function changesIn(
  { sample }: PostcodeUnit,
  of: {
    readonly ask: Sides<Asker>;
    readonly kinds: KindChoice;
    readonly stretches: readonly Stretch[];
    readonly isDividedAnew: (stretch: Stretch) => boolean;
    readonly suffixes: readonly (readonly BsnSuffix[])[];
  },
): readonly { readonly stretch: Stretch; readonly value: Change }[] {
  const all = everyKind(of.kinds);
  const held = of.stretches.flatMap((stretch) => {
    const anew = of.isDividedAnew(stretch);
    const differing = all.flatMap((kind) =>
      of.suffixes.flatMap((run): readonly Differing[] => {
        const about = { ...kind, postcode: sample, on: stretch.from, bsnSuffix: run[0] ?? ZEROS };
        const helpers = { before: of.ask.before(about), after: of.ask.after(about) };
        const [before, after] = [signatureOf(helpers.before), signatureOf(helpers.after)];
        if (anew) return [{ kind, run, before: undefined, after: helpers.after, pair: after }];
        return before === after ? [] : [{ kind, run, ...helpers, pair: `${before} ${after}` }];
      }),
    );
    return changesOn(differing, of).map((value) => ({ stretch, value }));
  });
  return joinStretches(held, (value) => JSON.stringify(value));
}

const ZEROS = must(['00'].find(isBsnSuffix), 'two digits are a suffix');

/** The kinds of case and last digits with the same change, said together. */
function changesOn(
  differing: readonly Differing[],
  of: { readonly kinds: KindChoice },
): readonly Change[] {
  return [...Map.groupBy(differing, ({ pair }) => pair).values()].flatMap((same) => {
    const { before, after } = must(same[0], 'a group has a change');
    const perKind = Map.groupBy(same, ({ kind }) => JSON.stringify(kind));
    const withDigits = [...perKind.values()].map((group) => ({
      kind: must(group[0], 'a group has a kind').kind,
      digits: group.flatMap(({ run }) => run.map(Number)),
    }));
    return [...Map.groupBy(withDigits, ({ digits }) => digits.join()).values()].map((group) => {
      const digits = group[0]?.digits ?? [];
      return {
        before: before && nameOf(before),
        after: nameOf(after),
        percentage: digits.length,
        bsnSuffixes: digits.length === 100 ? undefined : formatRuns(digits, 2),
        cases: blocksOf(
          group.map(({ kind }) => kind),
          of.kinds,
        ),
      };
    });
  });
}

function nameOf(helper: Helper): HelperName {
  return helper.kind === 'teams'
    ? { teams: helper.teams, choice: helper.choice }
    : { teams: [], choice: 'person' };
}

/** The kinds of case that both documents know; employment matters only where there are lines. */
export function commonKinds(before: DemarcationDocument, after: DemarcationDocument): KindChoice {
  const both = (field: 'laws' | 'products' | 'employments') =>
    after.organisation[field].filter((code) => before.organisation[field].includes(code));
  const employments = both('employments');
  return {
    laws: both('laws'),
    products: both('products'),
    employments: employments.length === 0 ? [''] : employments,
  };
}
