import {
  isIdentifier,
  isPc4,
  isPostcode,
  type ArbeidsmarktregioId,
  type OfficeId,
  type Postcode,
} from '@smc/domain';
import type { Area, PostcodeRange } from '@smc/decision';
import {
  formatRuns,
  lettersOf,
  parsePostcodeRange,
  PC4_FIRST,
  PC4_LAST,
  pc4Numbers,
  postcodeOf,
} from './postcode-range.ts';
import { TABLE_ENTRIES_MAX, type PostcodeEntry, type PostcodeTable } from './postcode-table.ts';
import type { Problems } from './problem.ts';
import { inhabitants, type Population } from './proof/population.ts';
import type { RuleId } from './proof/rules.ts';

export const POSTCODE_FILE = 'postcodes.csv';
const HEADER = 'postcodes,office,arbeidsmarktregio';
/** 600,000 lines of at most 140 characters would be more; real ones take 30. */
export const CSV_BYTES_MAX = 64 * 1024 * 1024;

/** A line of the file: these postcodes belong to this area. */
export type PostcodeClaim = {
  readonly range: PostcodeRange;
  readonly area: Area;
  readonly line: number;
};

/**
 * Reads `postcodes,office,arbeidsmarktregio` lines; lines that start with # are for people. No
 * quoting: no field can hold a comma.
 */
export function readPostcodeClaims(text: string, problems: Problems): readonly PostcodeClaim[] {
  const claims: PostcodeClaim[] = [];
  const areas = new Map<string, Area>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  let headed = false;
  for (const [i, content] of lines.entries()) {
    if (content.trim() === '' || content.startsWith('#')) continue;
    if (!headed) {
      headed = true;
      if (content.trim() !== HEADER) report(problems, i + 1, '', `expected the header ${HEADER}`);
      continue;
    }
    const claim = readLine(content, i + 1, { areas, problems });
    if (claim !== undefined) claims.push(claim);
  }
  if (!headed) report(problems, 1, '', `expected the header ${HEADER}`);
  return claims;
}

function readLine(
  content: string,
  line: number,
  to: { readonly areas: Map<string, Area>; readonly problems: Problems },
): PostcodeClaim | undefined {
  const [postcodes = '', office = '', arbeidsmarktregio = '', ...more] = content
    .split(',')
    .map((field) => field.trim());
  const range = parsePostcodeRange(postcodes);
  if (range === undefined) {
    return report(
      to.problems,
      line,
      'postcodes',
      'expected 3511, 3511-3525, 3511AB or 3511AA-3511CZ',
    );
  }
  if (!isIdentifier<'OfficeId'>(office)) {
    return report(to.problems, line, 'office', 'expected the id of an office');
  }
  if (!isIdentifier<'ArbeidsmarktregioId'>(arbeidsmarktregio) || more.length > 0) {
    const what = 'expected the id of an arbeidsmarktregio and the end of the line';
    return report(to.problems, line, 'arbeidsmarktregio', what);
  }
  return { range, area: areaOf(to.areas, office, arbeidsmarktregio), line };
}

function areaOf(known: Map<string, Area>, office: OfficeId, regio: ArbeidsmarktregioId): Area {
  const key = `${office},${regio}`;
  const area = known.get(key) ?? { office, arbeidsmarktregio: regio };
  known.set(key, area);
  return area;
}

/** The table that the claims make: whole when each of 1000-9999 is claimed once and none twice. */
export function tableOf(
  claims: readonly PostcodeClaim[],
  problems: Problems,
  population?: Population,
): PostcodeTable {
  const byPc4 = claimPc4s(claims, problems, population);
  const whole = claimPostcodes(claims, problems);
  const table: PostcodeEntry[] = [];
  const push = (postcode: string, area: Area) => {
    if (isPc4(postcode) || isPostcode(postcode)) table.push({ postcode, area });
  };
  for (let pc4 = PC4_FIRST; pc4 <= PC4_LAST; pc4++) {
    const area = byPc4[pc4]?.area;
    if (area !== undefined) push(String(pc4), area);
    whole[pc4]?.forEach((claim, letters) => push(postcodeOf(pc4, letters), claim.area));
  }
  reportGaps(byPc4, problems, population);
  return table;
}

