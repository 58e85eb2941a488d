/**
 * W3C trace context over Kafka. `traceparent` belongs to one hop and is made anew by each;
 * `ce_traceparent` is where the trace began, at intake, and is copied unchanged (the CloudEvents
 * extension for distributed tracing).
 */
import { must, type Brand } from '@smc/domain';
import type { EncodedHeaders } from '@smc/log';

/** `00-` trace id `-` span id `-` flags; a version we do not know begins a new trace instead. */
export type Traceparent = Brand<string, 'Traceparent'>;

export type TraceContext = {
  readonly traceparent: Traceparent;
  readonly originTraceparent: Traceparent;
};

export const TRACEPARENT_CHARACTERS = 55;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

export function isTraceparent(text: unknown): text is Traceparent {
  return typeof text === 'string' && TRACEPARENT.test(text);
}

/** Name and length as they stand in encoded headers, so that finding one needs no unpacking. */
const HOP = encodedName('traceparent');
const ORIGIN = encodedName('ce_traceparent');

function encodedName(name: string): Buffer {
  return Buffer.from([name.length * 2, ...Buffer.from(name), TRACEPARENT_CHARACTERS * 2]);
}

/**
 * The trace a record belongs to; undefined when it has none that is valid: the reader begins a new
 * one. A record without `ce_traceparent` is its own origin.
 */
export function readTraceparent(headers: EncodedHeaders): TraceContext | undefined {
  const traceparent = find(headers, HOP);
  if (traceparent === undefined) return undefined;
  return { traceparent, originTraceparent: find(headers, ORIGIN) ?? traceparent };
}

function find(headers: Buffer, name: Buffer): Traceparent | undefined {
  const at = headers.indexOf(name);
  if (at < 0) return undefined;
  const from = at + name.length;
  const text = headers.toString('latin1', from, from + TRACEPARENT_CHARACTERS);
  return isTraceparent(text) ? text : undefined;
}

/** The next hop of a trace. The span id is 16 random hexadecimal digits, not all zero. */
export function childTraceparent(parent: Traceparent, spanId: string): Traceparent {
  return compose(parent.slice(3, 35), spanId, parent.slice(53));
}

/** The first hop of a new trace: 32 and 16 random hexadecimal digits; sampled. */
export function rootTraceparent(traceId: string, spanId: string): Traceparent {
  return compose(traceId, spanId, '01');
}

function compose(traceId: string, spanId: string, flags: string): Traceparent {
  const text = `00-${traceId}-${spanId}-${flags}`;
  return must(isTraceparent(text) ? text : undefined, 'trace and span ids are hexadecimal digits');
}
