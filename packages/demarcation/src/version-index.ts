import { isContentHash, isIdentifier, type ContentHash, type LocalDate } from '@smc/domain';
import type { DemarcationManifest, DemarcationPart } from '@smc/events';
import { contentHashOf, sha256, type PartReference } from './content-hash.ts';

/** A version that the log holds; it can be used when no part is missing and it has no flaw. */
export type KnownVersion = {
  readonly version: string;
  readonly contentHash: ContentHash;
  readonly effectiveFrom: LocalDate;
  readonly decisionReference: string;
  readonly publishedAtMs: number;
  readonly publishedBy: string;
  readonly missingParts: readonly string[];
  /** Why it can't be used although it is complete. */
  readonly flaw: string | undefined;
};

/** A century of monthly versions; what comes after is refused, so that memory stays bounded. */
const VERSIONS_MAX = 1_200;
const PART_OFFSETS_MAX = 1_000_000;

/**
 * Where on `smc.demarcations` everything stands. It keeps manifests and offsets, no bodies: parts
 * are read again when somebody asks for their version.
 */
export class VersionIndex {
  readonly #manifests = new Map<ContentHash, DemarcationManifest>();
  readonly #hashOfVersion = new Map<string, string>();
  readonly #offsets = new Map<string, number>();
  readonly #flaws = new Map<ContentHash, string>();

  /** Takes what a record says, or says what is wrong with it. */
  take(record: DemarcationPart | DemarcationManifest, offset: number): string | undefined {
    return record.type === 'DemarcationPart'
      ? this.#takePart(record, offset)
      : this.#takeManifest(record);
  }

  manifest(hash: ContentHash): DemarcationManifest | undefined {
    return this.#manifests.get(hash);
  }

  offsetOf(part: PartReference): number | undefined {
    return this.#offsets.get(part.sha256);
  }

  /** A part that was not found where it stood, or not whole: it counts as missing. */
  forget(part: PartReference): void {
    this.#offsets.delete(part.sha256);
  }

  /** The content makes no sense, and no other part can mend that. */
  reject(hash: ContentHash, flaw: string): void {
    this.#flaws.set(hash, flaw);
  }

  isComplete(hash: ContentHash): boolean {
    const manifest = this.#manifests.get(hash);
    if (manifest === undefined || this.#flaws.has(hash)) return false;
    return this.#missing(manifest).length === 0;
  }

  list(): readonly KnownVersion[] {
    return [...this.#manifests].map(([contentHash, manifest]) => ({
      version: manifest.version,
      contentHash,
      effectiveFrom: manifest.effectiveFrom as LocalDate,
      decisionReference: manifest.decisionReference,
      publishedAtMs: manifest.publishedAtMs,
      publishedBy: manifest.publishedBy,
      missingParts: this.#missing(manifest),
      flaw: this.#flaws.get(contentHash),
    }));
  }

  #missing(manifest: DemarcationManifest): readonly string[] {
    return manifest.parts
      .filter((part) => !this.#offsets.has(part.sha256))
      .map((part) => part.name);
  }

  #takePart({ name, body, sha256: hash }: DemarcationPart, offset: number): string | undefined {
    if (sha256(body) !== hash) return `the part ${name} is damaged`;
    if (this.#offsets.size >= PART_OFFSETS_MAX) return 'more parts than are kept track of';
    this.#offsets.set(hash, offset);
    return undefined;
  }

  #takeManifest(manifest: DemarcationManifest): string | undefined {
    const { version, contentHash } = manifest;
    if (!isContentHash(contentHash) || contentHashOf(manifest.parts) !== contentHash) {
      return 'the hash of a manifest does not follow from its parts';
    }
    if (!isIdentifier(version)) return 'a manifest without a version';
    const first = this.#hashOfVersion.get(version);
    if (first !== undefined && first !== contentHash) {
      return `version ${version} exists with another content; the first one stays`;
    }
    if (this.#manifests.size >= VERSIONS_MAX) return 'more versions than are kept track of';
    this.#hashOfVersion.set(version, contentHash);
    this.#manifests.set(contentHash, manifest);
    return undefined;
  }
}
