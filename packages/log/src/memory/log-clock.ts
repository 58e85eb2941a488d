/** Time as the memory log sees it: an argument, so that a test can hold it still. */
export type LogClock = {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Calls `due` once, `ms` from now and never within this call; the answer cancels it. */
  after(ms: number, due: () => void): () => void;
};

/** The time of this machine. */
export const systemClock: LogClock = {
  nowMs: () => Date.now(),
  after(ms, due) {
    if (ms <= 0) {
      const immediate = setImmediate(due);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(due, ms);
    return () => clearTimeout(timer);
  },
};

export type ManualClock = LogClock & {
  /** Lets time pass: what falls due is called in order of its moment. */
  advance(ms: number): void;
};

/** A clock that moves only when it is told to; what is due after 0 ms runs as a microtask. */
export function manualClock(startMs = 0): ManualClock {
  let now = startMs;
  const waiting = new Set<{ readonly atMs: number; readonly due: () => void }>();
  return {
    nowMs: () => now,
    after(ms, due) {
      const entry = { atMs: now + ms, due };
      waiting.add(entry);
      if (ms <= 0) queueMicrotask(() => waiting.delete(entry) && due());
      return () => waiting.delete(entry);
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = [...waiting].filter((e) => e.atMs <= until).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        waiting.delete(next);
        now = Math.max(now, next.atMs);
        next.due();
      }
      now = until;
    },
  };
}
