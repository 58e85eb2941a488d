/**
 * The versions on `smc.demarcations`, verified, by content hash. One per process.
 *
 *   follow (background)  record ──► VersionIndex: manifests and the offsets of undamaged parts
 *   waitFor(hash)        complete? ──► read parts at their offsets ──► verify, assemble ──► keep
 *                        table: Redis if it has it whole and right, otherwise the log's parts,
 *                        and then Redis is mended in the background
 *
 * Bodies are in memory only while a version is assembled. Of assembled versions the last used stay.
 * An outage of log or registry pauses; a version that lacks a part is waited for, never used.
 */
import type { ContentHash } from '@smc/domain';
import { TOPICS } from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import type { Codec } from '@smc/events';
import { LogFault, type LogReader } from '@smc/log';
import { createBackoff, delay, isRetriable, type Logger, type Random } from '@smc/runtime';
import { assembleDemarcation, type PublishedDemarcation } from './assemble-demarcation.ts';
import { POSTCODE_PARTS, tableHashOf, type PartReference } from './content-hash.ts';
import type { Organisation } from './document.ts';
import type { PostcodeDirectory } from './postcode-directory.ts';
import { mendDirectory, readDirectory } from './shared-table.ts';
import { decodeRecord, FETCH_BYTES_MAX } from './read-records.ts';
import { readParts } from './read-parts.ts';
import { joinTable } from './table-form.ts';
import { Wanted } from './wanted.ts';
import { VersionIndex, type KnownVersion } from './version-index.ts';

export type CatalogueOptions = {
  readonly openReader: () => Promise<LogReader>;
  /** Opened for `CATALOGUE_TYPES`. */
  readonly codec: Codec;
  /** Left out: tables come from the log alone. */
  readonly directory?: PostcodeDirectory;
  readonly logger: Logger;
  readonly random: Random;
  /** Called with what no retry can mend: the process has to end. */
  readonly fail: (error: unknown) => void;
};

export const CATALOGUE_TYPES = ['DemarcationPart', 'DemarcationManifest'] as const;

/** More versions than decide at the same time anywhere. */
const ASSEMBLED_MAX = 16;
const FETCH_WAIT_MS = 1_000;
const PAUSE = { firstMs: 50, maxMs: 5_000 };

export class DemarcationCatalogue {
  readonly #options: CatalogueOptions;
  readonly #index = new VersionIndex();
  readonly #assembled = new Map<ContentHash, PublishedDemarcation>();
  readonly #wanted = new Map<ContentHash, Wanted>();
  readonly #closing = new AbortController();
  readonly #background = new Set<Promise<void>>();

  constructor(options: CatalogueOptions) {
    this.#options = options;
    this.#run(this.#follow());
  }

  /** The demarcation, if it has been asked for before and is assembled. */
  get(hash: ContentHash): Demarcation | undefined {
    return this.#recall(hash)?.demarcation;
  }

  /** Resolves when the version is complete, verified and assembled; rejects when `signal` aborts. */
  async waitFor(hash: ContentHash, signal: AbortSignal): Promise<Demarcation> {
    return (await this.#waitFor(hash, signal)).demarcation;
  }

  /** The organisation of that version: districts, rayons and Werkbedrijf's offices. */
  async organisationOf(hash: ContentHash, signal: AbortSignal): Promise<Organisation> {
    return (await this.#waitFor(hash, signal)).organisation;
  }

  /** All versions on the log so far, in the order in which they were published. */
  list(): readonly KnownVersion[] {
    return this.#index.list();
  }

  async close(): Promise<void> {
    this.#closing.abort(new LogFault('CLOSED', 'the catalogue is closed'));
    await Promise.all(this.#background);
  }

  #waitFor(hash: ContentHash, signal: AbortSignal): Promise<PublishedDemarcation> {
    const known = this.#recall(hash);
    if (known !== undefined) return Promise.resolve(known);
    const wanted = this.#wanted.get(hash) ?? new Wanted();
    this.#wanted.set(hash, wanted);
    this.#assembleWhenComplete(hash, wanted);
    return wanted.until(signal, this.#closing.signal);
  }

  #recall(hash: ContentHash): PublishedDemarcation | undefined {
    const known = this.#assembled.get(hash);
    if (known === undefined) return undefined;
    // The map's order is that of use.
    this.#assembled.delete(hash);
    this.#assembled.set(hash, known);
    return known;
  }

  #run(work: Promise<void>): void {
    const running = work.catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#options.fail(error);
    });
    this.#background.add(running);
    void running.then(() => this.#background.delete(running));
  }

