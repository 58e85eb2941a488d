import { CHECKPOINT_KEY, must, TOPICS, type Checkpoint } from '@smc/domain';
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
 * is answered, and whether clients and offices have answered each other: what a test waits for
 * instead of sleeping.
 */
export class AnswerWatch {
  readonly #world: World;
  readonly #closing = new AbortController();
  /** The last checkpoint of each partition. */
  readonly #checkpoints: (Checkpoint | undefined)[];
  readonly #waiting = new Set<() => void>();
  readonly #followed: Promise<void>;
  #failure: unknown;

  constructor(world: World) {
    this.#world = world;
    this.#checkpoints = Array.from({ length: world.partitions }, () => undefined);
    this.#followed = this.#follow().catch((error: unknown) => {
      this.#failure = error;
      this.#wake();
    });
  }

  /** Per partition, the first offset of intake that is not answered yet. */
  get answered(): readonly number[] {
    return this.#checkpoints.map((checkpoint) => checkpoint?.intakeNext ?? 0);
  }

  /** Resolves as soon as the condition holds; rejects when it does not within the time. */
  async until(
    what: string,
    holds: (answered: readonly number[]) => boolean,
    withinMs: number,
  ): Promise<void> {
    await this.#until(what, async () => holds(this.answered), withinMs);
  }

  async #until(what: string, holds: () => Promise<boolean>, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!(await holds())) {
      if (this.#failure !== undefined) throw this.#failure;
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) {
        const stand = this.answered.join(', ');
        throw new Error(`not within ${withinMs / 1000} s: ${what}; answered up to ${stand}`);
      }
      await this.#nextChange(leftMs);
    }
  }

  /** Resolves when everything that stands on intake is answered, and all that came of it. */
  async untilAllAnswered(withinMs: number): Promise<void> {
    const reader = await this.#world.log.openReader();
    try {
      await this.#until('everything answered', () => this.#isAllAnswered(reader), withinMs);
    } finally {
      await reader.close();
    }
  }

  /** Offices are asked by what is answered, and answer by commands: looked at in this order. */
  async #isAllAnswered(reader: LogReader): Promise<boolean> {
    for (const [topic, nextOf] of [
      [TOPICS.intake, (c: Checkpoint) => c.intakeNext],
      [TOPICS.officeIntake, (c: Checkpoint) => c.officeIntakeNext],
      [TOPICS.commands, (c: Checkpoint) => c.commandsNext],
      [TOPICS.officeIntake, (c: Checkpoint) => c.officeIntakeNext],
    ] as const) {
      for (const [partition, checkpoint] of this.#checkpoints.entries()) {
        const at = { topic, partition, offset: checkpoint === undefined ? 0 : nextOf(checkpoint) };
        if (await hasRecords(reader, at)) return false;
      }
    }
    return true;
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
    const next = this.#checkpoints.map(() => 0);
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
        if (last !== undefined) this.#checkpoints[slice.partition] = this.#checkpointIn(last);
      }
      this.#wake();
    }
  }

  #checkpointIn({ value }: LogRecord): Checkpoint {
    const decoded = this.#world.codec.decode(value, ['Checkpoint']);
    return must(decoded.ok === true ? decoded.value : undefined, 'a checkpoint is read');
  }
}

/** Whether any record stands there; the end of a transaction is none. */
async function hasRecords(
  reader: LogReader,
  { topic, partition, offset }: { topic: string; partition: number; offset: number },
): Promise<boolean> {
  const { end } = await reader.range({ topic, partition });
  for (let next = offset; next < end;) {
    const request = { topic, partition, offset: next, maxBytes: FETCH_BYTES };
    for (const slice of await reader.fetch([request], { maxWaitMs: FETCH_WAIT_MS })) {
      if (slice.records.length > 0) return true;
      next = slice.nextOffset;
    }
  }
  return false;
}
