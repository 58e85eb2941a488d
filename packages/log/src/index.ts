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
  HEADER_BYTES_MAX,
  HEADERS_MAX,
  NO_HEADERS,
  type EncodedHeaders,
  type Header,
  type HeadersFlaw,
} from './headers.ts';
