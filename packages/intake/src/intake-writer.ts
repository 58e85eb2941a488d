import { must, partitionOf, TOPICS, type IntakeEvent } from '@smc/domain';
import {
  createEventHeaders,
  openCodec,
  type SchemaRegistryPort,
  type Traceparent,
} from '@smc/events';
import type { OutgoingRecord, Publisher, TxnLog } from '@smc/log';
import { INTAKE_KINDS } from './intake-parser.ts';

/** What HTTP and file intake need to write an event to `smc.intake`. */
export type IntakeWriter = {
  /** The record of an event: client key, framed Avro, CloudEvents attributes as headers. */
  readonly record: (event: IntakeEvent, moment: RecordMoment) => OutgoingRecord;
  readonly publisher: Publisher;
};

export type RecordMoment = {
  /** When intake writes it down: `ce_time`. */
  readonly timeMs: number;
  readonly traceparent?: Traceparent;
};

/**
 * Opens what writing needs. Throws retriable faults while log or registry can't be reached, and
 * SchemaNotRegisteredError where the deployment has not registered the schemas of intake.
 */
export async function openIntakeWriter(options: {
  readonly log: TxnLog;
  readonly registry: SchemaRegistryPort;
}): Promise<IntakeWriter> {
  const { log, registry } = options;
  const codec = await openCodec({ registry, types: INTAKE_KINDS });
  const headersOf = createEventHeaders({ codec, types: INTAKE_KINDS });
  const counts = await log.partitionCounts([TOPICS.intake]);
  const partitions = must(counts.get(TOPICS.intake), 'the log counts every topic it was asked for');
  const publisher = await log.openPublisher();
  return {
    publisher,
    record: (event, moment) => ({
      topic: TOPICS.intake,
      partition: partitionOf(event.clientKey, partitions),
      key: Buffer.from(event.clientKey, 'latin1'),
      value: codec.encode(event),
      headers: headersOf(event, moment),
    }),
  };
}
