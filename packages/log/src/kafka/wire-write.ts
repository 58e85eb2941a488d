import { API, FieldReader, FieldWriter, type Request } from './wire.ts';

/** Requests that write: the epoch of a writer, its batches, the end of its transaction. */

export type ProducerIdentity = {
  readonly errorCode: number;
  readonly throttleMs: number;
  readonly producerId: bigint;
  readonly epoch: number;
};

export function initProducerIdRequest(transactionalId: string, timeoutMs: number): Request {
  const fields = new FieldWriter().compactString(transactionalId).int32(timeoutMs);
  return { api: API.initProducerId, body: fields.int64(-1n).int16(-1).noTags().parts() };
}

export function readInitProducerId(answer: Buffer): ProducerIdentity {
  return readIdentity(answer);
}

/** EndTxn with the outcome commit: nothing is ever aborted by hand, a new owner does that. */
export function commitRequest(
  transactionalId: string,
  identity: { readonly producerId: bigint; readonly epoch: number },
): Request {
  const fields = new FieldWriter().compactString(transactionalId).int64(identity.producerId);
  return { api: API.endTxn, body: fields.int16(identity.epoch).int8(1).noTags().parts() };
}

/** The identity is the one to use from the next transaction on. */
export function readEndTxn(answer: Buffer): ProducerIdentity {
  return readIdentity(answer);
}

/** InitProducerId and EndTxn have the same answer: throttle, error, producer id, epoch. */
function readIdentity(answer: Buffer): ProducerIdentity {
  const fields = new FieldReader(answer);
  const [throttleMs, errorCode] = [fields.int32(), fields.int16()];
  return { throttleMs, errorCode, producerId: fields.bigint64(), epoch: fields.int16() };
}

export type PartitionBatch = {
  readonly topic: string;
  readonly partition: number;
  readonly batch: Uint8Array;
};

/** All replicas in sync acknowledge; without `transactionalId` it is a plain write. */
export function produceRequest(
  batches: readonly PartitionBatch[],
  options: { readonly transactionalId: string | undefined; readonly timeoutMs: number },
): Request {
  const fields = new FieldWriter().compactString(options.transactionalId);
  fields.int16(-1).int32(options.timeoutMs);
  fields.compactArray([...Map.groupBy(batches, ({ topic }) => topic)], ([topic, partitions]) => {
    fields.compactString(topic).compactArray(partitions, ({ partition, batch }) => {
      fields.int32(partition).compactRecords(batch).noTags();
    });
    fields.noTags();
  });
  return { api: API.produce, body: fields.noTags().parts() };
}

export type ProducedPartition = {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly baseOffset: number;
  readonly errorMessage: string | undefined;
};

export type Produced = {
  readonly throttleMs: number;
  readonly partitions: readonly ProducedPartition[];
};

export function readProduce(answer: Buffer): Produced {
  const fields = new FieldReader(answer);
  const topics = fields.compactArray(() => {
    const topic = fields.compactString() ?? '';
    const partitions = fields.compactArray(() => readProducedPartition(fields, topic));
    fields.tags();
    return partitions;
  });
  return { throttleMs: fields.int32(), partitions: topics.flat() };
}

function readProducedPartition(fields: FieldReader, topic: string): ProducedPartition {
  const [partition, errorCode, baseOffset] = [fields.int32(), fields.int16(), fields.int64()];
  fields.int64();
  fields.int64();
  fields.compactArray(() => {
    fields.int32();
    fields.compactString();
    fields.tags();
  });
  const errorMessage = fields.compactString();
  fields.tags();
  return { topic, partition, errorCode, baseOffset, errorMessage };
}
