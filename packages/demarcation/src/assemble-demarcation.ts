import { accept, refuse, type ContentHash, type Result } from '@smc/domain';
import type { Demarcation, Exclusion, Office, Team } from '@smc/decision';
import type { DemarcationManifest, DemarcationPart } from '@smc/events';
import {
  contentHashOf,
  OFFICE_PARTS,
  ORGANISATION_PART,
  POSTCODE_PARTS,
  sha256,
  type PartReference,
} from './content-hash.ts';
import type {
  DemarcationDocument,
  OfficeDocument,
  Organisation,
  RecordedExclusion,
  TeamDocument,
} from './document.ts';
import { OFFICE } from './office-form.ts';
import { ORGANISATION } from './organisation-form.ts';
import type { PostcodeTable } from './postcode-table.ts';
import { formatProblem, Problems } from './problem.ts';
import { checkReferences } from './proof/check-references.ts';
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

  const organisation = ORGANISATION.read(read(ORGANISATION_PART));
  const offices = named(OFFICE_PARTS)
    .map((name) => OFFICE.read(read(name)))
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
export function demarcationOf(
  document: DemarcationDocument,
  contentHash: ContentHash,
): Demarcation {
  const { organisation, offices, postcodes } = document;
  const teams = offices.flatMap((office) => office.teams.map(teamOf));
  return {
    version: organisation.version,
    contentHash,
    effectiveFrom: organisation.effectiveFrom,
    decisionReference: organisation.decisionReference,
    settings: organisation.settings,
    lines: organisation.lineTable,
    participatiewet: organisation.participatiewet,
    specialGroups: organisation.specialGroups,
    exclusions: organisation.exclusions.map(exclusionOf),
    weights: organisation.weights,
    bands: organisation.bands,
    offices: new Map(offices.map((office) => [office.id, officeOf(office)])),
    teams: new Map(teams.map((team) => [team.id, team])),
    areas: areasFrom(postcodes),
  };
}

function officeOf({ id, name, district, bases, teams }: OfficeDocument): Office {
  return { id, name, district, bases, teams: teams.map((team) => team.id) };
}

function exclusionOf({ id, group, until, team }: RecordedExclusion): Exclusion {
  return { id, group, until, team };
}

/** The decision needs of the hours only what is left for cases. */
function teamOf(team: TeamDocument): Team {
  const capacity = team.capacity.map(({ from, until, minutes }) => ({ from, until, minutes }));
  return { ...team, capacity };
}

function flaw(
  code: AssemblyFlaw['code'],
  reason: string,
): { readonly ok: false; readonly refusal: AssemblyFlaw } {
  return refuse({ code, reason });
}
