import { TOPICS, type AssignmentEvent } from '@smc/domain';
import type { Codec } from '@smc/events';
import type { LogReader, TxnLog } from '@smc/log';
import { readOwn } from '../verify/read-own.ts';
import { StoryPicker } from './stories.ts';

const TYPES = ['CaseAssigned', 'ClientHandedOver', 'CaseParked', 'CaseReleased'] as const;
const FETCH = { maxBytes: 1024 * 1024, maxWaitMs: 200 };

/**
 * Reads the assignments as a division does, committed events only, and notes when each arrives:
 * the latency it gives is from intake having the case to a reader having the answer.
 */
export class AssignmentWatch {
  readonly #reader: LogReader;
  readonly #codec: Codec;
  readonly #stopping = new AbortController();
  readonly #offsets = new Map<number, number>();
  readonly #running: Promise<void>;
  readonly #latencies: number[] = [];
  readonly #stories = new StoryPicker();
  answered = 0;

  private constructor(reader: LogReader, codec: Codec, offsets: ReadonlyMap<number, number>) {
    this.#reader = reader;
    this.#codec = codec;
    this.#offsets = new Map(offsets);
    // The log may be closed before the watch is: then it has seen what there was to see.
    this.#running = this.#follow().catch(() => undefined);
  }

  static async start(log: TxnLog, codec: Codec): Promise<AssignmentWatch> {
    const reader = await log.openReader();
    const partitions = (await log.partitionCounts([TOPICS.assignments])).get(TOPICS.assignments);
    const offsets = new Map<number, number>();
    for (let partition = 0; partition < (partitions ?? 0); partition++) {
      offsets.set(partition, (await reader.range({ topic: TOPICS.assignments, partition })).end);
    }
    return new AssignmentWatch(reader, codec, offsets);
  }

  /** In milliseconds: so many of a hundred were answered within it. */
  percentile(percent: number): number {
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
  }

  /** One case of each kind of decision that was seen. */
  get stories(): StoryPicker['told'] {
    return this.#stories.told;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#reader.close();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    const { maxBytes, maxWaitMs } = FETCH;
    while (!signal.aborted) {
      const requests = [...this.#offsets].map(([partition, offset]) => ({
        topic: TOPICS.assignments,
        partition,
        offset,
        maxBytes,
      }));
      for (const slice of await this.#reader.fetch(requests, { maxWaitMs, signal })) {
        for (const record of slice.records)
          this.#take(await readOwn(this.#codec, record, ...TYPES));
        this.#offsets.set(slice.partition, slice.nextOffset);
      }
    }
  }

  #take(event: AssignmentEvent): void {
    this.#stories.take(event);
    if (event.type !== 'CaseAssigned' && event.type !== 'CaseParked') return;
    this.answered++;
    this.#latencies.push(Date.now() - event.receivedAtMs);
  }
}
