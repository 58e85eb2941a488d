import { partitionOf, TOPICS, type Acknowledgement, type AssignmentEvent } from '@smc/domain';
import {
  createMemoryRegistry,
  openCodec,
  registerSchemas,
  type Codec,
  type SchemaRegistryPort,
} from '@smc/events';
import {
  createMemoryBroker,
  NO_HEADERS,
  type EncodedHeaders,
  type LogRecord,
  type MemoryBroker,
  type TxnLog,
} from '@smc/log';

export type TestLog = {
  readonly broker: MemoryBroker;
  readonly registry: SchemaRegistryPort;
  readonly codec: Codec;
  readonly partitions: number;
  /** Writes events as the router or a division would, each to its client's partition. */
  publish(
    events: readonly (AssignmentEvent | Acknowledgement)[],
    options?: { readonly timestampMs?: number; readonly headers?: EncodedHeaders },
  ): Promise<void>;
  /** Writes bytes that are no event. */
  publishBytes(topic: string, partition: number, value: Buffer): Promise<void>;
  /** All acknowledgements on the log, per partition in order. */
  acknowledgements(): Promise<readonly Acknowledgement[]>;
  /** The records they came in. */
  acknowledgementRecords(): Promise<readonly LogRecord[]>;
};

/** A memory log with the topics of divisions and projector, and a registry with the schemas. */
export async function createTestLog(partitions = 2): Promise<TestLog> {
  const topics = [TOPICS.assignments, TOPICS.acknowledgements, TOPICS.demarcations];
  const broker = createMemoryBroker({ topics: topics.map((name) => ({ name, partitions })) });
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  const types = [
    'CaseAssigned',
    'ClientHandedOver',
    'CaseParked',
    'CaseReleased',
    'Acknowledgement',
  ] as const;
  const codec = await openCodec({ registry, types });
  const log = broker.connect('test');
  const publisher = await log.openPublisher();

  return {
    broker,
    registry,
    codec,
    partitions,
    async publish(events, { timestampMs, headers = NO_HEADERS } = {}) {
      const records = events.map((event) => ({
        topic: event.type === 'Acknowledgement' ? TOPICS.acknowledgements : TOPICS.assignments,
        partition: partitionOf(event.clientKey, partitions),
        key: Buffer.from(event.clientKey),
        value: codec.encode(event),
        headers,
        ...(timestampMs === undefined ? {} : { timestampMs }),
      }));
      await publisher.publish(records);
    },
    async publishBytes(topic, partition, value) {
      const key = Buffer.from('x');
      await publisher.publish([{ topic, partition, key, value, headers: NO_HEADERS }]);
    },
    async acknowledgements() {
      return (await recordsOf(log, TOPICS.acknowledgements, partitions)).flatMap(({ value }) => {
        const decoded = codec.decode(value, ['Acknowledgement']);
        return decoded.ok === true ? [decoded.value] : [];
      });
    },
    acknowledgementRecords: () => recordsOf(log, TOPICS.acknowledgements, partitions),
  };
}

async function recordsOf(log: TxnLog, topic: string, partitions: number): Promise<LogRecord[]> {
  const found: LogRecord[] = [];
  const reader = await log.openReader();
  for (let partition = 0; partition < partitions; partition++) {
    const range = await reader.range({ topic, partition });
    for (let offset = range.start; offset < range.end;) {
      const request = { topic, partition, offset, maxBytes: 1_000_000 };
      const [slice] = await reader.fetch([request], { maxWaitMs: 0 });
      found.push(...(slice?.records ?? []));
      offset = slice?.nextOffset ?? range.end;
    }
  }
  await reader.close();
  return found;
}
