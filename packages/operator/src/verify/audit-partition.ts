/**
 * The proof of one partition, from the log alone.
 *
 * Intake is walked in order beside the assignments and the dead letters that answer it; all three
 * are in the same order, because one task wrote them. Every input is DECIDED AGAIN by the same
 * function, and what stands in the log must be that, byte for byte, once: a case that is missing,
 * doubled, changed or out of order can't pass. In the end the states that deciding again gave
 * must be the states on the changelog.
 *
 * When a task took over a new demarcation is not written beside each case, but it follows from
 * what it wrote: activations are taken in order, so the walk tries the versions taken so far and,
 * if they do not give what stands in the log, one more.
 */
import {
  partitionOf,
  TOPICS,
  type AssignmentEvent,
  type ClientKey,
  type ClientState,
  type IntakeEvent,
} from '@smc/domain';
import type { Decide, Demarcation } from '@smc/decision';
import type { ClientStateRecord, Codec } from '@smc/events';
import { decodeHeaders, type LogReader, type LogRecord } from '@smc/log';
import { Activations } from './activations.ts';
import { EventTally, type Counts } from './event-tally.ts';
import type { FindingCode, Findings } from './findings.ts';
import { readOwn } from './read-own.ts';
import { readStates } from './read-states.ts';
import { RecordCursor } from './record-cursor.ts';

export type AuditTools = {
  readonly reader: LogReader;
  readonly codec: Codec;
  readonly decide: Decide;
  /** undefined: the version is not, or not wholly, on `smc.demarcations`. */
  readonly demarcation: (contentHash: string) => Promise<Demarcation | undefined>;
  readonly findings: Findings;
  /** Called with the number of input records walked over since the last call. */
  readonly progress: (records: number) => void;
};

export type PartitionAudit = Counts & {
  readonly partition: number;
  /** Input records that no router has answered yet. */
  readonly pending: number;
  /** Input records that retention has removed: they can't be checked any more. */
  readonly unchecked: number;
  readonly clients: ReadonlyMap<ClientKey, ClientStateRecord>;
};

type Cursors = {
  readonly assignments: RecordCursor;
  readonly deadLetters: RecordCursor;
  readonly activations: Activations;
};

const INTAKE_TYPES = [
  'CaseRegistered',
  'CaseClosed',
  'ClientMoved',
  'ClientStatusChanged',
  'CaseReclassified',
] as const;
const ASSIGNMENT_TYPES = [
  'CaseAssigned',
  'ClientHandedOver',
  'CaseParked',
  'CaseReleased',
] as const;
const PROGRESS_EVERY = 1000;

/** Walks one partition to the end that was committed when the walk began. */
export async function auditPartition(
  tools: AuditTools,
  partition: number,
  partitions: number,
): Promise<PartitionAudit> {
  const open = (topic: string) => RecordCursor.open(tools.reader, { topic, partition });
  // Intake is bounded first and the checkpoint read after it; what comes in later is not judged.
  const intake = await open(TOPICS.intake);
  const written = await readStates(tools.reader, tools.codec, partition);
  const answeredUpTo = written.checkpoint?.intakeNext ?? 0;
  const cursors: Cursors = {
    assignments: await open(TOPICS.assignments),
    deadLetters: await open(TOPICS.deadLetters),
    activations: await Activations.read(tools, partition, written.checkpoint),
  };
  const walk = new PartitionWalk(tools, partition, partitions);

  let pending = 0;
  let walked = 0;
  for (let record = await intake.next(); record !== undefined; record = await intake.next()) {
    if (++walked % PROGRESS_EVERY === 0) tools.progress(PROGRESS_EVERY);
    if (record.offset >= answeredUpTo) pending++;
    else await walk.check(record, cursors);
  }
  tools.progress(walked % PROGRESS_EVERY);
  await walk.checkRest(cursors, answeredUpTo);
  const unchecked = intake.start;
  if (unchecked === 0) walk.compareStates(written.states);
  return { ...walk.counts(), partition, pending, unchecked, clients: written.states };
}

class PartitionWalk {
  readonly #tools: AuditTools;
  readonly #partition: number;
  readonly #partitions: number;
  readonly #states = new Map<ClientKey, ClientState>();
  readonly #tally: EventTally;

  constructor(tools: AuditTools, partition: number, partitions: number) {
    this.#tools = tools;
    this.#partition = partition;
    this.#partitions = partitions;
    this.#tally = new EventTally(tools.findings);
  }

  counts(): Counts {
    return this.#tally.counts();
  }

  async check(record: LogRecord, cursors: Cursors): Promise<void> {
    const event = await this.#readIntake(record);
    if (event !== undefined) this.#tally.input(event);
    const found = await this.#takeEvents(cursors.assignments, record);
    const letters = await this.#takeDeadLetters(cursors.deadLetters, record);
    const accepted = event !== undefined && this.#decideAgain(event, record, found, cursors);
    if (!accepted) {
      this.#tally.refused(event);
      if (found.length > 0) this.#find('DUPLICATED', record, 'a refused record was also answered');
      if (letters === 0) this.#find('DEAD_LETTER_MISSING', record, 'a refused record has none');
    }
    if (letters > (accepted ? 0 : 1)) {
      this.#find('DEAD_LETTER_UNEXPECTED', record, `${letters} dead letters for one record`);
    }
  }

