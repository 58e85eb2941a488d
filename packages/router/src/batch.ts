/**
 * One batch: the records that one transaction answers, from whichever of the task's inputs.
 *
 * What a record gives the divisions (events, or its dead letter) is written to the partition it
 * came from, so that each partition of those topics has one writer, and a client's events are in
 * the order of the client's input. What clients' tasks and offices tell each other goes to the
 * partition of whom it is for; there many tasks write, and each one's records are in its order.
 *
 * The batch is built without waiting for anything: what would need waiting (a schema that must be
 * fetched, a demarcation) ends it early, and the task waits between two transactions, not inside
 * one.
 */
import {
  OFFICE_KEY_PREFIX,
  partitionOf,
  TOPICS,
  type AssignmentEvent,
  type CommandAnswered,
  type DeadLetter,
  type OfficeEvent,
  type OfficeLoad,
  type TeamChosen,
} from '@smc/domain';
import type { Decide, Rulebook } from '@smc/decision';
import { toDeadLetter, type Codec, type Flaw } from '@smc/events';
import {
  NO_HEADERS,
  type EncodedHeaders,
  type LogRecord,
  type OutgoingRecord,
  type TopicPartition,
} from '@smc/log';
import type { AwaitingCases } from './awaiting-cases.ts';
import type { ClientStore } from './client-store.ts';
import type { OfficeStore } from './office-store.ts';
import { SchemaUnlearned } from './schema-unlearned.ts';
import type { TaskInput } from './task-input.ts';

export type BatchLimits = {
  /** Input records of one transaction: more would hold the event loop for over ten milliseconds. */
  readonly recordsMax: number;
  /** Output bytes to one topic: its record batch must stay under the topic's `max.message.bytes`. */
  readonly bytesMax: number;
};

/** Counts by two names. Not by one made of both: that would be a text made for every case. */
export type PairCounts = Map<string, Map<string, number>>;

/** What happened, for the metrics: counted while building, reported after the commit. */
export type Tally = {
  /** Records of each topic that were answered. */
  readonly records: Map<string, number>;
  /** By event and rule or code: `CaseAssigned`, `journey`; `CaseParked`, `ADDRESS_NONE`. */
  readonly outcomes: PairCounts;
  readonly deadLetters: Map<string, number>;
  /** By command and what became of it: `TeamChosen`, `taken`. */
  readonly commands: PairCounts;
  /** By office and team: `rijn`, `rijn-1`. */
  readonly choices: PairCounts;
  /** Valid records of intake that changed nothing. */
  repeats: number;
};

/** What a batch puts out as an event: all but states and positions. */
export type Emitted = AssignmentEvent | DeadLetter | OfficeEvent | TeamChosen | CommandAnswered;

/** The headers of an event that answers `input`, at the time of the transaction. */
export type HeadersOf = (event: Emitted, input: LogRecord, nowMs: number) => EncodedHeaders;

export type BatchTools = {
  readonly codec: Codec;
  /** What is wrong with a record's headers, if anything: too many, too large, damaged. */
  readonly headersFlaw: (headers: EncodedHeaders) => Flaw | undefined;
  readonly headersOf: HeadersOf;
  readonly decide: Decide;
  readonly store: ClientStore;
  readonly offices: OfficeStore;
  readonly awaiting: AwaitingCases;
  readonly partition: number;
  readonly partitions: number;
};

/** Whether a record has been answered, or keeps its place until something is there. */
export type Answered = 'answered' | 'waits';

export class Batch {
  readonly tools: BatchTools;
  readonly rulebook: Rulebook;
  readonly nowMs: number;
  readonly records: OutgoingRecord[] = [];
  readonly tally: Tally = {
    records: new Map(),
    outcomes: new Map(),
    deadLetters: new Map(),
    commands: new Map(),
    choices: new Map(),
    repeats: 0,
  };
  /** How many input records it answers. */
  taken = 0;
  /** The schema to learn before the next record can be read. */
  needsSchema: number | undefined;
  /** The offices whose counters it changed. */
  changedOffices: readonly OfficeLoad[] = [];
  readonly #limits: BatchLimits;
  /** Value bytes so far, of all topics together: no single topic can have more. */
  #bytes = 0;

  constructor(
    tools: BatchTools,
    rulebook: Rulebook,
    { limits, nowMs }: { readonly limits: BatchLimits; readonly nowMs: number },
  ) {
    this.tools = tools;
    this.rulebook = rulebook;
    this.#limits = limits;
    this.nowMs = nowMs;
  }

