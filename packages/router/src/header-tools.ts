import { createEventHeaders, childTraceparent, readTraceparent, type Codec } from '@smc/events';
import { flawOfHeaders } from '@smc/log';
import type { Random } from '@smc/runtime';
import type { BatchTools } from './batch.ts';

const EMITTED = [
  'CaseAssigned',
  'ClientHandedOver',
  'CaseParked',
  'CaseReleased',
  'DeadLetter',
] as const;

/** Reads the trace of an input record and gives its answers CloudEvents headers that go on with it. */
export function createHeaderTools(
  codec: Codec,
  random: Random,
): Pick<BatchTools, 'headersFlaw' | 'headersOf'> {
  const headersFor = createEventHeaders({ codec, types: EMITTED });
  const nextSpan = createSpanIds(random);
  return {
    headersFlaw(headers) {
      const code = flawOfHeaders(headers);
      return code && { code, reason: FLAW_REASONS[code] };
    },
    headersOf(event, input, nowMs) {
      const trace = readTraceparent(input.headers);
      if (trace === undefined) return headersFor(event, { timeMs: nowMs });
      return headersFor(event, {
        timeMs: nowMs,
        traceparent: childTraceparent(trace.traceparent, nextSpan()),
        originTraceparent: trace.originTraceparent,
      });
    },
  };
}

const FLAW_REASONS = {
  TOO_MANY_HEADERS: 'a record has at most 32 headers',
  HEADERS_TOO_LARGE: 'the headers of a record have at most 4,096 bytes together',
  HEADERS_DAMAGED: 'the headers of the record are not what their lengths say',
} as const;

/** Span ids: sixteen hexadecimal digits, a random half per process and a count. */
function createSpanIds(random: Random): () => string {
  const hex = (n: number) => (n >>> 0).toString(16).padStart(8, '0');
  const process = hex(Math.floor(random() * 0xffffffff) + 1);
  let count = Math.floor(random() * 0xffffffff);
  return () => {
    count = (count + 1) >>> 0;
    return process + hex(count);
  };
}
