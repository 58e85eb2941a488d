import { LogFault } from '../log-fault.ts';
import type {
  FetchRequest,
  FetchSlice,
  LogReader,
  OffsetRange,
  TopicPartition,
} from '../txn-log.ts';
import type { Caller, FaultPlan, Operation } from './fault-plan.ts';
import type { LogClock } from './log-clock.ts';
import type { Topics } from './topics.ts';

/**
 * How many fetches follow one another as microtasks before the event loop gets its turn: a reader
 * with a backlog must not keep timers and sockets waiting.
 */
const FETCHES_PER_TURN = 64;

type FetchOptions = { readonly maxWaitMs: number; readonly signal?: AbortSignal };

export type ReaderParts = {
  readonly topics: Topics;
  readonly faults: FaultPlan;
  readonly clock: LogClock;
  readonly caller: Caller;
  readonly onClose: (reader: MemoryReader) => void;
};

/** Reads the partitions of a memory broker; a fetch that finds nothing waits for progress. */
export class MemoryReader implements LogReader {
  readonly #parts: ReaderParts;
  readonly #interrupts = new Set<() => void>();
  #fetches = 0;
  #closed = false;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  async range(of: TopicPartition): Promise<OffsetRange> {
    await this.#pass('range');
    const log = this.#parts.topics.at(of);
    return { start: log.start, end: log.stableEnd };
  }

  async offsetAt(of: TopicPartition, timestampMs: number): Promise<number> {
    await this.#pass('offset-at');
    return this.#parts.topics.at(of).offsetAt(timestampMs);
  }

  async fetch(
    requests: readonly FetchRequest[],
    options: FetchOptions,
  ): Promise<readonly FetchSlice[]> {
    const { clock } = this.#parts;
    if (++this.#fetches % FETCHES_PER_TURN === 0) {
      await new Promise<void>((turn) => clock.after(0, turn));
    }
    await this.#pass('fetch');
    this.#refuseUnreachable();
    const slices = this.#collect(requests);
    const over = options.maxWaitMs <= 0 || options.signal?.aborted === true;
    if (slices.length > 0 || over) return slices;
    await this.#progress(requests, options);
    await this.#pass('fetch');
    return this.#collect(requests);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const interrupt of this.#interrupts) interrupt();
    this.#parts.onClose(this);
  }

  async #pass(operation: Operation): Promise<void> {
    this.#refuseUnreachable();
    const { faults, caller } = this.#parts;
    if (!faults.quiet) await faults.pass(operation, 'before', caller);
  }

  #refuseUnreachable(): void {
    if (this.#closed) throw new LogFault('CLOSED', 'the reader is closed');
    this.#parts.faults.refuseWhenOut(this.#parts.caller);
  }

  #collect(requests: readonly FetchRequest[]): readonly FetchSlice[] {
    const slices: FetchSlice[] = [];
    for (const request of requests) {
      const slice = this.#parts.topics.at(request).read(request.offset, request.maxBytes);
      if (slice !== undefined) slices.push(slice);
    }
    return slices;
  }

  /** Resolves on progress, when time is up, on the signal, at an outage and at `close`. */
  async #progress(requests: readonly FetchRequest[], options: FetchOptions): Promise<void> {
    const { topics, clock, faults } = this.#parts;
    const wanted = requests.map((request) => ({ log: topics.at(request), from: request.offset }));
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = () => resolve();
    const onProgress = () => {
      if (wanted.some(({ log, from }) => from < log.stableEnd)) end();
    };
    const undo = wanted.map(({ log }) => log.onProgress(onProgress));
    undo.push(clock.after(options.maxWaitMs, end), faults.onOutage(end));
    this.#interrupts.add(end);
    options.signal?.addEventListener('abort', end);
    await promise;
    for (const step of undo) step();
    this.#interrupts.delete(end);
    options.signal?.removeEventListener('abort', end);
  }
}
