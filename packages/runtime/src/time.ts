/** What a program may know of time; an argument wherever time decides something. */
export type Clock = {
  /** Milliseconds since 1970, UTC. */
  readonly nowMs: () => number;
};

export const systemClock: Clock = { nowMs: () => Date.now() };

/** A number from 0 up to 1; an argument wherever chance decides something. */
export type Random = () => number;

/** Resolves after `ms`, or at once when the signal aborts: the caller looks at the signal. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** True when `work` ended within `ms`. The work goes on either way; its error is the caller's. */
export async function endsWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const late = new AbortController();
  try {
    return await Promise.race([work.then(() => true), delay(ms, late.signal).then(() => false)]);
  } finally {
    late.abort();
  }
}
