import { setTimeout as sleep } from 'node:timers/promises';
import { asFault, isUnavailable } from './error-codes.ts';

/** A random number in [0, 1): an argument, so that a test can fix it. */
export type Random = () => number;

const BACK_OFF_MS_AT_FIRST = 20;
/** Long enough not to press a broker that starts, short enough to miss little when it is there. */
const BACK_OFF_MS_MAX = 500;

/** How long to wait before attempt `attempt` (from 1): doubling, capped, between half and whole. */
export function backOffMs(attempt: number, random: Random): number {
  const whole = Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS_AT_FIRST * 2 ** (attempt - 1));
  return whole * (0.5 + random() / 2);
}

export type Persistence = {
  readonly forMs: number;
  readonly random: Random;
  /** Ends the attempts with the last fault, e.g. because the owner has closed. */
  readonly givenUp?: () => boolean;
};

/**
 * Tries until `attempt` resolves. Only UNAVAILABLE is tried again, with back-off, and not longer
 * than `forMs` in all; the last fault is the one that comes out.
 */
export async function persist<T>(attempt: () => Promise<T>, how: Persistence): Promise<T> {
  const until = performance.now() + how.forMs;
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (thrown) {
      const waitMs = backOffMs(failures, how.random);
      const over = performance.now() + waitMs > until || how.givenUp?.() === true;
      if (over || !isUnavailable(asFault(thrown))) throw asFault(thrown);
      await sleep(waitMs);
    }
  }
}
