import { delay, type Random } from './time.ts';
import type { Logger } from './logger.ts';
import type { Readiness } from './readiness.ts';

export type BackoffOptions = { readonly firstMs: number; readonly maxMs: number };

/** Quick enough that a restarted dependency is noticed, slow enough not to hinder its start. */
export const DEPENDENCY_BACKOFF: BackoffOptions = { firstMs: 100, maxMs: 5_000 };

export type Backoff = {
  /** How long to wait before the next try: doubles up to the maximum, less up to half by chance. */
  readonly nextMs: () => number;
  /** After success: the next failure begins at the first wait again. */
  readonly reset: () => void;
};

export function createBackoff({ firstMs, maxMs }: BackoffOptions, random: Random): Backoff {
  let failures = 0;
  return {
    nextMs() {
      const fullMs = Math.min(maxMs, firstMs * 2 ** Math.min(failures, 30));
      failures++;
      return Math.round(fullMs * (1 - random() / 2));
    },
    reset() {
      failures = 0;
    },
  };
}

/** Whether a fault says of itself that trying again can help. */
export function isRetriable(error: unknown): boolean {
  return error instanceof Error && 'retriable' in error && error.retriable === true;
}

export type Waiting = {
  /** The dependency's name, as `/health/ready` shows it: `registry`. */
  readonly name: string;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly readiness: Readiness;
  readonly logger: Logger;
  readonly backoff?: BackoffOptions;
};

/**
 * Tries until it works, so that the order in which services and their dependencies start does not
 * matter. While it waits, readiness names the dependency and why. A fault that is not retriable, or
 * the abort of the signal, ends the waiting with that error.
 */
export async function untilReachable<T>(
  action: () => Promise<T>,
  { name, random, signal, readiness, logger, backoff = DEPENDENCY_BACKOFF }: Waiting,
): Promise<T> {
  const waits = createBackoff(backoff, random);
  for (;;) {
    signal.throwIfAborted();
    try {
      const value = await action();
      readiness.clear(name);
      return value;
    } catch (error) {
      if (!isRetriable(error)) throw error;
      const retryMs = waits.nextMs();
      const reason = error instanceof Error ? error.message : String(error);
      readiness.set(name, `${name}: ${reason}`);
      logger.warn(
        { event: 'dependency.unreachable', name, reason, retryMs },
        `waiting for ${name}`,
      );
      await delay(retryMs, signal);
    }
  }
}
