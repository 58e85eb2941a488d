export type {
  FetchRequest,
  FetchSlice,
  GroupListener,
  GroupMember,
  GroupSpec,
  LogReader,
  LogRecord,
  OffsetRange,
  OutgoingRecord,
  Publisher,
  TopicPartition,
  TxnLog,
  TxnProducer,
} from './txn-log.ts';
export { LogFault, type LogFaultCode } from './log-fault.ts';
export {
  decodeHeaders,
  encodeHeaders,
  findHeader,
  flawOfHeaders,
  HEADER_BYTES_MAX,
  HEADERS_MAX,
  NO_HEADERS,
  type EncodedHeaders,
  type Header,
  type HeadersFlaw,
} from './headers.ts';
export {
  createMemoryBroker,
  type MemoryBroker,
  type MemoryBrokerOptions,
} from './memory/memory-broker.ts';
export { manualClock, systemClock, type LogClock, type ManualClock } from './memory/log-clock.ts';
export type { MemoryTopic } from './memory/topics.ts';
export { connectKafkaLog, type KafkaLogOptions } from './kafka/connect.ts';
export type { KafkaLogger } from './kafka/logging.ts';
