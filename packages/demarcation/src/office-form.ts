/** `offices/*.yaml`, and the parts `office/ID` of a published version: the same form. */
import { must, type Basis, type LocalDate, type OfficeId } from '@smc/domain';
import type { PostcodeRange, Team } from '@smc/decision';
import { RANGES_PER_TEAM_MAX, TEAMS_PER_OFFICE_MAX, type OfficeDocument } from './document.ts';
import {
  formatPostcodeRange,
  formatSuffixRange,
  parsePostcodeRange,
  parseSuffixRange,
} from './postcode-range.ts';
import { readDate, readId, readList, readName, readWord } from './read-fields.ts';
import { whole, type YamlCursor } from './yaml-cursor.ts';

const BASES_MAX = 64;
const BASES: readonly Basis[] = ['postcode', 'bsn', 'workload', 'manual'];

export function readOffice(at: YamlCursor): OfficeDocument | undefined {
  const fields = at.fields(['id', 'name', 'district', 'bases', 'teams']);
  const id = readId<'OfficeId'>(fields.id);
  const office = whole({
    id,
    name: readName(fields.name),
    district: readId<'DistrictId'>(fields.district),
    bases: readList(fields.bases, readBasis, BASES_MAX),
    teams: readList(fields.teams, (team) => readTeam(team, id), TEAMS_PER_OFFICE_MAX),
  });
  return office && at.problems.remember(office, at);
}

function readBasis(at: YamlCursor): OfficeDocument['bases'][number] | undefined {
  const fields = at.fields(['from', 'basis']);
  const dated = whole({ from: readDate(fields.from), basis: readWord(fields.basis, BASES) });
  if (dated?.basis === 'workload') {
    at.problems.add(
      fields.basis.place,
      fields.basis.field,
      'this version of the software does not have the basis workload yet: choose manual',
    );
  }
  return dated && at.problems.remember(dated, at);
}

function readTeam(at: YamlCursor, office: OfficeId | undefined): Team | undefined {
  const fields = at.fields(
    ['id', 'name', 'from', 'laws', 'products'],
    ['until', 'postcodes', 'bsn'],
  );
  const until = fields.until && readDate(fields.until);
  const from = readDate(fields.from);
  const competence = whole({
    from,
    laws: readCodes(fields.laws),
    products: readCodes(fields.products),
  });
  const team = whole({
    id: readId<'TeamId'>(fields.id),
    name: readName(fields.name),
    office,
    from,
    competences: competence && [{ ...competence, lines: 'all' as const }],
    postcodes:
      fields.postcodes === undefined
        ? []
        : readList(fields.postcodes, readRange, RANGES_PER_TEAM_MAX),
    bsnSuffixes: fields.bsn === undefined ? [] : readList(fields.bsn, readSuffixes, 100),
  });
  if (team === undefined || (fields.until !== undefined && until === undefined)) return undefined;
  return at.problems.remember(
    { ...team, until, profile: 'regular' as const, capacity: [], band: undefined },
    at,
  );
}

function readCodes(at: YamlCursor): readonly string[] | 'all' | undefined {
  if (at.isText()) return readWord<'all'>(at, ['all']);
  const codes = readList<string>(at, readId);
  return codes.length === 0 ? at.expected('all, or a list of codes') : codes;
}

function readRange(at: YamlCursor): PostcodeRange | undefined {
  const range = at.text(parsePostcodeRange, 'postcodes such as 3511, 3511-3525 or 3511AA-3511CZ');
  return range && at.problems.remember(range, at);
}

function readSuffixes(at: YamlCursor) {
  const range = at.text(parseSuffixRange, 'last digits of a BSN such as 07 or 00-24');
  return range && at.problems.remember(range, at);
}

/** What `readOffice` reads back. */
export function writeOffice(office: OfficeDocument): object {
  return { ...office, teams: office.teams.map(writeTeam) };
}

function writeTeam(team: Team): object {
  const { id, name, from, competences, postcodes, bsnSuffixes, until } = team;
  const competence = must(competences[0], 'a team that was read has a competence');
  return {
    id,
    name,
    from,
    laws: competence.laws,
    products: competence.products,
    ...dated(until),
    ...(postcodes.length === 0 ? {} : { postcodes: postcodes.map(formatPostcodeRange) }),
    ...(bsnSuffixes.length === 0 ? {} : { bsn: bsnSuffixes.map(formatSuffixRange) }),
  };
}

function dated(until: LocalDate | undefined): object {
  return until === undefined ? {} : { until };
}
