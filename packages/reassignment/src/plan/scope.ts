import {
  accept,
  isClientKey,
  isIdentifier,
  refuse,
  type ClientKey,
  type ClientState,
  type OfficeId,
  type Result,
  type TeamId,
} from '@smc/domain';

/**
 * Whom a plan may move: clients of one of these offices, of one of these teams, these clients, or
 * those who live in one of these ranges. Of an empty list everybody is; of several lists only who
 * is in each. Clients out of scope count for what a team has, and never move.
 */
export type Scope = {
  readonly offices: readonly OfficeId[];
  readonly teams: readonly TeamId[];
  readonly clients: readonly ClientKey[];
  /** Whole postcodes, both ends included. */
  readonly postcodes: readonly { readonly from: string; readonly to: string }[];
};

export const EVERYBODY: Scope = { offices: [], teams: [], clients: [], postcodes: [] };

/** A test that is made ready once for many clients. */
export function scopeTest(scope: Scope): (key: ClientKey, client: ClientState) => boolean {
  const offices = new Set(scope.offices);
  const teams = new Set(scope.teams);
  const clients = new Set(scope.clients);
  const { postcodes } = scope;
  if (offices.size + teams.size + clients.size + postcodes.length === 0) return () => true;
  return (key, { office, team, postcode }) =>
    (offices.size === 0 || (office !== undefined && offices.has(office))) &&
    (teams.size === 0 || (team !== undefined && teams.has(team))) &&
    (clients.size === 0 || clients.has(key)) &&
    (postcodes.length === 0 ||
      (postcode !== undefined &&
        postcodes.some(({ from, to }) => from <= postcode && postcode <= to)));
}

const RANGE = /^([1-9][0-9]{3})([A-Z]{2})?(?:-([1-9][0-9]{3})([A-Z]{2})?)?$/;
const EXPECTED =
  'expected office=ID, team=ID, client=KEY, or postcode= with 3511, 3511-3525 or 3511AB-3511AZ';

/** Reads `office=utrecht`, `team=...`, `client=...`, `postcode=3511-3525`; several add up. */
export function parseScope(texts: readonly string[]): Result<Scope, string> {
  const offices: OfficeId[] = [];
  const teams: TeamId[] = [];
  const clients: ClientKey[] = [];
  const postcodes: { from: string; to: string }[] = [];
  for (const text of texts) {
    const at = text.indexOf('=');
    const [name, value] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
    if (name === 'office' && isIdentifier<'OfficeId'>(value)) offices.push(value);
    else if (name === 'team' && isIdentifier<'TeamId'>(value)) teams.push(value);
    else if (name === 'client' && isClientKey(value)) clients.push(value);
    else {
      const range = name === 'postcode' ? rangeOf(value) : undefined;
      if (range === undefined) return refuse(`${text}: ${EXPECTED}`);
      postcodes.push(range);
    }
  }
  return accept({ offices, teams, clients, postcodes });
}

function rangeOf(text: string): { from: string; to: string } | undefined {
  const parts = RANGE.exec(text.replaceAll(' ', '').toUpperCase());
  if (parts === null) return undefined;
  const [, first = '', letters, last = first, lastLetters] = parts;
  const end = parts[3] === undefined ? letters : lastLetters;
  const range = { from: first + (letters ?? 'AA'), to: last + (end ?? 'ZZ') };
  return range.from <= range.to ? range : undefined;
}
