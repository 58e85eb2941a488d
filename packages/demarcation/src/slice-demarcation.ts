import { assert, type ContentHash } from '@smc/domain';
import { DEMARCATION_PARTS_MAX, type DemarcationManifest, type DemarcationPart } from '@smc/events';
import { canonicalJson } from './canonical-json.ts';
import {
  contentHashOf,
  OFFICE_PARTS,
  ORGANISATION_PART,
  POSTCODE_PARTS,
  sha256,
  tableHashOf,
  type PartReference,
} from './content-hash.ts';
import type { DemarcationDocument } from './document.ts';
import { OFFICE } from './office-form.ts';
import { ORGANISATION } from './organisation-form.ts';
import type { PostcodeTable } from './postcode-table.ts';
import { sliceTable } from './table-form.ts';

/** A record takes a megabyte; the rest is room for its frame and headers. */
export const PART_BYTES_MAX = 900_000;

/** The manifest without who published it and when. */
export type ManifestOutline = Omit<DemarcationManifest, 'type' | 'publishedAtMs' | 'publishedBy'>;

export type SlicedDemarcation = {
  readonly manifest: ManifestOutline;
  readonly parts: readonly DemarcationPart[];
};

/** A document as it is published. The same document gives the same bytes and the same hash. */
export function sliceDemarcation(document: DemarcationDocument): SlicedDemarcation {
  const { organisation, offices, postcodes } = document;
  const { version, effectiveFrom, decisionReference } = organisation;
  const bodies: (readonly [name: string, body: Buffer])[] = [
    [ORGANISATION_PART, canonicalJson(ORGANISATION.write(organisation))],
    ...offices.map((office) => named(`${OFFICE_PARTS}${office.id}`, OFFICE.write(office))),
    ...tableParts(postcodes),
  ];
  assert(bodies.length <= DEMARCATION_PARTS_MAX, 'more parts than a manifest names');
  const parts = bodies.map(([name, body]): DemarcationPart => {
    assert(body.length <= PART_BYTES_MAX, `the part ${name} is larger than a record takes`);
    return { type: 'DemarcationPart', version, name, sha256: sha256(body), body };
  });
  const references = parts.map(({ name, body }) => referenceTo(name, body));
  const contentHash = contentHashOf(references);
  return {
    manifest: { version, contentHash, effectiveFrom, decisionReference, parts: references },
    parts,
  };
}

/** The hash that the manifest of a version with this table gives for it. */
export function tableHashOfTable(table: PostcodeTable): ContentHash {
  return tableHashOf(tableParts(table).map(([name, body]) => referenceTo(name, body)));
}

function tableParts(table: PostcodeTable): readonly (readonly [name: string, body: Buffer])[] {
  return sliceTable(table).map((body, i) => [POSTCODE_PARTS + String(i).padStart(3, '0'), body]);
}

function referenceTo(name: string, body: Uint8Array): PartReference {
  return { name, sha256: sha256(body), bytes: body.length };
}

function named(name: string, content: unknown): readonly [string, Buffer] {
  return [name, canonicalJson(content)];
}
