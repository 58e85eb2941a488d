/**
 * W3C trace context over Kafka. `traceparent` belongs to one hop and is made anew by each;
 * `ce_traceparent` is where the trace began, at intake, and is copied unchanged (the CloudEvents
 * extension for distributed tracing).
 */
import { must, type Brand } from '@smc/domain';
import type { EncodedHeaders } from '@smc/log';
import { locateTrace, TRACEPARENT_CHARACTERS } from './located-trace.ts';

/** `00-` trace id `-` span id `-` flags; a version we do not know begins a new trace instead. */
export type Traceparent = Brand<string, 'Traceparent'>;

export type TraceContext = {
  readonly traceparent: Traceparent;
  readonly originTraceparent: Traceparent;
};

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

export function isTraceparent(text: unknown): text is Traceparent {
  return typeof text === 'string' && TRACEPARENT.test(text);
}

/**
 * The trace a record belongs to; undefined when it has none that is valid: the reader begins a new
 * one. A record without `ce_traceparent` is its own origin.
 */
export function readTraceparent(headers: EncodedHeaders): TraceContext | undefined {
  const { hop, origin } = locateTrace(headers);
  if (hop < 0) return undefined;
  const traceparent = textAt(headers, hop);
  return { traceparent, originTraceparent: origin === hop ? traceparent : textAt(headers, origin) };
}

function textAt(headers: EncodedHeaders, at: number): Traceparent {
  return headers.toString('latin1', at, at + TRACEPARENT_CHARACTERS) as Traceparent;
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
