import {
  partitionOf,
  TOPICS,
  type AssignmentEvent,
  type ClientKey,
  type ClientState,
  type CommandAnswered,
  type DemarcationActivated,
  type IntakeEvent,
  type TeamChosen,
} from '@smc/domain';
import {
  stockChanges,
  type ClientInput,
  type Decide,
  type Decision,
  type Demarcation,
} from '@smc/decision';
import { decodeHeaders, type LogReader, type LogRecord } from '@smc/log';
import { stockEvents } from '@smc/router';
import type { TakenCommand } from './command-queue.ts';
import { EventTally, type Counts } from './event-tally.ts';
import type { FindingCode, Findings } from './findings.ts';
import type { LetterCursor } from './letter-cursor.ts';
import { OfficeTalk, type TalkTools } from './office-talk.ts';
import { readOwn } from './read-own.ts';
import type { RecordCursor } from './record-cursor.ts';
import type { Recount } from './recount.ts';
import { Rulebooks } from './rulebooks.ts';
import { isAnswered, type Snapshot } from './snapshot.ts';

export type ClientTools = TalkTools & {
  readonly reader: LogReader;
  readonly decide: Decide;
  /** undefined: the version is not, or not wholly, on `smc.demarcations`. */
  readonly demarcation: (contentHash: string) => Promise<Demarcation | undefined>;
  readonly findings: Findings;
  /** Called with the number of input records walked over since the last call. */
  readonly progress: (records: number) => void;
  /** Of the partition that is walked. */
  readonly snapshot: Snapshot;
  readonly recount: Recount;
};

