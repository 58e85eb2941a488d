import {
  LogFault,
  type FetchRequest,
  type FetchSlice,
  type LogReader,
  type LogRecord,
} from '@smc/log';

const FETCH_BYTES = 512 * 1024;

/**
 * One of the topics that a task reads, in its own partition: where it stands, and what has arrived
 * and is not answered yet.
 */
export class TaskInput {
  readonly topic: string;
  readonly #partition: number;
  #next = 0;
  #arrived: readonly LogRecord[] = [];
  #taken = 0;
  /** Where the log goes on behind what has arrived. */
  #behind = 0;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.#partition = partition;
  }

  /** The position up to which everything is answered. */
  get next(): number {
    return this.#next;
  }

  /** Goes to the position, or to the first record where there is none. */
  async startAt(position: number | undefined, reader: LogReader): Promise<void> {
    const at = { topic: this.topic, partition: this.#partition };
    const { start } = await reader.range(at);
    this.#next = position ?? start;
    if (this.#next >= start) return;
    // Retention has removed what was never answered: a person must know, no code can help.
    throw new LogFault(
      'OFFSET_OUT_OF_RANGE',
      `${at.topic}-${at.partition}: the task stands at ${this.#next}, but the log begins at ${start}`,
    );
  }

  /** What to fetch; undefined while something that has arrived is not answered. */
  request(): FetchRequest | undefined {
    if (this.waiting() !== undefined) return undefined;
    const at = { topic: this.topic, partition: this.#partition };
    return { ...at, offset: this.#next, maxBytes: FETCH_BYTES };
  }

  arrived({ records, nextOffset }: FetchSlice): void {
    this.#arrived = records;
    this.#taken = 0;
    this.#behind = nextOffset;
    if (records.length === 0) this.#next = nextOffset;
  }

  /** The record that is `ahead` places behind the first that is not answered. */
  waiting(ahead = 0): LogRecord | undefined {
    return this.#arrived[this.#taken + ahead];
  }

  /** The next so many records are answered. */
  answered(count: number): void {
    if (count === 0) return;
    this.#taken += count;
    this.#next = this.waiting()?.offset ?? this.#behind;
  }
}
