/**
 * Publishing a version: its parts, then its manifest, then one activation in each partition of
 * `smc.commands`. Whatever ends it half-way, doing it again continues where it stopped: what is on
 * the log already is not written twice, and a version without its manifest does not exist.
 *
 * Keys on `smc.demarcations` are `VERSION/HASH/PART` and `VERSION/HASH`: the parts of two contents
 * never overwrite each other, whoever publishes at the same time.
 */
import {
  accept,
  DEMARCATION_KEY,
  isIdentifier,
  must,
  refuse,
  TOPICS,
  type ContentHash,
  type DemarcationActivated,
  type DemarcationVersion,
  type Result,
} from '@smc/domain';
import {
  createEventHeaders,
  type Codec,
  type DemarcationManifest,
  type EventHeaders,
  type PublishedEvent,
} from '@smc/events';
import type { LogReader, OutgoingRecord, Publisher } from '@smc/log';
import type { Clock } from '@smc/runtime';
import type { DemarcationDocument } from './document.ts';
import { isPart } from './assemble-demarcation.ts';
import { decodeRecord, recordsUpToNow } from './read-records.ts';
import { sliceDemarcation, type SlicedDemarcation } from './slice-demarcation.ts';

export type PublishOptions = {
  readonly publisher: Publisher;
  readonly reader: LogReader;
  /** Opened for `PUBLISH_TYPES`. */
  readonly codec: Codec;
  readonly document: DemarcationDocument;
  /** The role or account that does it; never a name of a person. */
  readonly activatedBy: string;
  readonly clock: Clock;
  /** How many partitions `smc.commands` has: each is told. */
  readonly commandPartitions: number;
  /** `missing`: partitions that were never told; `again`: all; `not`: publish only. */
  readonly activate?: 'missing' | 'again' | 'not';
};

export const PUBLISH_TYPES = [
  'DemarcationPart',
  'DemarcationManifest',
  'DemarcationActivated',
] as const;

export type Publication = {
  readonly version: DemarcationVersion;
  readonly contentHash: ContentHash;
  /** False when the log had all of it already. */
  readonly published: boolean;
  /** The partitions that were told now. */
  readonly activatedPartitions: readonly number[];
};

export type PublishRefusal = {
  readonly code: 'VERSION_HAS_OTHER_CONTENT';
  /** What stands on the log under this name. */
  readonly contentHash: string;
};

/** Clocks of operators differ: activations are looked for from so long before the manifest. */
const CLOCKS_DIFFER_MS_MAX = 3_600_000;

/** Throws LogFault or RegistryFault; after that, do it again. */
export async function publishDemarcation(
  options: PublishOptions,
): Promise<Result<Publication, PublishRefusal>> {
  const { document, codec, clock } = options;
  const sliced = sliceDemarcation(document);
  const { version } = document.organisation;
  const contentHash = sliced.manifest.contentHash as ContentHash;
  const there = await findOnLog(options, sliced);
  if (there.other !== undefined) {
    return refuse({ code: 'VERSION_HAS_OTHER_CONTENT', contentHash: there.other });
  }
  const headers = createEventHeaders({ codec, types: PUBLISH_TYPES });
  const write = writerOf(options, headers);
  const manifest = there.manifest ?? (await writeVersion(write, options, { sliced, there }));
  const partitions = await partitionsToTell(options, manifest);
  const activated: DemarcationActivated = {
    type: 'DemarcationActivated',
    eventId: eventIdOf(contentHash, clock.nowMs()),
    version,
    contentHash,
    effectiveFrom: document.organisation.effectiveFrom,
    activatedBy: options.activatedBy,
  };
  const told = partitions.map((partition) => ({ topic: TOPICS.commands, partition }));
  if (told.length > 0) await write(activated, DEMARCATION_KEY, told);
  return accept({
    version,
    contentHash,
    published: there.manifest === undefined,
    activatedPartitions: partitions,
  });
}

type Write = (
  event: PublishedEvent,
  key: string,
  to: readonly { readonly topic: string; readonly partition: number }[],
) => Promise<unknown>;