/** What the task wrote into its own partition. */
type Written = {
  readonly assignments: RecordCursor;
  readonly intakeLetters: LetterCursor;
  readonly commandLetters: LetterCursor;
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

/** Decides a partition's inputs again, one after the other, and compares what came of each. */
export class ClientWalk {
  readonly #tools: ClientTools;
  readonly #partition: number;
  readonly #written: Written;
  readonly #rulebooks: Rulebooks;
  readonly #tally: EventTally;
  readonly #talk: OfficeTalk;
  readonly #states = new Map<ClientKey, ClientState>();
  /** Up to where the walk has come, by topic. */
  readonly #walked = new Map<string, number>();
  #awaiting = 0;

  constructor(tools: ClientTools, partition: number, written: Written) {
    this.#tools = tools;
    this.#partition = partition;
    this.#written = written;
    this.#rulebooks = new Rulebooks(tools);
    this.#tally = new EventTally(tools.findings);
    this.#talk = new OfficeTalk(tools, partition);
  }

  counts(): Counts & { readonly awaiting: number } {
    return { ...this.#tally.counts(), awaiting: this.#awaiting };
  }

  async checkIntake(record: LogRecord): Promise<void> {
    const event = await this.#readIntake(record);
    if (event !== undefined) this.#tally.input(event);
    const found = await this.#takeEvents(record);
    const decision = event && this.#decideAgain(event, record, found);
    if (decision === undefined) {
      this.#tally.refused(event);
      if (found.length > 0) this.#find('DUPLICATED', record, 'a refused record was also answered');
    }
    await this.#written.intakeLetters.check(record, decision === undefined);
  }

  async checkCommand({ record, command, answer }: TakenCommand): Promise<void> {
    const found = await this.#takeEvents(record);
    await this.#written.commandLetters.check(record, command === undefined);
    if (command?.type === 'TeamChosen') this.#checkChoice(command, { record, answer, found });
    else if (found.length > 0) this.#find('DUPLICATED', record, 'events that no client asked for');
    if (command?.type === 'DemarcationActivated') await this.#activate(command, record, answer);
  }

  /** A command that no router has taken yet; whether one will without anything else happening. */
  meetPending({ command }: TakenCommand): boolean {
    if (command?.type === 'TeamChosen') this.#talk.meet(command);
    return command?.type !== 'DemarcationActivated';
  }

  /** What is left behind the last answered inputs: nothing may be. */
  async checkRest(answeredUpTo: {
    readonly intake: number;
    readonly commands: number;
  }): Promise<void> {
    const { assignments, intakeLetters, commandLetters } = this.#written;
    await intakeLetters.checkRest(answeredUpTo.intake);
    await commandLetters.checkRest(answeredUpTo.commands);
    for (let next = await assignments.next(); next; next = await assignments.next()) {
      const { source } = await readOwn(this.#tools.codec, next, ...ASSIGNMENT_TYPES);
      if (!isAnswered(this.#tools.snapshots, source)) continue;
      this.#find('DUPLICATED', next, `answers ${source.topic} at ${source.offset} once more`);
    }
    const { cases, forgotten } = this.#talk.waiting(this.#states);
    this.#awaiting = cases.size;
    const where = `${TOPICS.intake}-${this.#partition}`;
    const lost = (what: string) => this.#tools.findings.add('LOST', where, what);
    for (const client of forgotten) lost(`client ${client} waits for an office that was not asked`);
    for (const caseId of this.#tally.silent()) {
      if (!cases.has(caseId)) lost(`case ${caseId} was neither assigned nor parked`);
    }
  }

  /** The clients on the changelog must be those that deciding again gave; offices count them. */
  compareStates(): void {
    const { codec, recount, snapshot } = this.#tools;
    const written = snapshot.states;
    const { latest } = this.#rulebooks;
    for (const state of written.values()) recount.client(state, (office) => latest.counts(office));
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

  #checkChoice(
    command: TeamChosen,
    of: {
      readonly record: LogRecord;
      readonly answer: CommandAnswered | undefined;
      readonly found: readonly Buffer[];
    },
  ): void {
    const { record, answer, found } = of;
    this.#talk.meet(command);
    if (answer === undefined) return this.#find('LOST', record, 'the command has no answer');
    const isRead = typeof decodeHeaders(record.headers) !== 'string';
    const isMine = isRead && this.#isPlaced(record, command.clientKey);
    const decision = isMine ? this.#decideAgain(command, record, found) : undefined;
    if (decision === undefined) {
      if (found.length > 0) this.#find('DUPLICATED', record, 'a refused command was carried out');
      return this.#compareAnswer(record, answer, { outcome: 'refused', reason: answer.reason });
    }
    this.#talk.taken(command);
    this.#tools.recount.taken(command);
    const { skipped } = decision;
    const outcome = skipped === undefined ? 'taken' : 'skipped';
    this.#compareAnswer(record, answer, { outcome, reason: skipped ?? '' });
  }

  async #activate(
    command: DemarcationActivated,
    record: LogRecord,
    answer: CommandAnswered | undefined,
  ): Promise<void> {
    const where = whereOf(record);
    // A router that wrote no answers knew of no offices that count.
    if (answer === undefined) return this.#rulebooks.allow(command, where);
    const before = this.#rulebooks.latest.counted;
    await this.#rulebooks.take(command, where);
    const after = this.#rulebooks.latest.counted;
    const stock = stockChanges(this.#states.values(), { before, after });
    const { topic, partition, offset } = record;
    for (const event of stockEvents(stock, { topic, partition, offset })) this.#talk.foresee(event);
    this.#compareAnswer(record, answer, { outcome: 'taken', reason: '' });
  }

  #compareAnswer(
    record: LogRecord,
    answer: CommandAnswered,
    became: Pick<CommandAnswered, 'outcome' | 'reason'>,
  ): void {
    if (answer.outcome === became.outcome && answer.reason === became.reason) return;
    this.#find('DIFFERENT', record, `answered ${answer.outcome}, expected ${became.outcome}`);
  }

  /** Decides again, compares, and goes on from there; undefined when the record is refused. */
  #decideAgain(
    event: ClientInput,
    record: LogRecord,
    found: readonly Buffer[],
  ): Decision | undefined {
    const { decide, codec } = this.#tools;
    const { topic, partition, offset } = record;
    const input = { event, source: { topic, partition, offset } };
    const before = this.#states.get(event.clientKey);
    let first: Decision | undefined;
    for (const rulebook of this.#rulebooks.candidates) {
      const decision = decide(input, before, rulebook);
      if (!decision.ok) return undefined;
      first ??= decision.value;
      const expected = decision.value.events.map((e) => codec.encode(e));
      if (!sameBytes(expected, found)) continue;
      this.#rulebooks.settle(rulebook);
      return this.#goOnFrom(event, decision.value);
    }
    if (first === undefined) return undefined;
    this.#notAsFound(record, first.events, found);
    return this.#goOnFrom(event, first);
  }

  #notAsFound(
    record: LogRecord,
    expected: readonly AssignmentEvent[],
    found: readonly Buffer[],
  ): void {
    const what = `${expected.length} events expected, ${found.length} found`;
    if (found.length < expected.length) this.#find('LOST', record, what);
    else if (found.length > expected.length) this.#find('DUPLICATED', record, what);
    else this.#find('DIFFERENT', record, 'deciding again gives other events');
  }

  #goOnFrom({ clientKey }: ClientInput, decision: Decision): Decision {
    if (decision.state !== undefined) this.#states.set(clientKey, decision.state);
    for (const event of decision.toOffices) this.#talk.foresee(event);
    return decision;
  }

  /** The events that answer this record, as this build would write them. */
  async #takeEvents(input: LogRecord): Promise<readonly Buffer[]> {
    const { assignments } = this.#written;
    const found: Buffer[] = [];
    for (let next = await assignments.peek(); next; next = await assignments.peek()) {
      const event = await readOwn(this.#tools.codec, next, ...ASSIGNMENT_TYPES);
      const { topic, offset } = event.source;
      const isMine = topic === input.topic && offset === input.offset;
      const walked = topic === input.topic ? input.offset : (this.#walked.get(topic) ?? 0);
      if (!isMine && offset >= walked) break;
      await assignments.next();
      this.#tally.event(event, whereOf(next));
      if (isMine) found.push(this.#tools.codec.encode(event));
      else this.#find('OUT_OF_ORDER', next, `answers ${topic} at ${offset} too late`);
    }
    this.#walked.set(input.topic, input.offset + 1);
    return found;
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
    return this.#isPlaced(record, decoded.value.clientKey) ? decoded.value : undefined;
  }

  /** Whether the record stands under the client's key, in the client's partition. */
  #isPlaced(record: LogRecord, clientKey: ClientKey): boolean {
    return (
      record.key?.toString('latin1') === clientKey &&
      partitionOf(clientKey, this.#tools.snapshots.length) === record.partition
    );
  }

  #find(code: FindingCode, record: LogRecord, what: string): void {
    this.#tools.findings.add(code, whereOf(record), what);
  }
}

const whereOf = (record: LogRecord) => `${record.topic}-${record.partition}@${record.offset}`;

const sameBytes = (a: readonly Buffer[], b: readonly Buffer[]) =>
  a.length === b.length && a.every((bytes, i) => bytes.equals(b[i] ?? Buffer.alloc(0)));
