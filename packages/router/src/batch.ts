/**
 * One batch: the intake records that one transaction answers.
 *
 * Everything a record gives (events, or its dead letter) is written to the partition it came
 * from, so that each partition of each output topic has one writer, and a client's events are in
 * the order of the client's input. The batch is built without waiting for anything: what would
 * need waiting (a schema that must be fetched) ends it early, and the caller waits between two
 * transactions, not inside one.
 */
import {
  partitionOf,
  TOPICS,
  type AssignmentEvent,
  type DeadLetter,
  type IntakeEvent,
} from '@smc/domain';
import type { Decide, Rulebook } from '@smc/decision';
import { toDeadLetter, type Codec, type Flaw } from '@smc/events';
import { NO_HEADERS, type EncodedHeaders, type LogRecord, type OutgoingRecord } from '@smc/log';
import type { ClientStore } from './client-store.ts';
import { SchemaUnlearned } from './schema-unlearned.ts';

export type BatchLimits = {
  /** Input records of one transaction: more would hold the event loop for over ten milliseconds. */
  readonly recordsMax: number;
  /** Output bytes to one topic: its record batch must stay under the topic's `max.message.bytes`. */
  readonly bytesMax: number;
};

export type Batch = {
  readonly records: OutgoingRecord[];
  /** How many input records it answers. */
  readonly taken: number;
  /** The schema to learn before the next record can be read. */
  readonly needsSchema: number | undefined;
  readonly tally: Tally;
};

/** What happened, for the metrics: counted while building, reported after the commit. */
export type Tally = {
  /** By event and rule or code: `CaseAssigned/journey`, `CaseParked/ADDRESS_NONE`. */
  readonly outcomes: Map<string, number>;
  readonly deadLetters: Map<string, number>;
  /** Valid records that changed nothing. */
  repeats: number;
};

/** The headers of an event that answers `input`, at the time of the transaction. */
export type HeadersOf = (
  event: AssignmentEvent | DeadLetter,
  input: LogRecord,
  nowMs: number,
) => EncodedHeaders;

export type BatchTools = {
  readonly codec: Codec;
  /** What is wrong with a record's headers, if anything: too many, too large, damaged. */
  readonly headersFlaw: (headers: EncodedHeaders) => Flaw | undefined;
  readonly headersOf: HeadersOf;
  readonly decide: Decide;
  readonly store: ClientStore;
  readonly partition: number;
  readonly partitions: number;
};

const INTAKE_TYPES = [
  'CaseRegistered',
  'CaseClosed',
  'ClientMoved',
  'ClientStatusChanged',
  'CaseReclassified',
] as const;

/** Answers as many of the records, beginning at `from`, as the limits allow. */
export function buildBatch(
  tools: BatchTools,
  rulebook: Rulebook,
  input: {
    readonly records: readonly LogRecord[];
    readonly from: number;
    readonly limits: BatchLimits;
    readonly nowMs: number;
  },
): Batch {
  const builder = new BatchBuilder(tools, rulebook, input.nowMs);
  const last = Math.min(input.records.length, input.from + input.limits.recordsMax);
  let taken = 0;
  let needsSchema: number | undefined;
  for (let i = input.from; i < last && builder.bytes < input.limits.bytesMax; i++) {
    const record = input.records[i];
    if (record === undefined) break;
    try {
      builder.answer(record);
    } catch (error) {
      if (!(error instanceof SchemaUnlearned)) throw error;
      needsSchema = error.schemaId;
      break;
    }
    taken++;
  }
  return { records: builder.finish(), taken, needsSchema, tally: builder.tally };
}

/** The dead letter of a record, to the partition that it came from and under its own key. */
export function deadLetterFor(
  tools: Pick<BatchTools, 'codec' | 'headersOf'>,
  record: LogRecord,
  flaw: Flaw,
  nowMs: number,
): OutgoingRecord {
  const letter = toDeadLetter(record, flaw);
  return {
    topic: TOPICS.deadLetters,
    partition: record.partition,
    key: letter.key,
    value: tools.codec.encode(letter),
    headers: tools.headersOf(letter, record, nowMs),
    timestampMs: nowMs,
  };
}

