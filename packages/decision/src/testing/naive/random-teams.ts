/** Random teams of a valid document: what they may handle, serve and have hours for. */
import fc from 'fast-check';
import {
  fromEpochDay,
  toEpochDay,
  type BsnSuffix,
  type LocalDate,
  type OfficeId,
  type TeamId,
} from '@smc/domain';
import type { Capacity, Competence, PostcodeRange, Team, TeamProfile } from '../../demarcation.ts';

export const LAWS = ['WIA', 'ZW'];
export const PRODUCTS = ['wia-aanvraag', 'herbeoordeling'];
export const LINES = ['vangnet', 'werkgever'];
export const ALWAYS = '2020-01-01' as LocalDate;
export const FIRST_DAY = toEpochDay('2026-01-01' as LocalDate);
const DAYS = 900;

export const day: fc.Arbitrary<LocalDate> = fc.nat(DAYS).map((n) => fromEpochDay(FIRST_DAY + n));

export function mostly<T, U>(usual: fc.Arbitrary<T>, now: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: now });
}

const allOr = (codes: readonly string[]) =>
  mostly(fc.constant<'all'>('all'), fc.subarray([...codes], { minLength: 1 }));

const competence: fc.Arbitrary<Competence> = fc.record({
  from: fc.constant(ALWAYS),
  laws: allOr(LAWS),
  products: allOr(PRODUCTS),
  lines: fc.oneof(
    { weight: 2, arbitrary: fc.constant<'all'>('all') },
    { weight: 1, arbitrary: fc.subarray(LINES, { minLength: 1 }) },
  ),
});

/** The last one that has begun holds; a team becomes able to do more, or less, on a day (B34). */
const competences = fc
  .tuple(competence, mostly(fc.constant([]), fc.tuple(day, competence)))
  .map(([first, [from, later]]): Competence[] =>
    from === undefined || later === undefined ? [first] : [first, { ...later, from }],
  );

const capacity: fc.Arbitrary<Capacity[]> = fc.array(
  fc.record({
    from: mostly(fc.constant(ALWAYS), day),
    until: mostly(fc.constant(undefined), day),
    minutes: fc.constantFrom(0, 1, 600, 1440, 2160, 9000),
  }),
  { maxLength: 2 },
);

const until = mostly(fc.constant(undefined), day);

/** Offices have three consecutive numbers; ranges are shared, nested and cut by whole postcodes. */
function postcodes(first: number): fc.Arbitrary<PostcodeRange[]> {
  const four = (from: number, to: number): PostcodeRange => ({
    from: `${first + from}AA`,
    to: `${first + to}ZZ`,
    precision: 'pc4',
  });
  const six = (from: string, to: string): PostcodeRange => ({
    from: `${first + 1}${from}`,
    to: `${first + 1}${to}`,
    precision: 'pc6',
  });
  return fc.subarray([four(0, 2), four(0, 0), four(1, 2), six('AA', 'AB'), six('AB', 'ZZ')], {
    minLength: 1,
  });
}

const HALVES = ['00-49', '50-99', '00-99', '07-07'];
const suffixes = fc.subarray(HALVES).map((ranges) =>
  ranges.map((range) => ({
    from: range.slice(0, 2) as BsnSuffix,
    to: range.slice(3) as BsnSuffix,
  })),
);

/** A team that is reached by area. */
export function regularTeam(id: TeamId, office: OfficeId, first: number): fc.Arbitrary<Team> {
  return fc
    .record({
      from: mostly(fc.constant(ALWAYS), day),
      until,
      competences,
      capacity,
      band: fc.constantFrom(undefined, 'gewoon'),
      postcodes: postcodes(first),
      bsnSuffixes: suffixes,
    })
    .map((about) => ({ ...about, id, name: id, office, profile: 'regular' }));
}

/** A team that only a rule reaches which names it. */
export function namedTeam(id: TeamId, office: OfficeId, profile: TeamProfile): fc.Arbitrary<Team> {
  return fc
    .record({ until, competences: mostly(fc.constant([MEERWETTIG]), competences) })
    .map((about) => ({
      ...about,
      id,
      name: id,
      office,
      profile,
      from: ALWAYS,
      capacity: [],
      band: undefined,
      postcodes: [],
      bsnSuffixes: [],
    }));
}

const MEERWETTIG: Competence = { from: ALWAYS, laws: 'all', products: 'all', lines: 'all' };
