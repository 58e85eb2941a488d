import type { Codec } from '@smc/events';
import { isRetriable } from '@smc/runtime';
import { SchemaUnlearned } from './schema-unlearned.ts';

export type LessonDeps = {
  readonly codec: Codec;
  /** Waits a little longer at each call in a row; ends early when `signal` aborts. */
  readonly pause: (attempt: number, signal: AbortSignal) => Promise<void>;
  readonly onAway: (schemaId: number, error: unknown) => void;
  readonly onBack: () => void;
};

/** Pauses stop growing here, at about three seconds: cases wait for the registry's return. */
const ATTEMPT_MAX = 6;

/**
 * What a task asks the registry, between two transactions: it asks until it is answered, so an
 * outage pauses the task and never makes a good case a dead letter.
 */
export class SchemaLessons {
  readonly #deps: LessonDeps;

  constructor(deps: LessonDeps) {
    this.#deps = deps;
  }

  /** Reads, and learns first what reading needs. */
  async read<T>(read: () => T, signal: AbortSignal): Promise<T> {
    for (;;) {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof SchemaUnlearned)) throw error;
        await this.learn(error.schemaId, signal);
      }
    }
  }

  /** That the registry does not know the schema is an answer too. */
  async learn(schemaId: number, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      try {
        await this.#deps.codec.learn(schemaId);
        if (attempt > 0) this.#deps.onBack();
        return;
      } catch (error) {
        if (!isRetriable(error)) throw error;
        this.#deps.onAway(schemaId, error);
        await this.#deps.pause(Math.min(attempt, ATTEMPT_MAX), signal);
      }
    }
  }
}
