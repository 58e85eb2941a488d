import type { OfficeDocument, Organisation } from '../document.ts';
import { OFFICE } from '../office-form.ts';
import { ORGANISATION } from '../organisation-form.ts';
import { POSTCODE_FILE, readPostcodeClaims, type PostcodeClaim } from '../postcode-csv.ts';
import { Problems, type Problem } from '../problem.ts';
import {
  OFFICES_FOLDER,
  ORGANISATION_FILE,
  validateFiles,
  type DemarcationFiles,
} from '../validate-files.ts';
import { parseYaml } from '../yaml-cursor.ts';

/** What of a folder can be read, right or wrong. */
export type ReadableDemarcation = {
  /** Undefined where `demarcation.yaml` can't be read. */
  readonly organisation: Organisation | undefined;
  /** Ascending by id, each once. */
  readonly offices: readonly OfficeDocument[];
  readonly claims: readonly PostcodeClaim[];
  /** Everything that keeps the document from being used. */
  readonly problems: readonly Problem[];
};

/** Reads on past every error: it is a document with errors of which one wants to see the map. */
export function readableDemarcation(files: DemarcationFiles): ReadableDemarcation {
  const { errors } = validateFiles(files);
  // The same readers say here what they said there; it is told once.
  const ignored = new Problems();
  const yaml = (file: string) => {
    const text = files.get(file);
    return typeof text === 'string' ? parseYaml(file, text, ignored) : undefined;
  };
  const cursor = yaml(ORGANISATION_FILE);
  const offices = new Map<string, OfficeDocument>();
  for (const file of [...files.keys()].filter((name) => name.startsWith(`${OFFICES_FOLDER}/`))) {
    const at = yaml(file);
    const office = at && OFFICE.read(at);
    if (office !== undefined) offices.set(office.id, office);
  }
  const csv = files.get(POSTCODE_FILE);
  return {
    organisation: cursor && ORGANISATION.read(cursor),
    offices: [...offices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, office]) => office),
    claims: typeof csv === 'string' ? readPostcodeClaims(csv, ignored) : [],
    problems: errors,
  };
}
