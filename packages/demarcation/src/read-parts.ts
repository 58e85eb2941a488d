import { TOPICS } from '@smc/domain';
import type { Codec, DemarcationPart } from '@smc/events';
import type { LogReader } from '@smc/log';
import { sha256, type PartReference } from './content-hash.ts';
import { decodeRecord, FETCH_BYTES_MAX } from './read-records.ts';

const FETCH_WAIT_MS = 1_000;

/**
 * Reads parts where they are known to stand, in as few fetches as their places allow. Parts that are
 * no longer there are left out.
 */
export async function readParts(
  from: { readonly reader: LogReader; readonly codec: Codec; readonly signal: AbortSignal },
  wanted: readonly { readonly part: PartReference; readonly offset: number }[],
): Promise<readonly DemarcationPart[]> {
  const found: DemarcationPart[] = [];
  let rest = [...wanted].sort((a, b) => a.offset - b.offset);
  for (let first = rest[0]; first !== undefined; first = rest[0]) {
    from.signal.throwIfAborted();
    const place = { topic: TOPICS.demarcations, partition: 0 };
    const request = { ...place, offset: first.offset, maxBytes: FETCH_BYTES_MAX };
    const slices = await from.reader.fetch([request], {
      maxWaitMs: FETCH_WAIT_MS,
      signal: from.signal,
    });
    for (const { records, nextOffset } of slices) {
      for (const record of records) {
        const at = rest.find(({ offset }) => offset === record.offset);
        if (at === undefined) continue;
        const decoded = await decodeRecord(from.codec, record, ['DemarcationPart']);
        if (!decoded.ok || sha256(decoded.value.body) !== at.part.sha256) continue;
        // The bytes may share memory with the fetch, and the name may be that of another version.
        found.push({
          ...decoded.value,
          name: at.part.name,
          body: Uint8Array.from(decoded.value.body),
        });
      }
      rest = rest.filter(({ offset }) => offset >= nextOffset);
    }
  }
  return found;
}
