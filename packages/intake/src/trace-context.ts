import { childTraceparent, isTraceparent, rootTraceparent, type Traceparent } from '@smc/events';
import type { Random } from '@smc/runtime';

/**
 * The trace of an event: the sender's, continued under a span of ours, or a new one. A damaged header
 * begins a new trace; it never refuses a case.
 */
export function continueTrace(header: unknown, random: Random): Traceparent {
  const span = hexDigits(16, random);
  if (isTraceparent(header)) return childTraceparent(header, span);
  return rootTraceparent(hexDigits(32, random), span);
}

function hexDigits(count: number, random: Random): string {
  let digits = '';
  while (digits.length < count) {
    digits += Math.floor(random() * 0x1_0000)
      .toString(16)
      .padStart(4, '0');
  }
  // All zeros would be no id at all.
  return /^0+$/.test(digits) ? `${digits.slice(1)}1` : digits;
}
