import { createHash } from 'node:crypto';
import type { ContentHash } from '@smc/domain';

export type PartReference = {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
};

export const ORGANISATION_PART = 'organisation';
export const OFFICE_PARTS = 'office/';
export const POSTCODE_PARTS = 'postcodes/';

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The hash of a version: of the names and hashes of all its parts, whatever their order. */
export function contentHashOf(parts: readonly PartReference[]): ContentHash {
  const lines = parts.map(({ name, sha256: hash }) => `${name} ${hash}\n`).sort();
  return sha256(lines.join('')) as ContentHash;
}

/** The hash of the postcode table alone: what the directory in Redis is compared with. */
export function tableHashOf(parts: readonly PartReference[]): ContentHash {
  return contentHashOf(parts.filter(({ name }) => name.startsWith(POSTCODE_PARTS)));
}
