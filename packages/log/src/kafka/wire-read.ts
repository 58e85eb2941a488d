import type { FetchRequest, TopicPartition } from '../txn-log.ts';
import type { AbortedTransaction } from './batch-reader.ts';
import { API, FieldReader, FieldWriter, type Request } from './wire.ts';

/** Requests that read: where a partition begins and ends, and what is in it. */

const READ_COMMITTED = 1;
const NO_REPLICA = -1;

/** A time in milliseconds since 1970, or one of the two ends of what is committed. */
export type OffsetQuestion = 'earliest' | 'latest' | number;

export type OffsetAnswer = {
  readonly errorCode: number;
  /** -1 where no record is that late. */
  readonly offset: number;
};

export function listOffsetsRequest(of: TopicPartition, question: OffsetQuestion): Request {
  const timestamp = question === 'earliest' ? -2 : question === 'latest' ? -1 : question;
  const fields = new FieldWriter().int32(NO_REPLICA).int8(READ_COMMITTED);
  fields.array([of.topic], (topic) => {
    fields.string(topic).array([of.partition], (partition) => {
      fields.int32(partition).int32(-1).int64(timestamp);
    });
  });
  return { api: API.listOffsets, body: fields.parts() };
}

export function readListOffsets(answer: Buffer): OffsetAnswer {
  const fields = new FieldReader(answer);
  fields.int32();
  const topics = fields.array(() => {
    fields.string();
    return fields.array(() => {
      fields.int32();
      const errorCode = fields.int16();
      fields.int64();
      const offset = fields.int64();
      fields.int32();
      return { errorCode, offset };
    });
  });
  const [found] = topics.flat();
  return found ?? { errorCode: -1, offset: -1 };
}

export function fetchRequest(
  partitions: readonly FetchRequest[],
  options: { readonly maxWaitMs: number; readonly maxBytes: number },
): Request {
  const fields = new FieldWriter()
    .int32(NO_REPLICA)
    .int32(options.maxWaitMs)
    .int32(1)
    .int32(options.maxBytes)
    .int8(READ_COMMITTED)
    .int32(0)
    .int32(-1);
  fields.array([...Map.groupBy(partitions, ({ topic }) => topic)], ([topic, requests]) => {
    fields.string(topic).array(requests, ({ partition, offset, maxBytes }) => {
      fields.int32(partition).int32(-1).int64(offset).int64(-1).int32(maxBytes);
    });
  });
  return { api: API.fetch, body: fields.int32(0).string('').parts() };
}

export type FetchedPartition = {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly lastStableOffset: number;
  readonly aborted: readonly AbortedTransaction[];
  readonly bytes: Buffer;
};

export type Fetched = {
  readonly throttleMs: number;
  readonly errorCode: number;
  readonly partitions: readonly FetchedPartition[];
};

export function readFetch(answer: Buffer): Fetched {
  const fields = new FieldReader(answer);
  const [throttleMs, errorCode] = [fields.int32(), fields.int16()];
  fields.int32();
  const topics = fields.array(() => {
    const topic = fields.string() ?? '';
    return fields.array(() => readFetchedPartition(fields, topic));
  });
  return { throttleMs, errorCode, partitions: topics.flat() };
}

function readFetchedPartition(fields: FieldReader, topic: string): FetchedPartition {
  const [partition, errorCode] = [fields.int32(), fields.int16()];
  fields.int64();
  const lastStableOffset = fields.int64();
  fields.int64();
  const aborted = fields.array(() => ({
    producerId: fields.bigint64(),
    firstOffset: fields.int64(),
  }));
  fields.int32();
  return { topic, partition, errorCode, lastStableOffset, aborted, bytes: fields.bytes() };
}
