/** What went wrong between us and the log. */
export type LogFaultCode =
  /** Another owner has taken over the task. Rebuild only when the group still says it is ours. */
  | 'FENCED'
  /** The log can't be reached, a leader moved, a request timed out: drop, rebuild, try again. */
  | 'UNAVAILABLE'
  /** One record is larger than the topic takes. */
  | 'RECORD_TOO_LARGE'
  /** The batch as a whole is larger than the topic takes: write fewer records at once. */
  | 'BATCH_TOO_LARGE'
  | 'NOT_AUTHORISED'
  | 'TOPIC_MISSING'
  | 'OFFSET_OUT_OF_RANGE'
  /** The broker has no transactions v2 (KIP-890): Kafka 4.0 or newer with transaction.version 2. */
  | 'TRANSACTIONS_V2_MISSING'
  /** Bytes that fail their checksum or make no sense. */
  | 'CORRUPT'
  /** The broker refuses a request as such: a setting or a version does not fit. */
  | 'MISCONFIGURED'
  /** Used after `close` or after an error. */
  | 'CLOSED';

const RETRIABLE: ReadonlySet<LogFaultCode> = new Set(['FENCED', 'UNAVAILABLE', 'BATCH_TOO_LARGE']);

/** The log failed. `retriable` says whether doing it again, from scratch, can help. */
export class LogFault extends Error {
  override readonly name = 'LogFault';
  readonly code: LogFaultCode;
  readonly retriable: boolean;

  constructor(code: LogFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retriable = RETRIABLE.has(code);
  }
}
