import { LogFault, type LogFaultCode } from '../log-fault.ts';

/** Kafka's error codes that this driver treats by name. */
export const CODE = {
  none: 0,
  offsetOutOfRange: 1,
  corruptMessage: 2,
  unknownTopicOrPartition: 3,
  messageTooLarge: 10,
  coordinatorLoading: 14,
  coordinatorNotAvailable: 15,
  notCoordinator: 16,
  invalidTopic: 17,
  recordListTooLarge: 18,
  concurrentTransactions: 51,
  offsetNotAvailable: 78,
} as const;

/** The coordinator is elsewhere, or not ready: look for it again. */
export const COORDINATOR_MOVED: ReadonlySet<number> = new Set([
  CODE.coordinatorLoading,
  CODE.coordinatorNotAvailable,
  CODE.notCoordinator,
]);

/**
 * What each code means to the caller. Every code that is not here is UNAVAILABLE: a leader or a
 * coordinator moved, replicas are missing, a request took too long; drop, ask again, try again.
 */
const MEANING: Readonly<Record<number, readonly [name: string, code: LogFaultCode]>> = {
  1: ['OFFSET_OUT_OF_RANGE', 'OFFSET_OUT_OF_RANGE'],
  2: ['CORRUPT_MESSAGE', 'CORRUPT'],
  10: ['MESSAGE_TOO_LARGE', 'BATCH_TOO_LARGE'],
  17: ['INVALID_TOPIC_EXCEPTION', 'TOPIC_MISSING'],
  18: ['RECORD_LIST_TOO_LARGE', 'BATCH_TOO_LARGE'],
  22: ['ILLEGAL_GENERATION', 'FENCED'],
  25: ['UNKNOWN_MEMBER_ID', 'FENCED'],
  29: ['TOPIC_AUTHORIZATION_FAILED', 'NOT_AUTHORISED'],
  30: ['GROUP_AUTHORIZATION_FAILED', 'NOT_AUTHORISED'],
  31: ['CLUSTER_AUTHORIZATION_FAILED', 'NOT_AUTHORISED'],
  35: ['UNSUPPORTED_VERSION', 'MISCONFIGURED'],
  42: ['INVALID_REQUEST', 'MISCONFIGURED'],
  44: ['POLICY_VIOLATION', 'MISCONFIGURED'],
  47: ['INVALID_PRODUCER_EPOCH', 'FENCED'],
  50: ['INVALID_TRANSACTION_TIMEOUT', 'MISCONFIGURED'],
  53: ['TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'NOT_AUTHORISED'],
  58: ['SASL_AUTHENTICATION_FAILED', 'NOT_AUTHORISED'],
  76: ['UNSUPPORTED_COMPRESSION_TYPE', 'MISCONFIGURED'],
  87: ['INVALID_RECORD', 'CORRUPT'],
  90: ['PRODUCER_FENCED', 'FENCED'],
};

const NAMES: Readonly<Record<number, string>> = {
  3: 'UNKNOWN_TOPIC_OR_PARTITION',
  5: 'LEADER_NOT_AVAILABLE',
  6: 'NOT_LEADER_OR_FOLLOWER',
  7: 'REQUEST_TIMED_OUT',
  14: 'COORDINATOR_LOAD_IN_PROGRESS',
  15: 'COORDINATOR_NOT_AVAILABLE',
  16: 'NOT_COORDINATOR',
  19: 'NOT_ENOUGH_REPLICAS',
  20: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  27: 'REBALANCE_IN_PROGRESS',
  45: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  48: 'INVALID_TXN_STATE',
  49: 'INVALID_PRODUCER_ID_MAPPING',
  51: 'CONCURRENT_TRANSACTIONS',
  59: 'UNKNOWN_PRODUCER_ID',
  78: 'OFFSET_NOT_AVAILABLE',
  120: 'TRANSACTION_ABORTABLE',
};

/** The fault that an error code of the broker is; `what` names the request and its object. */
export function faultOf(code: number, what: string, detail?: string): LogFault {
  const [name, meaning] = MEANING[code] ?? [NAMES[code] ?? 'unknown', 'UNAVAILABLE'];
  const because = detail === undefined ? '' : ` (${detail})`;
  return new LogFault(meaning, `${what}: error ${code} ${name}${because}`);
}

export function unavailable(message: string, cause?: unknown): LogFault {
  return new LogFault('UNAVAILABLE', message, cause);
}

/** Whatever was thrown, as a fault: what is no LogFault yet is a failure of the connection. */
export function asFault(thrown: unknown): LogFault {
  if (thrown instanceof LogFault) return thrown;
  return unavailable(thrown instanceof Error ? thrown.message : String(thrown), thrown);
}

export function isUnavailable(thrown: unknown): boolean {
  return thrown instanceof LogFault && thrown.code === 'UNAVAILABLE';
}
