import { delay } from '@smc/runtime';

const LOOK_EVERY_MS = 50;

/** Looks until there is a value, and gives it; rejects when there is none within the time. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  withinMs: number,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${what}`);
    await delay(LOOK_EVERY_MS);
  }
}
