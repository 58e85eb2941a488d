/** What changes for whom on which date when one document takes the place of another. */
import { assert, type LocalDate } from '@smc/domain';
import type { DemarcationDocument, OfficeDocument } from '../document.ts';
import { OFFICE } from '../office-form.ts';
import { ORGANISATION } from '../organisation-form.ts';
import { askerOf, unpublished } from '../show/ask.ts';
import { basisChanges, type BasisChange } from './basis-changes.ts';
import { stretchesFrom, type Stretch } from './dates.ts';
import { countsOf, type DiffCounts } from './diff-counts.ts';
import { commonKinds, helperChanges, type HelperChange, type Sides } from './helper-changes.ts';
import { isMap, isWritten, listChanges, type FieldChange, type Written } from './list-changes.ts';
import { officeMoves, type OfficeMove, type Population } from './office-moves.ts';
import { unitsOf, type PostcodeUnit } from './postcode-units.ts';

export type DemarcationDiff = {
  readonly before: VersionName;
  readonly after: VersionName;
  /** The first day on which both could hold: the changes without a day of their own begin on it. */
  readonly from: LocalDate;
  readonly counts: DiffCounts;
  readonly officeMoves: readonly OfficeMove[];
  readonly bases: readonly BasisChange[];
  readonly helpers: readonly HelperChange[];
  /** All else that differs, field by field. */
  readonly fields: readonly DatedFieldChange[];
  /** By id, as the later document that knows them calls them. */
  readonly names: Readonly<Record<string, string>>;
};

export type VersionName = {
  readonly version: string;
  readonly effectiveFrom: LocalDate;
  readonly decisionReference: string;
};

export type DatedFieldChange = Omit<FieldChange, 'from'> & { readonly on: string };

export function compareDemarcations(
  before: DemarcationDocument,
  after: DemarcationDocument,
  population?: Population,
): DemarcationDiff {
  const units = unitsOf(before, after);
  const [first, second] = [before.organisation, after.organisation];
  const from =
    first.effectiveFrom > second.effectiveFrom ? first.effectiveFrom : second.effectiveFrom;
  const moves = officeMoves(units, population);
  const within = officesOfBoth(before, after);
  const bases = within.flatMap((office) =>
    basisChanges(office.before, office.after, stretchesOf(office, from)),
  );
  const helpers = changedHelpers({ before, after }, { units, from, bases, population });
  const fields = fieldChanges({ before, after }, from);
  return {
    before: versionOf(before),
    after: versionOf(after),
    from,
    counts: countsOf({ units, moves, bases, helpers, fields, population }),
    officeMoves: moves,
    bases,
    helpers,
    fields,
    names: namesOf(before, after),
  };
}

/** Whether there is nothing to tell. */
export function isSame(diff: DemarcationDiff): boolean {
  return [diff.officeMoves, diff.bases, diff.helpers, diff.fields].every(
    (changes) => changes.length === 0,
  );
}

function versionOf({ organisation }: DemarcationDocument): VersionName {
  const { version, effectiveFrom, decisionReference } = organisation;
  return { version, effectiveFrom, decisionReference };
}

function officesOfBoth(
  before: DemarcationDocument,
  after: DemarcationDocument,
): readonly Sides<OfficeDocument>[] {
  const old = new Map(before.offices.map((office) => [office.id, office]));
  return after.offices.flatMap((office) => {
    const same = old.get(office.id);
    return same === undefined ? [] : [{ before: same, after: office }];
  });
}

function stretchesOf(office: Sides<OfficeDocument>, from: LocalDate): readonly Stretch[] {
  return stretchesFrom(from, [writtenOffice(office.before), writtenOffice(office.after)]);
}

/** Offices are asked only where they, or what holds for all offices, differ. */
function changedHelpers(
  documents: Sides<DemarcationDocument>,
  of: {
    readonly units: readonly PostcodeUnit[];
    readonly from: LocalDate;
    readonly bases: readonly BasisChange[];
    readonly population: Population | undefined;
  },
): readonly HelperChange[] {
  const { before, after } = documents;
  const ask = { before: askerOf(unpublished(before)), after: askerOf(unpublished(after)) };
  const kinds = commonKinds(before, after);
  const sameRules = rulesForAll(before) === rulesForAll(after);
  const byOffice = Map.groupBy(of.units, (unit) => unit.after?.office);
  return officesOfBoth(before, after).flatMap((office) => {
    const isSameOffice =
      JSON.stringify(writtenOffice(office.before)) === JSON.stringify(writtenOffice(office.after));
    if (sameRules && isSameOffice) return [];
    const { id } = office.after;
    const isDividedAnew = (stretch: Stretch) =>
      of.bases.some((basis) => basis.office === id && isWithin(stretch, basis.stretch));
    const units = byOffice.get(id) ?? [];
    const stretches = stretchesOf(office, of.from);
    const { population } = of;
    return helperChanges({ ask, office, units, kinds, stretches, isDividedAnew, population });
  });
}

/** What decides at every office: where it differs each is asked. */
function rulesForAll({ organisation }: DemarcationDocument): string {
  const own = ORGANISATION.write(organisation);
  assert(isMap(own), 'a form writes texts, lists and maps');
  return JSON.stringify([own['settings'], own['lineTable'], own['participatiewet']]);
}

function isWithin(inner: Stretch, outer: Stretch): boolean {
  return outer.from <= inner.from && (outer.until === undefined || inner.from < outer.until);
}

/** Told elsewhere: who belongs where and by which basis; the version stands at the head. */
const TOLD_APART = new Set(['version', 'effectiveFrom', 'decisionReference']);

function fieldChanges(
  { before, after }: Sides<DemarcationDocument>,
  from: LocalDate,
): readonly DatedFieldChange[] {
  return listChanges(written(before), written(after))
    .filter(({ path }) => !TOLD_APART.has(path[0] ?? '') && path[2] !== 'bases')
    .map(({ from: own, ...change }) => ({ ...change, on: dayOf(change, own, from) }));
}

/** A change begins on its own day where that is still to come. */
function dayOf(
  { path, before, after }: Omit<FieldChange, 'from'>,
  own: string | undefined,
  from: LocalDate,
): string {
  const ends = [before, after].filter((date) => typeof date === 'string').sort();
  const day = path.at(-1) === 'until' ? ends[0] : own;
  return day === undefined || day < from ? from : day;
}

function written({ organisation, offices }: DemarcationDocument): Written {
  const own = ORGANISATION.write(organisation);
  assert(isWritten(own) && isMap(own), 'a form writes texts, lists and maps');
  return { ...own, offices: offices.map(writtenOffice) };
}

function writtenOffice(office: OfficeDocument): Written {
  const own = OFFICE.write(office);
  assert(isWritten(own), 'a form writes texts, lists and maps');
  return own;
}

function namesOf(
  before: DemarcationDocument,
  after: DemarcationDocument,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [before, after].flatMap(({ organisation, offices }) => [
      ...organisation.arbeidsmarktregios.map(({ id, name }) => [id, name] as const),
      ...organisation.districts.map(({ id, name }) => [id, name] as const),
      ...organisation.rayons.map(({ id, name }) => [id, name] as const),
      ...organisation.werkbedrijfOffices.map(({ id, name }) => [id, name] as const),
      ...offices.flatMap(({ id, name, teams }) => [
        [id, name] as const,
        ...teams.map((team) => [team.id, team.name] as const),
      ]),
    ]),
  );
}