function writerOf({ publisher, codec, clock }: PublishOptions, headersOf: EventHeaders): Write {
  return (event, key, to) => {
    const timestampMs = clock.nowMs();
    const headers = headersOf(event, { timeMs: timestampMs });
    const value = codec.encode(event);
    const record = { key: Buffer.from(key), value, headers, timestampMs };
    return publisher.publish(to.map((place): OutgoingRecord => ({ ...place, ...record })));
  };
}

const PLACE = [{ topic: TOPICS.demarcations, partition: 0 }] as const;

async function writeVersion(
  write: Write,
  { activatedBy, clock }: PublishOptions,
  of: { readonly sliced: SlicedDemarcation; readonly there: Found },
): Promise<DemarcationManifest> {
  const { manifest: outline, parts } = of.sliced;
  const key = `${outline.version}/${outline.contentHash}`;
  // One at a time: together they are larger than a request may be.
  for (const part of parts) {
    if (!of.there.parts.has(part.name)) await write(part, `${key}/${part.name}`, PLACE);
  }
  const manifest: DemarcationManifest = {
    type: 'DemarcationManifest',
    ...outline,
    publishedAtMs: clock.nowMs(),
    publishedBy: activatedBy,
  };
  await write(manifest, key, PLACE);
  return manifest;
}

type Found = {
  readonly manifest: DemarcationManifest | undefined;
  /** The names of the parts that are there undamaged. */
  readonly parts: ReadonlySet<string>;
  /** The hash of another content under the same version. */
  readonly other: string | undefined;
};

async function findOnLog(
  { reader, codec }: PublishOptions,
  { manifest: outline }: SlicedDemarcation,
): Promise<Found> {
  const parts = new Set<string>();
  const references = new Map(outline.parts.map((part) => [part.name, part]));
  const prefix = `${outline.version}/${outline.contentHash}/`;
  let manifest: DemarcationManifest | undefined;
  let other: string | undefined;
  for await (const record of recordsUpToNow(reader, { topic: TOPICS.demarcations, partition: 0 })) {
    if (record.value === undefined) continue;
    const decoded = await decodeRecord(codec, record, ['DemarcationPart', 'DemarcationManifest']);
    if (!decoded.ok || decoded.value.version !== outline.version) continue;
    if (decoded.value.type === 'DemarcationManifest') {
      if (decoded.value.contentHash === outline.contentHash) manifest = decoded.value;
      else other ??= decoded.value.contentHash;
      continue;
    }
    const { name, body } = decoded.value;
    const reference = references.get(name);
    const isOurs = record.key?.toString() === prefix + name;
    if (isOurs && reference !== undefined && isPart(reference, body)) parts.add(name);
  }
  const isWhole = outline.parts.every(({ name }) => parts.has(name));
  return { manifest: isWhole ? manifest : undefined, parts, other };
}

async function partitionsToTell(
  { reader, codec, commandPartitions, activate = 'missing' }: PublishOptions,
  { contentHash, publishedAtMs }: DemarcationManifest,
): Promise<readonly number[]> {
  if (activate === 'not') return [];
  const all = Array.from({ length: commandPartitions }, (_, partition) => partition);
  if (activate === 'again') return all;
  const missing: number[] = [];
  for (const partition of all) {
    const of = { topic: TOPICS.commands, partition };
    const offset = await reader.offsetAt(of, publishedAtMs - CLOCKS_DIFFER_MS_MAX);
    if (!(await isActivated({ reader, codec, contentHash }, { ...of, offset }))) {
      missing.push(partition);
    }
  }
  return missing;
}

async function isActivated(
  {
    reader,
    codec,
    contentHash,
  }: Pick<PublishOptions, 'reader' | 'codec'> & {
    readonly contentHash: string;
  },
  from: { readonly topic: string; readonly partition: number; readonly offset: number },
): Promise<boolean> {
  for await (const record of recordsUpToNow(reader, from)) {
    if (record.key?.toString() !== DEMARCATION_KEY) continue;
    const decoded = await decodeRecord(codec, record, ['DemarcationActivated']);
    if (decoded.ok && decoded.value.contentHash === contentHash) return true;
  }
  return false;
}

/** The same for all partitions that are told at once; another when they are told again. */
function eventIdOf(contentHash: ContentHash, nowMs: number) {
  const id = `activated:${contentHash.slice(0, 32)}:${nowMs}`;
  return must(isIdentifier<'EventId'>(id) ? id : undefined, 'hash and time make an identifier');
}
