/** What stops a subscriber; waiting does not mend it. */
export type SubscriberFaultCode =
  /** The local store stands beyond the end of the log: it belongs to another log. */
  | 'POSITION_BEYOND_END'
  /** The tables in the store were made by another version of the handler. */
  | 'STORE_VERSION';

export class SubscriberFault extends Error {
  override readonly name = 'SubscriberFault';
  readonly code: SubscriberFaultCode;
  readonly retriable = false;

  constructor(code: SubscriberFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}
