import { expect } from 'vitest';
import { assert } from '@smc/domain';
import { NO_HEADERS } from '../headers.ts';
import { LogFault, type LogFaultCode } from '../log-fault.ts';
import type {
  LogReader,
  LogRecord,
  OutgoingRecord,
  TopicPartition,
  TxnLog,
  TxnProducer,
} from '../txn-log.ts';
import type { Powers, TopicOptions, TxnLogHarness } from './harness.ts';

/** Longer than any fault of the suite lasts, shorter than a test may take. */
export const TRANSACTION_TIMEOUT_MS = 30_000;
/** How long a fact may take to show, on a busy machine with a real broker. */
export const PATIENCE_MS = 20_000;
/** More fetches than this without an end is a reader that does not move. */
const FETCHES_MAX = 10_000;
const FETCH_BYTES = 10_000_000;

export type Scenario = (title: string, play: (scene: Scene) => Promise<void>) => void;

/** What one scenario uses: its topics, its clients, and an observer that writes nothing. */
export class Scene {
  readonly harness: TxnLogHarness;
  readonly #id: string;
  readonly #skip: (reason: string) => never;
  readonly #clients: TxnLog[] = [];
  readonly #undo: (() => void)[] = [];
  #observer: LogReader | undefined;

  constructor(
    harness: TxnLogHarness,
    options: { readonly id: string; readonly skip: (reason: string) => never },
  ) {
    this.harness = harness;
    this.#id = options.id;
    this.#skip = options.skip;
  }

  /** The power, or the end of this scenario. */
  need<K extends keyof Powers>(power: K): NonNullable<Powers[K]> {
    return this.harness.powers[power] ?? this.#skip(`this harness has no power to ${power}`);
  }

  topic(options: TopicOptions = {}): Promise<string> {
    return this.harness.createTopic(options);
  }

  async client(): Promise<TxnLog> {
    const client = await this.harness.connect();
    this.#clients.push(client);
    return client;
  }

  /** The name of a task or a group, apart from those of other scenarios. */
  name(kind: string): string {
    return `${this.#id}-${kind}`;
  }

  async open(taskId: string, client?: TxnLog): Promise<TxnProducer> {
    const log = client ?? (await this.client());
    return log.openTask(this.name(taskId), { transactionTimeoutMs: TRANSACTION_TIMEOUT_MS });
  }

  /** Leaves a transaction behind that is open: its client dies before the commit arrives. */
  async leaveOpen(taskId: string, records: readonly OutgoingRecord[]): Promise<void> {
    const [crash, holdCommit] = [this.need('crash'), this.need('holdCommit')];
    const client = await this.client();
    const task = await this.open(taskId, client);
    const hold = holdCommit(client);
    task.run(records).catch(() => undefined);
    await hold.reached;
    await crash(client);
  }

  async observer(): Promise<LogReader> {
    this.#observer ??= await (await this.client()).openReader();
    return this.#observer;
  }

  /** Everything committed and visible now. */
  async records(at: TopicPartition): Promise<readonly LogRecord[]> {
    return readAll(await this.observer(), at);
  }

  async values(at: TopicPartition): Promise<readonly string[]> {
    return textsOf(await this.records(at));
  }

  /** Waits until exactly these values are visible: a commit is durable a moment before that. */
  async sees(at: TopicPartition, values: readonly string[]): Promise<void> {
    await expect.poll(() => this.values(at), { timeout: PATIENCE_MS }).toEqual(values);
  }

  /** Undoes a fault when the scenario ends, however it ends. */
  atEnd(undo: () => void): void {
    this.#undo.push(undo);
  }

  async close(): Promise<void> {
    for (const undo of this.#undo) undo();
    await Promise.all(this.#clients.map((client) => client.close()));
  }
}

export const textsOf = (records: readonly LogRecord[]): readonly string[] =>
  records.map((record) => String(record.value));

/** Reads from the first offset to the end that the leader names. */
export async function readAll(
  reader: LogReader,
  at: TopicPartition,
): Promise<readonly LogRecord[]> {
  const { start, end } = await reader.range(at);
  const records: LogRecord[] = [];
  let offset = start;
  for (let fetches = 0; offset < end; fetches++) {
    assert(fetches < FETCHES_MAX, `a reader is stuck at ${offset}, before ${end}`);
    const [slice] = await reader.fetch([request(at, offset)], { maxWaitMs: 1_000 });
    if (slice === undefined) continue;
    records.push(...slice.records.filter((record) => record.offset < end));
    offset = slice.nextOffset;
  }
  return records;
}

export const request = (at: TopicPartition, offset: number, maxBytes = FETCH_BYTES) => {
  return { topic: at.topic, partition: at.partition, offset, maxBytes };
};

export const at = (topic: string, partition = 0): TopicPartition => ({ topic, partition });

export function record(to: TopicPartition, value: string, key = value): OutgoingRecord {
  const bytes = { key: Buffer.from(key), value: Buffer.from(value) };
  return { topic: to.topic, partition: to.partition, ...bytes, headers: NO_HEADERS };
}

/** The code with which it fails, or NONE; an error that is no LogFault is thrown on. */
export async function codeOf(work: Promise<unknown>): Promise<LogFaultCode | 'NONE'> {
  try {
    await work;
    return 'NONE';
  } catch (error) {
    if (error instanceof LogFault) return error.code;
    throw error;
  }
}
