import { CHECKPOINT_KEY, must, TOPICS } from '@smc/domain';
import type { Codec } from '@smc/events';
import type { LogReader, LogRecord, TxnLog } from '@smc/log';
import { delay, isRetriable } from '@smc/runtime';

type World = {
  readonly log: TxnLog;
  readonly codec: Codec;
  readonly partitions: number;
};

const FETCH_BYTES = 1024 * 1024;
const FETCH_WAIT_MS = 500;
const RETRY_MS = 100;

/**
 * Follows the checkpoints that router tasks commit, and so knows how far each partition of intake
 * is answered: what a test waits for instead of sleeping.
 */
export class AnswerWatch {
  readonly #world: World;
  readonly #closing = new AbortController();
  readonly #answered: number[];
  readonly #waiting = new Set<() => void>();
  readonly #followed: Promise<void>;
  #failure: unknown;

  constructor(world: World) {
    this.#world = world;
    this.#answered = Array.from({ length: world.partitions }, () => 0);
    this.#followed = this.#follow().catch((error: unknown) => {
      this.#failure = error;
      this.#wake();
    });
  }

  /** Per partition, the first offset of intake that is not answered yet. */
  get answered(): readonly number[] {
    return this.#answered;
  }

  /** Resolves as soon as the condition holds; rejects when it does not within the time. */
  async until(
    what: string,
    holds: (answered: readonly number[]) => boolean,
    withinMs: number,
  ): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!holds(this.#answered)) {
      if (this.#failure !== undefined) throw this.#failure;
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) {
        const stand = this.#answered.join(', ');
        throw new Error(`not within ${withinMs / 1000} s: ${what}; answered up to ${stand}`);
      }
      await this.#nextChange(leftMs);
    }
  }

  /** Resolves when everything that stands on intake now is answered. */
  async untilAllAnswered(withinMs: number): Promise<void> {
    const reader = await this.#world.log.openReader();
    const ends: number[] = [];
    try {
      for (let partition = 0; partition < this.#world.partitions; partition++) {
        ends.push((await reader.range({ topic: TOPICS.intake, partition })).end);
      }
    } finally {
      await reader.close();
    }
    const all = (answered: readonly number[]) => ends.every((end, p) => (answered[p] ?? 0) >= end);
    await this.until(`intake answered up to ${ends.join(', ')}`, all, withinMs);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#followed;
  }

  async #nextChange(withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, withinMs);
    this.#waiting.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    const next = this.#answered.map(() => 0);
    while (!signal.aborted) {
      let reader: LogReader | undefined;
      try {
        reader = await this.#world.log.openReader();
        await this.#read(reader, next);
      } catch (error) {
        if (signal.aborted) return;
        if (!isRetriable(error)) throw error;
        await delay(RETRY_MS, signal);
      } finally {
        await reader?.close();
      }
    }
  }

  async #read(reader: LogReader, next: number[]): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const requests = next.map((offset, partition) => {
        return { topic: TOPICS.routerState, partition, offset, maxBytes: FETCH_BYTES };
      });
      for (const slice of await reader.fetch(requests, { maxWaitMs: FETCH_WAIT_MS, signal })) {
        next[slice.partition] = slice.nextOffset;
        const last = slice.records.findLast(({ key }) => key?.toString() === CHECKPOINT_KEY);
        if (last !== undefined) this.#answered[slice.partition] = this.#intakeNextOf(last);
      }
      this.#wake();
    }
  }

  #intakeNextOf({ value }: LogRecord): number {
    const decoded = this.#world.codec.decode(value, ['Checkpoint']);
    return must(decoded.ok === true ? decoded.value : undefined, 'a checkpoint is read').intakeNext;
  }
}
