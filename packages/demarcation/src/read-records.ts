import type { Codec, Flaw, WireEventOf, WireType } from '@smc/events';
import type { LogReader, LogRecord, TopicPartition } from '@smc/log';
import { refuse, type Result } from '@smc/domain';

/** A few parts at once. */
export const FETCH_BYTES_MAX = 4 * 1024 * 1024;
const FETCH_WAIT_MS = 1_000;

/** Decodes a record, and learns its schema first where that is new. */
export async function decodeRecord<T extends WireType>(
  codec: Codec,
  record: LogRecord,
  expected: readonly T[],
): Promise<Result<WireEventOf<T>, Flaw>> {
  const first = codec.decode(record.value, expected);
  if (first.ok !== 'unlearned') return first;
  await codec.learn(first.schemaId);
  const second = codec.decode(record.value, expected);
  if (second.ok !== 'unlearned') return second;
  return refuse({ code: 'UNKNOWN_SCHEMA', reason: `schema ${second.schemaId} can't be learned` });
}

/** Gives every committed record from an offset up to the end as it is now. */
export async function* recordsUpToNow(
  reader: LogReader,
  from: TopicPartition & { readonly offset?: number },
): AsyncGenerator<LogRecord> {
  const { topic, partition } = from;
  const { start, end } = await reader.range({ topic, partition });
  let next = Math.max(start, from.offset ?? start);
  while (next < end) {
    const request = { topic, partition, offset: next, maxBytes: FETCH_BYTES_MAX };
    for (const slice of await reader.fetch([request], { maxWaitMs: FETCH_WAIT_MS })) {
      for (const record of slice.records) if (record.offset < end) yield record;
      next = slice.nextOffset;
    }
  }
}
