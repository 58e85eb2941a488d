import { accept, refuse, type ContentHash, type Result } from '@smc/domain';
import { WHOLE_CASE, type Demarcation } from '@smc/decision';
import type { DemarcationManifest, DemarcationPart } from '@smc/events';
import { checkReferences } from './check-references.ts';
import {
  contentHashOf,
  OFFICE_PARTS,
  ORGANISATION_PART,
  POSTCODE_PARTS,
  sha256,
  type PartReference,
} from './content-hash.ts';
import type { DemarcationDocument, Organisation } from './document.ts';
import { readOffice } from './office-form.ts';
import { readOrganisation } from './organisation-form.ts';
import type { PostcodeTable } from './postcode-table.ts';
import { formatProblem, Problems } from './problem.ts';
import type { ManifestOutline } from './slice-demarcation.ts';
import { areasFrom, areasOf, joinTable } from './table-form.ts';
import { parseYaml } from './yaml-cursor.ts';

/** Why a version can't be used. */
export type AssemblyFlaw = {
  readonly code: 'MANIFEST_DAMAGED' | 'PART_MISSING' | 'PART_DAMAGED' | 'CONTENT_INVALID';
  readonly reason: string;
};

/** A version ready for use: what the decision needs and what the divisions need besides. */
export type PublishedDemarcation = {
  readonly demarcation: Demarcation;
  readonly organisation: Organisation;
};

type Manifest = DemarcationManifest | ManifestOutline;
type Part = Pick<DemarcationPart, 'name' | 'body'>;

/**
 * The version that a manifest describes, if every part is there with the hash that the manifest
 * names. `table` takes the place of the postcode parts where it is known already and proved by
 * their hash.
 */
export function assembleDemarcation(
  manifest: Manifest,
  parts: readonly Part[],
  table?: PostcodeTable,
): Result<PublishedDemarcation, AssemblyFlaw> {
  const contentHash = contentHashOf(manifest.parts);
  if (contentHash !== manifest.contentHash) {
    return flaw('MANIFEST_DAMAGED', 'the hash does not follow from the parts');
  }
  const needed = manifest.parts.filter(
    ({ name }) => table === undefined || !name.startsWith(POSTCODE_PARTS),
  );
  const bodies = new Map(parts.map(({ name, body }) => [name, body]));
  for (const reference of needed) {
    const body = bodies.get(reference.name);
    if (body === undefined) return flaw('PART_MISSING', `${reference.name} is missing`);
    if (!isPart(reference, body)) return flaw('PART_DAMAGED', `${reference.name} is damaged`);
  }
  const document = readDocument(manifest, bodies, table);
  if (!document.ok) return document;
  const { organisation } = document.value;
  return accept({ organisation, demarcation: demarcationOf(document.value, contentHash) });
}

export function isPart(reference: PartReference, body: Uint8Array): boolean {
  return body.length === reference.bytes && sha256(body) === reference.sha256;
}

function readDocument(
  manifest: Manifest,
  bodies: ReadonlyMap<string, Uint8Array>,
  known: PostcodeTable | undefined,
): Result<DemarcationDocument, AssemblyFlaw> {
  const problems = new Problems();
  const read = (name: string) =>
    parseYaml(name, Buffer.from(bodies.get(name) ?? []).toString('utf8'), problems);
  const named = (prefix: string) =>
    manifest.parts.map(({ name }) => name).filter((name) => name.startsWith(prefix));

  const organisation = readOrganisation(read(ORGANISATION_PART));
  const offices = named(OFFICE_PARTS)
    .map((name) => readOffice(read(name)))
    .filter((office) => office !== undefined);
  const slices = named(POSTCODE_PARTS).sort();
  const postcodes = known ?? joinTable(slices.map((name) => bodies.get(name) ?? Buffer.alloc(0)));
  if (postcodes === undefined) return flaw('CONTENT_INVALID', 'the postcode table is not whole');
  if (organisation !== undefined && problems.isEmpty) {
    checkReferences({ organisation, offices, claims: claimsOf(postcodes) }, problems);
    if (problems.isEmpty) return accept({ organisation, offices, postcodes });
  }
  const [first] = problems.list;
  return flaw('CONTENT_INVALID', first === undefined ? 'unreadable' : formatProblem(first));
}

/** Enough of the table to check its references. */
function claimsOf(table: PostcodeTable) {
  const range = { from: '1000AA', to: '9999ZZ', precision: 'pc4' } as const;
  return areasOf(table).map((area) => ({ range, area, line: 1 }));
}

/** What the decision needs of a document; the hash names its content in what is decided. */
export function demarcationOf(document: DemarcationDocument, contentHash: ContentHash): Demarcation {
  const { organisation, offices, postcodes } = document;
  const { version, effectiveFrom, decisionReference, settings } = organisation;
  const teams = offices.flatMap((office) => office.teams);
  return {
    version,
    contentHash,
    effectiveFrom,
    decisionReference,
    settings,
    lines: [],
    participatiewet: undefined,
    specialGroups: [],
    exclusions: [],
    weights: { products: new Map(), categories: new Map(), idle: WHOLE_CASE },
    bands: new Map(),
    offices: new Map(
      offices.map((office) => [
        office.id,
        { ...office, teams: office.teams.map((team) => team.id) },
      ]),
    ),
    teams: new Map(teams.map((team) => [team.id, team])),
    areas: areasFrom(postcodes),
  };
}

function flaw(
  code: AssemblyFlaw['code'],
  reason: string,
): { readonly ok: false; readonly refusal: AssemblyFlaw } {
  return refuse({ code, reason });
}
