import { createEventHeaders, type Codec, type SpanId } from '@smc/events';
import { flawOfHeaders } from '@smc/log';
import type { Random } from '@smc/runtime';
import type { BatchTools, Emitted } from './batch.ts';

const EMITTED = [
  'CaseAssigned',
  'ClientHandedOver',
  'CaseParked',
  'CaseReleased',
  'DeadLetter',
  'TeamRequested',
  'LoadChanged',
  'TeamChosen',
  'CommandAnswered',
] as const satisfies readonly Emitted['type'][];

/** Gives the answers to a record CloudEvents headers that go on with the record's trace. */
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
    headersOf: (event, input, nowMs) =>
      headersFor(event, { timeMs: nowMs, inputHeaders: input.headers, spanId: nextSpan() }),
  };
}

const FLAW_REASONS = {
  TOO_MANY_HEADERS: 'a record has at most 32 headers',
  HEADERS_TOO_LARGE: 'the headers of a record have at most 4,096 bytes together',
  HEADERS_DAMAGED: 'the headers of the record are not what their lengths say',
} as const;

/** Span ids: a random half for the process, which is never 0, and a count. */
function createSpanIds(random: Random): () => SpanId {
  const high = Math.floor(random() * 0xffffffff) + 1;
  let low = Math.floor(random() * 0xffffffff);
  return () => {
    low = (low + 1) >>> 0;
    return { high, low };
  };
}
