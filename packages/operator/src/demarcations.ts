import { TOPICS } from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import { assembleDemarcation } from '@smc/demarcation';
import type { Codec, DemarcationManifest, DemarcationPart } from '@smc/events';
import type { TxnLog } from '@smc/log';
import { readOwn } from './verify/read-own.ts';
import { RecordCursor } from './verify/record-cursor.ts';

/** A log that can be read and not written. */
export type ReadableLog = Pick<TxnLog, 'openReader' | 'partitionCounts'>;

export type PublishedVersion = {
  readonly manifest: DemarcationManifest;
  readonly parts: readonly DemarcationPart[];
};

/** Everything on `smc.demarcations`, in the order in which the versions were published. */
export async function readVersions(
  log: ReadableLog,
  codec: Codec,
): Promise<ReadonlyMap<string, PublishedVersion>> {
  const reader = await log.openReader();
  const manifests = new Map<string, DemarcationManifest>();
  const parts = new Map<string, DemarcationPart>();
  try {
    const cursor = await RecordCursor.open(reader, { topic: TOPICS.demarcations, partition: 0 });
    for (let record = await cursor.next(); record !== undefined; record = await cursor.next()) {
      if (record.value === undefined) continue;
      const event = await readOwn(codec, record, 'DemarcationPart', 'DemarcationManifest');
      if (event.type === 'DemarcationManifest') manifests.set(event.contentHash, event);
      else parts.set(`${event.name}/${event.sha256}`, event);
    }
  } finally {
    await reader.close();
  }
  const versionOf = (manifest: DemarcationManifest): PublishedVersion => ({
    manifest,
    parts: manifest.parts.flatMap(({ name, sha256 }) => parts.get(`${name}/${sha256}`) ?? []),
  });
  return new Map([...manifests].map(([hash, manifest]) => [hash, versionOf(manifest)]));
}

/** The published versions by content hash; undefined for one that is not, or not wholly, there. */
export async function publishedDemarcations(
  log: TxnLog,
  codec: Codec,
): Promise<(contentHash: string) => Demarcation | undefined> {
  const versions = await readVersions(log, codec);
  const assembled = new Map<string, Demarcation>();
  return (contentHash) => {
    const known = assembled.get(contentHash);
    const version = versions.get(contentHash);
    if (known !== undefined || version === undefined) return known;
    const result = assembleDemarcation(version.manifest, version.parts);
    if (!result.ok) return undefined;
    assembled.set(contentHash, result.value.demarcation);
    return result.value.demarcation;
  };
}
