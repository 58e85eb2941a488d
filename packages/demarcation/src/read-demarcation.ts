import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { accept, refuse, type Result } from '@smc/domain';
import { checkAreas } from './check-areas.ts';
import { checkCoverage } from './check-coverage.ts';
import { checkReferences } from './check-references.ts';
import { OFFICES_MAX, type DemarcationDocument } from './document.ts';
import { OFFICE } from './office-form.ts';
import { ORGANISATION } from './organisation-form.ts';
import { CSV_BYTES_MAX, POSTCODE_FILE, readPostcodeClaims, tableOf } from './postcode-csv.ts';
import { Problems, type Problem } from './problem.ts';
import { parseYaml, YAML_BYTES_MAX } from './yaml-cursor.ts';

const ORGANISATION_FILE = 'demarcation.yaml';
const OFFICES_FOLDER = 'offices';

/**
 * Reads a demarcation folder: `demarcation.yaml`, `offices/*.yaml` and `postcodes.csv`. Gives the
 * document only when nothing at all is wrong with it; otherwise every problem at once. Problems of
 * meaning are looked for once every file can be read. Throws when the disk fails.
 */
export async function readDemarcation(
  folder: string,
): Promise<Result<DemarcationDocument, readonly Problem[]>> {
  const problems = new Problems();
  const read = (file: string, bytesMax: number) => readText({ folder, file, bytesMax }, problems);
  const yaml = async (file: string) => {
    const text = await read(file, YAML_BYTES_MAX);
    return text === undefined ? undefined : parseYaml(file, text, problems);
  };

  const cursor = await yaml(ORGANISATION_FILE);
  const organisation = cursor && ORGANISATION.read(cursor);
  const offices = [];
  for (const file of await officeFiles(folder, problems)) {
    const at = await yaml(file);
    const office = at && OFFICE.read(at);
    if (office !== undefined) offices.push(office);
  }
  const csv = await read(POSTCODE_FILE, CSV_BYTES_MAX);
  const claims = csv === undefined ? [] : readPostcodeClaims(csv, problems);
  if (organisation === undefined || !problems.isEmpty) return refuse(problems.list);

  offices.sort((a, b) => (a.id < b.id ? -1 : 1));
  checkReferences({ organisation, offices, claims }, problems);
  const postcodes = tableOf(claims, problems);
  checkAreas({ organisation, offices, claims }, postcodes, problems);
  checkCoverage(organisation, { offices, table: postcodes }, problems);
  return problems.isEmpty ? accept({ organisation, offices, postcodes }) : refuse(problems.list);
}

async function officeFiles(folder: string, problems: Problems): Promise<readonly string[]> {
  const entries = await readdir(path.join(folder, OFFICES_FOLDER)).catch(absent);
  const files = (entries ?? []).filter((name) => name.endsWith('.yaml')).sort();
  if (files.length === 0 || files.length > OFFICES_MAX) {
    const place = { file: OFFICES_FOLDER, line: 1, column: 1 };
    problems.add(place, '', `expected 1 to ${OFFICES_MAX} files, one for each office`);
    return [];
  }
  return files.map((name) => `${OFFICES_FOLDER}/${name}`);
}

async function readText(
  from: { readonly folder: string; readonly file: string; readonly bytesMax: number },
  problems: Problems,
): Promise<string | undefined> {
  const target = path.join(from.folder, from.file);
  const place = { file: from.file, line: 1, column: 1 };
  const facts = await stat(target).catch(absent);
  if (facts === undefined) return problems.add(place, '', 'expected this file to exist');
  if (facts.size > from.bytesMax) {
    return problems.add(place, '', `expected at most ${from.bytesMax} bytes`);
  }
  return readFile(target, 'utf8');
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