type Claimed = readonly (PostcodeClaim | undefined)[];

/** Each gap at the line that ends before it; at the top of the file where none does. */
function reportGaps(byPc4: Claimed, problems: Problems, population: Population | undefined): void {
  const gaps = new Map<number, number[]>();
  let line = 1;
  for (let pc4 = PC4_FIRST; pc4 <= PC4_LAST; pc4++) {
    const claim = byPc4[pc4];
    if (claim === undefined) pushTo(gaps, line, pc4);
    else line = claim.line;
  }
  for (const [at, pc4s] of gaps) {
    const people = inhabitants(pc4s, population);
    report(problems, at, 'postcodes', `no office has ${formatRuns(pc4s, 4)}${people}`, 'A02-GAP');
  }
}

function claimPc4s(
  claims: readonly PostcodeClaim[],
  problems: Problems,
  population: Population | undefined,
): Claimed {
  const owners: (PostcodeClaim | undefined)[] = [];
  for (const claim of claims) {
    if (claim.range.precision !== 'pc4') continue;
    const twice = new Map<PostcodeClaim, number[]>();
    const { from, to } = pc4Numbers(claim.range);
    for (let pc4 = from; pc4 <= to; pc4++) {
      const owner = owners[pc4];
      if (owner === undefined) owners[pc4] = claim;
      else pushTo(twice, owner, pc4);
    }
    for (const [owner, numbers] of twice) {
      const people = inhabitants(numbers, population);
      reportTwice(problems, claim, owner, formatRuns(numbers, 4) + people);
    }
  }
  return owners;
}

function pushTo<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The claims on whole postcodes, by their four digits and the place of their letters. */
function claimPostcodes(
  claims: readonly PostcodeClaim[],
  problems: Problems,
): readonly (readonly PostcodeClaim[])[] {
  const owners: PostcodeClaim[][] = [];
  let left = TABLE_ENTRIES_MAX - (PC4_LAST - PC4_FIRST + 1);
  for (const claim of claims) {
    const { from, to, precision } = claim.range;
    if (precision !== 'pc6') continue;
    const pc4 = Number(from.slice(0, 4));
    const own = (owners[pc4] ??= []);
    const twice = new Set<PostcodeClaim>();
    for (let letters = lettersOf(from); letters <= lettersOf(to); letters++) {
      const owner = own[letters];
      if (owner !== undefined && !twice.has(owner)) {
        twice.add(owner);
        reportTwice(problems, claim, owner, postcodeOf(pc4, letters));
      }
      if (owner !== undefined) continue;
      own[letters] = claim;
      if (left-- > 0) continue;
      report(problems, claim.line, 'postcodes', `at most ${TABLE_ENTRIES_MAX} entries expected`);
      return owners;
    }
  }
  return owners;
}

/** The whole postcodes from one to another of the same four digits, ascending. */
export function* postcodesOf({
  from,
  to,
}: Pick<PostcodeRange, 'from' | 'to'>): Generator<Postcode> {
  const pc4 = Number(from.slice(0, 4));
  for (let letters = lettersOf(from); letters <= lettersOf(to); letters++) {
    const postcode = postcodeOf(pc4, letters);
    if (isPostcode(postcode)) yield postcode;
  }
}

function reportTwice(
  problems: Problems,
  claim: PostcodeClaim,
  owner: PostcodeClaim,
  which: string,
): void {
  const message = `${which} already belongs to ${owner.area.office} by line ${owner.line}`;
  report(problems, claim.line, 'postcodes', message, 'A02-OVERLAP');
}

function report(
  problems: Problems,
  line: number,
  field: string,
  message: string,
  rule: RuleId = 'FORM-CSV',
): undefined {
  return problems.add({ file: POSTCODE_FILE, line, column: 1 }, field, message, rule);
}