class BatchBuilder {
  readonly #tools: BatchTools;
  readonly #rulebook: Rulebook;
  readonly #nowMs: number;
  readonly #records: OutgoingRecord[] = [];
  readonly tally: Tally = { outcomes: new Map(), deadLetters: new Map(), repeats: 0 };
  /** Value bytes so far, of all topics together: no single topic can have more. */
  bytes = 0;

  constructor(tools: BatchTools, rulebook: Rulebook, nowMs: number) {
    this.#tools = tools;
    this.#rulebook = rulebook;
    this.#nowMs = nowMs;
  }

  answer(record: LogRecord): void {
    const { codec, decide, store } = this.#tools;
    const decoded = codec.decode(record.value, INTAKE_TYPES);
    if (decoded.ok === 'unlearned') throw new SchemaUnlearned(decoded.schemaId);
    if (decoded.ok === false) return this.#refuse(record, decoded.refusal);
    const event = decoded.value;
    const flaw = this.#tools.headersFlaw(record.headers) ?? this.#misplaced(record, event);
    if (flaw !== undefined) return this.#refuse(record, flaw);

    const before = store.get(event.clientKey);
    const { topic, partition, offset } = record;
    const decision = decide(
      { event, source: { topic, partition, offset } },
      before,
      this.#rulebook,
    );
    if (!decision.ok) return this.#refuse(record, decision.refusal);
    const { events, state } = decision.value;
    if (state === before) this.tally.repeats++;
    else if (state !== undefined) store.set(event.clientKey, state);
    for (const answer of events) this.#emit(record, answer);
  }

  /** The records of the batch, with each changed client's newest state once. */
  finish(): OutgoingRecord[] {
    for (const [client, value] of this.#tools.store.takeChanged()) {
      this.#records.push({
        topic: TOPICS.routerState,
        partition: this.#tools.partition,
        key: Buffer.from(client, 'latin1'),
        value,
        headers: NO_HEADERS,
        timestampMs: this.#nowMs,
      });
    }
    return this.#records;
  }

  #emit(record: LogRecord, event: AssignmentEvent): void {
    const value = this.#tools.codec.encode(event);
    const headers = this.#tools.headersOf(event, record, this.#nowMs);
    this.bytes += value.length + headers.length;
    this.#records.push({
      topic: TOPICS.assignments,
      partition: record.partition,
      // The same bytes as the input's key, which was compared before.
      key: record.key,
      value,
      headers,
      timestampMs: this.#nowMs,
    });
    count(this.tally.outcomes, `${event.type}${detailOf(event)}`);
  }

  #refuse(record: LogRecord, flaw: Flaw): void {
    const letter = deadLetterFor(this.#tools, record, flaw, this.#nowMs);
    this.bytes += letter.value?.length ?? 0;
    this.#records.push(letter);
    count(this.tally.deadLetters, flaw.code);
  }

  /**
   * A client's records must all come to one partition under the client's key: otherwise two tasks
   * would each give the client a team.
   */
  #misplaced(record: LogRecord, event: IntakeEvent): Flaw | undefined {
    if (record.key?.toString('latin1') !== event.clientKey) {
      return { code: 'KEY_MISMATCH', reason: "the record's key is not the event's clientKey" };
    }
    const partition = partitionOf(event.clientKey, this.#tools.partitions);
    if (partition === record.partition) return undefined;
    return { code: 'KEY_MISMATCH', reason: `the key belongs to partition ${partition}` };
  }
}

function detailOf(event: AssignmentEvent): string {
  if (event.type === 'CaseAssigned') return `/${event.rule}`;
  if (event.type === 'CaseParked') return `/${event.code}`;
  return event.type === 'ClientHandedOver' ? `/${event.cause}` : '';
}

function count(of: Map<string, number>, name: string): void {
  of.set(name, (of.get(name) ?? 0) + 1);
}