  /** What is left behind the last answered input: nothing may be. */
  async checkRest(cursors: Cursors, answeredUpTo: number): Promise<void> {
    for (const cursor of [cursors.assignments, cursors.deadLetters]) {
      for (let record = await cursor.next(); record !== undefined; record = await cursor.next()) {
        const event = await readOwn(this.#tools.codec, record, ...ASSIGNMENT_TYPES, 'DeadLetter');
        if (event.source.topic !== TOPICS.intake || event.source.offset >= answeredUpTo) continue;
        this.#find('DUPLICATED', record, `answers offset ${event.source.offset} once more`);
      }
    }
    for (const caseId of this.#tally.silent()) {
      const where = `${TOPICS.intake}-${this.#partition}`;
      this.#tools.findings.add('LOST', where, `case ${caseId} was neither assigned nor parked`);
    }
  }

  compareStates(written: ReadonlyMap<ClientKey, ClientStateRecord>): void {
    const { codec } = this.#tools;
    const where = `${TOPICS.routerState}-${this.#partition}`;
    const differs = (client: ClientKey) => {
      const [stands, expected] = [written.get(client), this.#states.get(client)];
      if (stands === undefined || expected === undefined) return true;
      return !codec.encode(stands).equals(codec.encodeState(expected));
    };
    for (const client of new Set([...written.keys(), ...this.#states.keys()])) {
      if (differs(client)) {
        this.#tools.findings.add('STATE_DIFFERS', where, `the state of client ${client}`);
      }
    }
  }

  /** Decides again and compares; false when the decision refuses the record. */
  #decideAgain(
    event: IntakeEvent,
    record: LogRecord,
    found: readonly Buffer[],
    { activations }: Cursors,
  ): boolean {
    const { decide, codec } = this.#tools;
    const source = { topic: record.topic, partition: record.partition, offset: record.offset };
    const before = this.#states.get(event.clientKey);
    let expected: number | undefined;
    for (const rulebook of activations.candidates()) {
      const decision = decide({ event, source }, before, rulebook);
      if (!decision.ok) return false;
      const { events, state } = decision.value;
      expected ??= events.length;
      if (
        !sameBytes(
          events.map((e) => codec.encode(e)),
          found,
        )
      )
        continue;
      activations.settle(rulebook);
      if (state !== undefined) this.#states.set(event.clientKey, state);
      return true;
    }
    const what = `${expected ?? 0} events expected, ${found.length} found`;
    if (found.length < (expected ?? 0)) this.#find('LOST', record, what);
    else if (found.length > (expected ?? 0)) this.#find('DUPLICATED', record, what);
    else this.#find('DIFFERENT', record, 'deciding again gives other events');
    return true;
  }

  /** The events that answer this record, as this build would write them. */
  async #takeEvents(cursor: RecordCursor, input: LogRecord): Promise<readonly Buffer[]> {
    const found: Buffer[] = [];
    for (let next = await cursor.peek(); next !== undefined; next = await cursor.peek()) {
      const event: AssignmentEvent = await readOwn(this.#tools.codec, next, ...ASSIGNMENT_TYPES);
      if (event.source.offset > input.offset) break;
      await cursor.next();
      this.#tally.event(event, whereOf(next));
      if (event.source.offset < input.offset) {
        this.#find('OUT_OF_ORDER', next, `answers offset ${event.source.offset} too late`);
      } else {
        found.push(this.#tools.codec.encode(event));
      }
    }
    return found;
  }

  async #takeDeadLetters(cursor: RecordCursor, input: LogRecord): Promise<number> {
    let letters = 0;
    for (let next = await cursor.peek(); next !== undefined; next = await cursor.peek()) {
      const { source } = await readOwn(this.#tools.codec, next, 'DeadLetter');
      if (source.topic === TOPICS.intake && source.offset > input.offset) break;
      await cursor.next();
      if (source.topic === TOPICS.intake && source.offset === input.offset) letters++;
    }
    return letters;
  }

  /** The event of an input record; undefined when it is none. */
  async #readIntake(record: LogRecord): Promise<IntakeEvent | undefined> {
    if (typeof decodeHeaders(record.headers) === 'string') return undefined;
    let decoded = this.#tools.codec.decode(record.value, INTAKE_TYPES);
    if (decoded.ok === 'unlearned') {
      await this.#tools.codec.learn(decoded.schemaId);
      decoded = this.#tools.codec.decode(record.value, INTAKE_TYPES);
    }
    if (decoded.ok !== true) return undefined;
    const event = decoded.value;
    const isMine =
      record.key?.toString('latin1') === event.clientKey &&
      partitionOf(event.clientKey, this.#partitions) === record.partition;
    return isMine ? event : undefined;
  }

  #find(code: FindingCode, record: LogRecord, what: string): void {
    this.#tools.findings.add(code, whereOf(record), what);
  }
}

const whereOf = (record: LogRecord) => `${record.topic}-${record.partition}@${record.offset}`;

const sameBytes = (a: readonly Buffer[], b: readonly Buffer[]) =>
  a.length === b.length && a.every((bytes, i) => bytes.equals(b[i] ?? Buffer.alloc(0)));