  /** Answers as many of the input's records as the limits allow, in order. */
  take(input: TaskInput, answer: (batch: Batch, record: LogRecord) => Answered): void {
    let taken = 0;
    let topic = '';
    for (let record = input.waiting(); record !== undefined; record = input.waiting(taken)) {
      if (this.taken >= this.#limits.recordsMax || this.#bytes >= this.#limits.bytesMax) break;
      try {
        if (answer(this, record) === 'waits') break;
      } catch (error) {
        if (!(error instanceof SchemaUnlearned)) throw error;
        this.needsSchema = error.schemaId;
        break;
      }
      topic = record.topic;
      taken++;
      this.taken++;
    }
    if (taken === 0) return;
    input.answered(taken);
    this.tally.records.set(topic, taken);
  }

  /** Tells the divisions. The key is the same bytes as the input's, which was compared before. */
  emit(input: LogRecord, event: AssignmentEvent): void {
    this.#put(input, event, { topic: TOPICS.assignments, partition: input.partition }, input.key);
    countPair(this.tally.outcomes, event.type, detailOf(event));
  }

  /** Tells or asks an office that counts its load. */
  tell(input: LogRecord, event: OfficeEvent): void {
    const key = Buffer.from(event.office, 'latin1');
    const partition = partitionOf(key, this.tools.partitions);
    this.#put(input, event, { topic: TOPICS.officeIntake, partition }, key);
  }

  /** An office's answer, to the client's own task. */
  choose(input: LogRecord, event: TeamChosen): void {
    const key = Buffer.from(event.clientKey, 'latin1');
    const partition = partitionOf(key, this.tools.partitions);
    this.#put(input, event, { topic: TOPICS.commands, partition }, key);
    countPair(this.tally.choices, event.office, event.team);
  }

  /** Says what became of a command. */
  answerCommand(input: LogRecord, event: CommandAnswered): void {
    const at = { topic: TOPICS.commandAnswers, partition: input.partition };
    this.#put(input, event, at, input.key);
    countPair(this.tally.commands, event.command, event.outcome);
  }

  /** A record that is no valid event: to the partition that it came from and under its own key. */
  refuse(input: LogRecord, flaw: Flaw): void {
    const letter = toDeadLetter(input, flaw);
    const at = { topic: TOPICS.deadLetters, partition: input.partition };
    this.#put(input, letter, at, letter.key);
    count(this.tally.deadLetters, flaw.code);
  }

  /** Counts what an office's counters will weigh in this batch, when they are first touched. */
  weighOffice(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Adds the newest state of each changed client and office, once. */
  finish(): void {
    const { store, offices } = this.tools;
    for (const [client, value] of store.takeChanged()) {
      this.putState(Buffer.from(client, 'latin1'), value);
    }
    const changed = offices.takeChanged();
    for (const { load, bytes } of changed) {
      this.putState(Buffer.from(OFFICE_KEY_PREFIX + load.office, 'latin1'), bytes);
    }
    this.changedOffices = changed.map(({ load }) => load);
  }

  /** A record of the changelog. */
  putState(key: Buffer, value: Buffer): void {
    const { partition } = this.tools;
    const { nowMs: timestampMs } = this;
    const topic = TOPICS.routerState;
    this.records.push({ topic, partition, key, value, headers: NO_HEADERS, timestampMs });
  }

  #put(
    input: LogRecord,
    event: Emitted,
    { topic, partition }: TopicPartition,
    key: Uint8Array | undefined,
  ): void {
    const { codec, headersOf } = this.tools;
    const { nowMs: timestampMs } = this;
    const value = codec.encode(event);
    const headers = headersOf(event, input, timestampMs);
    this.#bytes += value.length + headers.length;
    this.records.push({ topic, partition, key, value, headers, timestampMs });
  }
}

function detailOf(event: AssignmentEvent): string {
  if (event.type === 'CaseAssigned') return event.rule;
  if (event.type === 'CaseParked') return event.code;
  return event.type === 'ClientHandedOver' ? event.cause : '';
}

function countPair(of: PairCounts, first: string, second: string): void {
  let counts = of.get(first);
  if (counts === undefined) of.set(first, (counts = new Map()));
  count(counts, second);
}

function count(of: Map<string, number>, name: string): void {
  of.set(name, (of.get(name) ?? 0) + 1);
}