  async #follow(): Promise<void> {
    const signal = this.#closing.signal;
    let next: number | undefined;
    await this.#withReader(async (reader) => {
      const place = { topic: TOPICS.demarcations, partition: 0 };
      while (!signal.aborted) {
        next ??= (await reader.range(place)).start;
        const request = { ...place, offset: next, maxBytes: FETCH_BYTES_MAX };
        const slices = await reader
          .fetch([request], { maxWaitMs: FETCH_WAIT_MS, signal })
          .catch((error: unknown) => {
            // Compaction can take away the offset at which we stand: the rest is read again.
            if (!(error instanceof LogFault) || error.code !== 'OFFSET_OUT_OF_RANGE') throw error;
            next = undefined;
            return [];
          });
        for (const slice of slices) {
          for (const record of slice.records) {
            await this.#take(record);
            next = record.offset + 1;
          }
          next = slice.nextOffset;
        }
        for (const [hash, wanted] of this.#wanted) this.#assembleWhenComplete(hash, wanted);
      }
    });
  }

  async #take(record: Parameters<typeof decodeRecord>[1]): Promise<void> {
    if (record.value === undefined) return;
    const { codec, logger } = this.#options;
    const decoded = await decodeRecord(codec, record, CATALOGUE_TYPES);
    const flaw = decoded.ok
      ? this.#index.take(decoded.value, record.offset)
      : decoded.refusal.reason;
    if (flaw === undefined) return;
    const { offset } = record;
    logger.warn({ event: 'demarcation.record-ignored', offset, flaw }, 'a record is not used');
  }

  #assembleWhenComplete(hash: ContentHash, wanted: Wanted): void {
    if (wanted.isUnderWay || !this.#index.isComplete(hash)) return;
    wanted.isUnderWay = true;
    this.#run(
      this.#withReader(async (reader) => {
        const published = await this.#assemble(hash, reader);
        wanted.isUnderWay = false;
        if (published === undefined) return;
        this.#assembled.set(hash, published);
        for (const oldest of this.#assembled.keys()) {
          if (this.#assembled.size <= ASSEMBLED_MAX) break;
          this.#assembled.delete(oldest);
        }
        this.#wanted.delete(hash);
        wanted.resolve(published);
      }),
    );
  }

  /** Undefined when the version turned out not to be usable; it is then missing what it lacks. */
  async #assemble(hash: ContentHash, reader: LogReader): Promise<PublishedDemarcation | undefined> {
    const { directory, logger, random } = this.#options;
    const manifest = this.#index.manifest(hash);
    if (manifest === undefined) return undefined;
    const signal = this.#closing.signal;
    const isTable = ({ name }: { readonly name: string }) => name.startsWith(POSTCODE_PARTS);
    const key = { contentHash: hash, tableHash: tableHashOf(manifest.parts) };
    const shared = directory && (await readDirectory({ directory, logger }, key));
    const parts = await this.#read(
      reader,
      manifest.parts.filter((part) => shared === undefined || !isTable(part)),
    );
    const assembled = assembleDemarcation(manifest, parts, shared);
    if (!assembled.ok) {
      const { code, reason } = assembled.refusal;
      const facts = { event: 'demarcation.unusable', version: manifest.version, code, reason };
      logger.error(facts, `${manifest.version} can't be used`);
      // A part that has gone can come again; content that makes no sense never will.
      if (code !== 'PART_MISSING') this.#index.reject(hash, reason);
      return undefined;
    }
    const table =
      shared ??
      joinTable(
        parts
          .filter(isTable)
          .sort(byName)
          .map((part) => part.body),
      );
    if (directory !== undefined && shared === undefined && table !== undefined) {
      this.#run(mendDirectory({ directory, logger, random, signal }, key, table));
    }
    return assembled.value;
  }

  async #read(reader: LogReader, parts: readonly PartReference[]) {
    const { codec } = this.#options;
    const wanted = parts.flatMap((part) => {
      const offset = this.#index.offsetOf(part);
      return offset === undefined ? [] : [{ part, offset }];
    });
    const found = await readParts({ reader, codec, signal: this.#closing.signal }, wanted);
    const names = new Set(found.map((part) => part.name));
    for (const part of parts) if (!names.has(part.name)) this.#index.forget(part);
    return found;
  }

  /** Gives the work a reader, and starts it again after an outage until it is done. */
  async #withReader(work: (reader: LogReader) => Promise<void>): Promise<void> {
    const { openReader, logger, random } = this.#options;
    const pause = createBackoff(PAUSE, random);
    const signal = this.#closing.signal;
    while (!signal.aborted) {
      let reader: LogReader | undefined;
      try {
        reader = await openReader();
        return await work(reader);
      } catch (error) {
        if (signal.aborted) return;
        if (!isRetriable(error)) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        logger.warn({ event: 'demarcation.waiting', reason }, 'demarcations can not be read');
        await delay(pause.nextMs(), signal);
      } finally {
        await reader?.close().catch(() => undefined);
      }
    }
  }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  a.name < b.name ? -1 : 1;
