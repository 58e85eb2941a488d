import type { LogReader, LogRecord, TopicPartition } from '@smc/log';

const FETCH_BYTES = 1024 * 1024;
const FETCH_WAIT_MS = 500;
/** How often in a row a fetch may bring nothing before the committed end is reached. */
const EMPTY_FETCHES_MAX = 120;

/**
 * Walks over every committed record of a partition, from its first to the end that was committed
 * when the walk began, with one record of look-ahead. It reads on until that end is really
 * reached: a reader that stops at an empty fetch would report a loss that is none.
 */
export class RecordCursor {
  readonly #reader: LogReader;
  readonly #of: TopicPartition;
  readonly start: number;
  readonly end: number;
  #offset: number;
  #buffered: readonly LogRecord[] = [];
  #at = 0;

  private constructor(
    reader: LogReader,
    of: TopicPartition,
    range: { start: number; end: number },
  ) {
    this.#reader = reader;
    this.#of = of;
    this.start = range.start;
    this.end = range.end;
    this.#offset = range.start;
  }

  static async open(reader: LogReader, of: TopicPartition): Promise<RecordCursor> {
    return new RecordCursor(reader, of, await reader.range(of));
  }

  /** The next record without taking it; undefined at the end. */
  async peek(): Promise<LogRecord | undefined> {
    for (let empty = 0; this.#at >= this.#buffered.length; empty++) {
      if (this.#offset >= this.end) return undefined;
      if (empty > EMPTY_FETCHES_MAX) {
        const { topic, partition } = this.#of;
        throw new Error(`${topic}-${partition} can't be read past ${this.#offset} of ${this.end}`);
      }
      await this.#fill();
    }
    const record = this.#buffered[this.#at];
    return record !== undefined && record.offset < this.end ? record : undefined;
  }

  /** The next record; undefined at the end. */
  async next(): Promise<LogRecord | undefined> {
    const record = await this.peek();
    this.#at++;
    return record;
  }

  async #fill(): Promise<void> {
    const request = { ...this.#of, offset: this.#offset, maxBytes: FETCH_BYTES };
    for (const slice of await this.#reader.fetch([request], { maxWaitMs: FETCH_WAIT_MS })) {
      this.#buffered = slice.records;
      this.#at = 0;
      this.#offset = slice.nextOffset;
    }
  }
}
