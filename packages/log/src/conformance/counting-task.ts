import { must } from '@smc/domain';
import type { LogReader, OutgoingRecord, TopicPartition, TxnLog, TxnProducer } from '../txn-log.ts';
import { readAll, record, request, TRANSACTION_TIMEOUT_MS } from './scene.ts';

/**
 * The smallest task with a memory that exactly-once can be judged by: it numbers the records of
 * each key, and writes each with its number, the counts as changelog and its position as a
 * checkpoint in one transaction. A record that is lost, doubled or reordered, or a memory that is
 * stale, shows as a wrong number.
 *
 * Each flaw breaks one rule of the seam, and the audit must find it.
 */
export type Flaw =
  /** Reads its state before the earlier owner is fenced. */
  | 'restores before it fences'
  /** After an error it opens the task again and goes on with the memory that it has. */
  | 'keeps its memory after an error'
  /** After an error it writes the same records again, with the same producer. */
  | 'writes again after an error'
  /** After an error it goes on with the next records. */
  | 'ignores an error'
  /** Sends a transaction before the one before it is answered. */
  | 'overlaps transactions';

export type CountingPlaces = {
  readonly input: TopicPartition;
  readonly output: TopicPartition;
  /** Compacted: a count per key, and the checkpoint. */
  readonly state: TopicPartition;
};

export type CountingOptions = {
  readonly taskId: string;
  readonly flaw?: Flaw | undefined;
  /** Called between fencing and restoring, where another owner may act. */
  readonly between?: () => Promise<void>;
};

/** The key of the checkpoint record; no input may have it. */
const CHECKPOINT = '@ckpt';
/** After so many errors without progress a task stops. */
const ATTEMPTS_MAX = 10;

export class CountingTask {
  readonly #log: TxnLog;
  readonly #places: CountingPlaces;
  readonly #options: CountingOptions;
  readonly #reader: LogReader;
  #producer: TxnProducer | undefined;
  #counts = new Map<string, number>();
  #next = 0;

  private constructor(log: TxnLog, reader: LogReader, setting: Setting) {
    this.#log = log;
    this.#reader = reader;
    this.#places = setting.places;
    this.#options = setting.options;
  }

  static async open(
    log: TxnLog,
    places: CountingPlaces,
    options: CountingOptions,
  ): Promise<CountingTask> {
    const task = new CountingTask(log, await log.openReader(), { places, options });
    await task.#build();
    return task;
  }

  /** Numbers at most `max` records in one transaction; false when the input is at its end. */
  async step(max: number): Promise<boolean> {
    const batch = await this.#nextBatch(max);
    if (batch === undefined) return false;
    if (this.#options.flaw === 'overlaps transactions') {
      const following = (await this.#nextBatch(max)) ?? [];
      await Promise.all([batch, following].map((records) => this.#owned.run(records)));
      return true;
    }
    try {
      await this.#owned.run(batch);
    } catch (error) {
      if (this.#options.flaw === 'writes again after an error') await this.#owned.run(batch);
      else throw error;
    }
    return true;
  }

  /** Goes on to the end of the input, as a supervisor would: an error throws the task away. */
  async drain(max: number): Promise<void> {
    for (let attempts = 0; attempts < ATTEMPTS_MAX;) {
      try {
        if (!(await this.step(max))) return;
        attempts = 0;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'LogFault') throw error;
        attempts++;
        await this.recover();
      }
    }
  }

  /** What an error asks for: everything thrown away and built again from the log. */
  async recover(): Promise<void> {
    const { flaw, taskId } = this.#options;
    if (flaw === 'ignores an error' || flaw === 'writes again after an error') return;
    if (flaw !== 'keeps its memory after an error') return this.#build();
    const timeouts = { transactionTimeoutMs: TRANSACTION_TIMEOUT_MS };
    this.#producer = await this.#log.openTask(taskId, timeouts);
  }

  get #owned(): TxnProducer {
    return must(this.#producer, 'an open task has a producer');
  }

  async #build(): Promise<void> {
    const { taskId, flaw, between = async () => {} } = this.#options;
    const timeouts = { transactionTimeoutMs: TRANSACTION_TIMEOUT_MS };
    if (flaw === 'restores before it fences') {
      await this.#restore();
      await between();
      this.#producer = await this.#log.openTask(taskId, timeouts);
      return;
    }
    this.#producer = await this.#log.openTask(taskId, timeouts);
    await between();
    await this.#restore();
  }

  async #restore(): Promise<void> {
    this.#counts = new Map();
    this.#next = (await this.#reader.range(this.#places.input)).start;
    for (const { key, value } of await readAll(this.#reader, this.#places.state)) {
      if (String(key) === CHECKPOINT) this.#next = Number(value);
      else this.#counts.set(String(key), Number(value));
    }
  }

  /** Changes the memory in place: whoever fails afterwards must throw the memory away. */
  async #nextBatch(max: number): Promise<readonly OutgoingRecord[] | undefined> {
    const { input, output, state } = this.#places;
    const { end } = await this.#reader.range(input);
    const taken: OutgoingRecord[] = [];
    let numbered = 0;
    while (numbered === 0 && this.#next < end) {
      const [slice] = await this.#reader.fetch([request(input, this.#next)], { maxWaitMs: 1_000 });
      for (const { key, value, offset } of slice?.records.slice(0, max) ?? []) {
        const count = (this.#counts.get(String(key)) ?? 0) + 1;
        this.#counts.set(String(key), count);
        taken.push(record(output, `${String(value)}#${count}`, String(key)));
        taken.push(record(state, `${count}`, String(key)));
        this.#next = offset + 1;
        numbered++;
      }
      if (numbered === 0) this.#next = slice?.nextOffset ?? this.#next;
    }
    return numbered === 0 ? undefined : [...taken, record(state, `${this.#next}`, CHECKPOINT)];
  }
}

type Setting = { readonly places: CountingPlaces; readonly options: CountingOptions };

/** One input: `id` is unique, the key is what is counted. */
export type Counted = { readonly key: string; readonly id: string };

export type Audit = {
  readonly missing: readonly string[];
  readonly duplicate: readonly string[];
  /** Keys whose records are not numbered 1, 2, 3 ... in the order of the input. */
  readonly broken: readonly string[];
};

export const CLEAN: Audit = { missing: [], duplicate: [], broken: [] };

/** Compares what a task wrote with its whole input. */
export async function audit(
  reader: LogReader,
  output: TopicPartition,
  inputs: readonly Counted[],
): Promise<Audit> {
  const written = new Map<string, string[]>();
  const times = new Map<string, number>();
  for (const { key, value } of await readAll(reader, output)) {
    written.set(String(key), [...(written.get(String(key)) ?? []), String(value)]);
    const id = String(value).split('#', 1).join();
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  const keys = [...new Set(inputs.map(({ key }) => key))];
  const expected = (key: string) =>
    inputs.filter((input) => input.key === key).map(({ id }, index) => `${id}#${index + 1}`);
  return {
    missing: inputs.filter(({ id }) => !times.has(id)).map(({ id }) => id),
    duplicate: [...times].filter(([, n]) => n > 1).map(([id]) => id),
    broken: keys.filter((key) => expected(key).join() !== (written.get(key) ?? []).join()),
  };
}
