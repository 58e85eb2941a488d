import type { LocalDate } from '@smc/domain';
import { type DemarcationDocument, OFFICES_MAX, type OfficeDocument } from './document.ts';
import { OFFICE } from './office-form.ts';
import { ORGANISATION } from './organisation-form.ts';
import { POSTCODE_FILE, readPostcodeClaims, tableOf } from './postcode-csv.ts';
import { Problems, type Problem } from './problem.ts';
import { checkReferences } from './proof/check-references.ts';
import { CHECKS } from './proof/checks.ts';
import { officeAreas } from './proof/office-areas.ts';
import { piecesOnDemand } from './proof/office-pieces.ts';
import type { Population } from './proof/population.ts';
import { parseYaml } from './yaml-cursor.ts';

export const ORGANISATION_FILE = 'demarcation.yaml';
export const OFFICES_FOLDER = 'offices';

/** The texts of a folder by their path in it; or why a file has none. */
export type DemarcationFiles = ReadonlyMap<string, string | Unreadable>;
export type Unreadable = { readonly expected: string };

export type ValidateOptions = {
  /** Findings on postcodes say how many inhabitants they touch. */
  readonly population?: Population | undefined;
  /** The day from which warnings look ahead; left out: the version's first. */
  readonly on?: LocalDate | undefined;
};

export type Validation = {
  /** The document, when there is no error: it may be activated. */
  readonly document: DemarcationDocument | undefined;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly information: readonly Problem[];
};

/**
 * Proves a document: everything that is found at once, by file, line and column. What it means is
 * looked at once every file can be read.
 */
export function validateFiles(files: DemarcationFiles, options: ValidateOptions = {}): Validation {
  const problems = new Problems();
  const document = proved(files, options, problems);
  return {
    document: problems.isEmpty ? document : undefined,
    errors: problems.list,
    warnings: problems.warnings,
    information: problems.information,
  };
}

function proved(
  files: DemarcationFiles,
  { population, on }: ValidateOptions,
  problems: Problems,
): DemarcationDocument | undefined {
  const yaml = (file: string) => {
    const text = textOf(files, file, problems);
    return text === undefined ? undefined : parseYaml(file, text, problems);
  };
  const cursor = yaml(ORGANISATION_FILE);
  const organisation = cursor && ORGANISATION.read(cursor);
  const offices: OfficeDocument[] = [];
  for (const file of officeFiles(files, problems)) {
    const at = yaml(file);
    const office = at && OFFICE.read(at);
    if (office !== undefined) offices.push(office);
  }
  const csv = textOf(files, POSTCODE_FILE, problems);
  const claims = csv === undefined ? [] : readPostcodeClaims(csv, problems);
  if (organisation === undefined || !problems.isEmpty) return undefined;

  offices.sort((a, b) => (a.id < b.id ? -1 : 1));
  const read = { organisation, offices, claims };
  checkReferences(read, problems);
  const table = tableOf(claims, problems, population);
  const areaOf = officeAreas(table);
  const proof = {
    ...read,
    table,
    areaOf,
    piecesOf: piecesOnDemand(areaOf),
    population,
    on: on ?? organisation.effectiveFrom,
    problems,
  };
  for (const check of CHECKS) check(proof);
  return { organisation, offices, postcodes: table };
}

function officeFiles(files: DemarcationFiles, problems: Problems): readonly string[] {
  const names = [...files.keys()].filter((name) => name.startsWith(`${OFFICES_FOLDER}/`)).sort();
  if (names.length > 0 && names.length <= OFFICES_MAX) return names;
  const expected = `expected 1 to ${OFFICES_MAX} files, one for each office`;
  problems.add({ file: OFFICES_FOLDER, line: 1, column: 1 }, '', expected, 'FORM-FILE');
  return [];
}

function textOf(files: DemarcationFiles, file: string, problems: Problems): string | undefined {
  const text = files.get(file) ?? { expected: 'this file to exist' };
  if (typeof text === 'string') return text;
  const place = { file, line: 1, column: 1 };
  return problems.add(place, '', `expected ${text.expected}`, 'FORM-FILE');
}
