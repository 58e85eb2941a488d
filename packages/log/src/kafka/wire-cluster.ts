import { API, FieldReader, FieldWriter, type Request } from './wire.ts';

/** Requests about the cluster: what it can do, who leads what, who coordinates whom. */

export type BrokerAbilities = {
  readonly errorCode: number;
  readonly versions: ReadonlyMap<number, { readonly min: number; readonly max: number }>;
  /** Features that are in force in the whole cluster, with their level. */
  readonly finalizedFeatures: ReadonlyMap<string, number>;
};

const FINALIZED_FEATURES_TAG = 2;

export function apiVersionsRequest(clientId: string): Request {
  const fields = new FieldWriter().compactString(clientId).compactString('1').noTags();
  return { api: API.apiVersions, body: fields.parts() };
}

export function readApiVersions(answer: Buffer): BrokerAbilities {
  const fields = new FieldReader(answer);
  const errorCode = fields.int16();
  const versions = new Map(
    fields.compactArray(() => {
      const entry = [fields.int16(), { min: fields.int16(), max: fields.int16() }] as const;
      fields.tags();
      return entry;
    }),
  );
  fields.int32();
  const finalizedFeatures = new Map<string, number>();
  fields.tags((tag, content) => {
    if (tag !== FINALIZED_FEATURES_TAG) return;
    content.compactArray(() => {
      finalizedFeatures.set(content.compactString() ?? '', content.int16());
      content.int16();
      content.tags();
    });
  });
  return { errorCode, versions, finalizedFeatures };
}

export type BrokerAddress = { readonly host: string; readonly port: number };

export type TopicMetadata = {
  readonly errorCode: number;
  readonly topic: string;
  /** The leader of each partition; -1 while there is none. */
  readonly leaders: ReadonlyMap<number, number>;
};

export type Metadata = {
  readonly brokers: ReadonlyMap<number, BrokerAddress>;
  readonly topics: readonly TopicMetadata[];
};

export function metadataRequest(topics: readonly string[]): Request {
  const fields = new FieldWriter();
  fields.array(topics, (topic) => fields.string(topic));
  return { api: API.metadata, body: fields.int8(0).parts() };
}

export function readMetadata(answer: Buffer): Metadata {
  const fields = new FieldReader(answer);
  fields.int32();
  const brokers = new Map(
    fields.array(() => {
      const entry = [
        fields.int32(),
        { host: fields.string() ?? '', port: fields.int32() },
      ] as const;
      fields.string();
      return entry;
    }),
  );
  fields.string();
  fields.int32();
  const topics = fields.array(() => {
    const errorCode = fields.int16();
    const topic = fields.string() ?? '';
    fields.boolean();
    return { errorCode, topic, leaders: new Map(fields.array(() => readPartition(fields))) };
  });
  return { brokers, topics };
}

function readPartition(fields: FieldReader): readonly [partition: number, leader: number] {
  fields.int16();
  const entry = [fields.int32(), fields.int32()] as const;
  fields.int32();
  for (const _replicas of ['all', 'in sync', 'offline']) fields.array(() => fields.int32());
  return entry;
}

export type CoordinatorOf = 'group' | 'transaction';

export type Coordinator = BrokerAddress & { readonly errorCode: number; readonly nodeId: number };

export function findCoordinatorRequest(of: CoordinatorOf, key: string): Request {
  const fields = new FieldWriter().string(key).int8(of === 'group' ? 0 : 1);
  return { api: API.findCoordinator, body: fields.parts() };
}

export function readFindCoordinator(answer: Buffer): Coordinator {
  const fields = new FieldReader(answer);
  fields.int32();
  const errorCode = fields.int16();
  fields.string();
  return { errorCode, nodeId: fields.int32(), host: fields.string() ?? '', port: fields.int32() };
}

export type GroupPosition = {
  readonly groupId: string;
  /** -1 and '' for a group without members. */
  readonly generation: number;
  readonly memberId: string;
  readonly offsets: ReadonlyMap<string, readonly (readonly [partition: number, offset: number])[]>;
};

export function offsetCommitRequest(position: GroupPosition): Request {
  const fields = new FieldWriter()
    .string(position.groupId)
    .int32(position.generation)
    .string(position.memberId)
    .string(undefined);
  fields.array([...position.offsets], ([topic, offsets]) => {
    fields.string(topic).array(offsets, ([partition, offset]) => {
      fields.int32(partition).int64(offset).int32(-1).string(undefined);
    });
  });
  return { api: API.offsetCommit, body: fields.parts() };
}

/** The error codes, one per partition. */
export function readOffsetCommit(answer: Buffer): readonly number[] {
  const fields = new FieldReader(answer);
  fields.int32();
  const perTopic = fields.array(() => {
    fields.string();
    return fields.array(() => {
      fields.int32();
      return fields.int16();
    });
  });
  return perTopic.flat();
}
