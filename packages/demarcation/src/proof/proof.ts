import type { LocalDate } from '@smc/domain';
import type { OfficeDocument, Organisation, TeamDocument } from '../document.ts';
import type { PostcodeClaim } from '../postcode-csv.ts';
import type { PostcodeTable } from '../postcode-table.ts';
import type { Problems } from '../problem.ts';
import type { OfficeArea } from './office-areas.ts';
import type { Piece } from './office-pieces.ts';
import type { Population } from './population.ts';

/** A document as it was read, before anything is known of its sense. */
export type ReadDocument = {
  readonly organisation: Organisation;
  readonly offices: readonly OfficeDocument[];
  readonly claims: readonly PostcodeClaim[];
};

/** What a check looks at, and where it says what it finds. */
export type Proof = ReadDocument & {
  readonly table: PostcodeTable;
  /** What of the table is an office's. */
  readonly areaOf: (office: string) => OfficeArea;
  /** The same in pieces that are answered alike. */
  readonly piecesOf: (office: OfficeDocument) => readonly Piece[];
  readonly population: Population | undefined;
  /** The day from which warnings look ahead. */
  readonly on: LocalDate;
  readonly problems: Problems;
};

export type Check = (proof: Proof) => void;

/**
 * The days on which something changes for an office: the version's first, and each later day on
 * which a basis, a team, a competence or hours begin or end. Between two of them nothing changes.
 */
export function changeDates(
  { effectiveFrom }: Organisation,
  office: OfficeDocument,
): readonly LocalDate[] {
  const dates = [
    ...office.bases.map(({ from }) => from),
    ...office.teams.flatMap((team) => [
      ...beginAndEnd(team),
      ...team.competences.map(({ from }) => from),
      ...team.capacity.flatMap(beginAndEnd),
    ]),
  ];
  return [...new Set([effectiveFrom, ...dates.filter((date) => date > effectiveFrom)])].sort();
}

type Dated = { readonly from: LocalDate; readonly until: LocalDate | undefined };

function beginAndEnd({ from, until }: Dated): readonly LocalDate[] {
  return until === undefined ? [from] : [from, until];
}

export function isThere({ from, until }: Dated, date: LocalDate): boolean {
  return from <= date && (until === undefined || date < until);
}

/** The teams that are reached by area on the day (the others only by the rule that names them). */
export function regularTeams(office: OfficeDocument, date: LocalDate): readonly TeamDocument[] {
  return office.teams.filter((team) => team.profile === 'regular' && isThere(team, date));
}

/** The dated basis that holds on the day; undefined: none has begun. */
export function basisOn(
  { bases }: OfficeDocument,
  date: LocalDate,
): OfficeDocument['bases'][number] | undefined {
  return bases.findLast(({ from }) => from <= date);
}

export function minutesOn(
  team: TeamDocument,
  date: LocalDate,
  counts: (hours: TeamDocument['capacity'][number]) => boolean = () => true,
): number {
  return team.capacity
    .filter((hours) => isThere(hours, date) && counts(hours))
    .reduce((sum, { minutes }) => sum + minutes, 0);
}
