/** What went wrong with the local stack or with the topics. */
export type StackFaultCode =
  /** The machine lacks a program; the text says how to get it. */
  | 'PART_MISSING'
  /** Jars could not be fetched or unpacked. */
  | 'FETCH_FAILED'
  /** A part ended, or did not become ready in time. */
  | 'PART_FAILED'
  /** Another process took the port between choosing and opening it. */
  | 'PORT_TAKEN'
  /** topics.json says something that it may not say. */
  | 'TOPICS_INVALID'
  /** The cluster has a topic with other settings than topics.json gives it. */
  | 'TOPICS_DIFFER'
  /** The stack of this checkout already runs, or is being changed by another command. */
  | 'STACK_BUSY';

const RETRIABLE: ReadonlySet<StackFaultCode> = new Set(['FETCH_FAILED', 'PORT_TAKEN']);

/** The local stack failed. The message is meant for the person at the terminal. */
export class StackFault extends Error {
  override readonly name = 'StackFault';
  readonly code: StackFaultCode;
  readonly retriable: boolean;

  constructor(code: StackFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retriable = RETRIABLE.has(code);
  }
}
