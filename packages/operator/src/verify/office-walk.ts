/**
 * The proof of the offices of one partition: every record that clients' tasks wrote to them is the
 * one that deciding again foresees, every request has the one answer that choosing again gives, and
 * the counters on the changelog are those that counting again comes to.
 */
import {
  BugError,
  must,
  partitionOf,
  TOPICS,
  type OfficeEvent,
  type OfficeId,
  type OfficeLoad,
  type TeamChosen,
} from '@smc/domain';
import { decideOffice, type Demarcation } from '@smc/decision';
import { decodeHeaders, type LogReader, type LogRecord } from '@smc/log';
import type { FindingCode, Findings } from './findings.ts';
import { LetterCursor } from './letter-cursor.ts';
import type { TalkTools } from './office-talk.ts';
import { RecordCursor } from './record-cursor.ts';
import type { Recount } from './recount.ts';
import { answeredUpTo, isAnswered, type Snapshot } from './snapshot.ts';

export type OfficeTools = TalkTools & {
  readonly reader: LogReader;
  /** undefined: the version is not, or not wholly, on `smc.demarcations`. */
  readonly demarcation: (contentHash: string) => Promise<Demarcation | undefined>;
  readonly findings: Findings;
  readonly progress: (records: number) => void;
  readonly recount: Recount;
};

export type OfficeAudit = {
  readonly offices: number;
  /** Records that the offices' task has not answered yet. */
  readonly pending: number;
  /** Teams that were chosen by workload. */
  readonly choices: number;
};

const PROGRESS_EVERY = 1000;

export async function auditOffices(tools: OfficeTools, partition: number): Promise<OfficeAudit> {
  const at = { topic: TOPICS.officeIntake, partition };
  const records = await RecordCursor.open(tools.reader, at);
  const letters = await LetterCursor.open(tools, TOPICS.officeIntake, partition);
  const upTo = answeredUpTo(snapshotOf(tools, partition), TOPICS.officeIntake);
  const walk = new OfficeWalk(tools, partition);
  let pending = 0;
  let walked = 0;
  for (let record = await records.next(); record !== undefined; record = await records.next()) {
    if (++walked % PROGRESS_EVERY === 0) tools.progress(PROGRESS_EVERY);
    const event = await walk.read(record);
    if (event !== undefined) walk.compare(record, event);
    if (record.offset >= upTo) {
      pending++;
      continue;
    }
    if (event !== undefined) await walk.answer(record, event);
    await letters.check(record, event === undefined);
  }
  tools.progress(walked % PROGRESS_EVERY);
  await letters.checkRest(upTo);
  walk.checkRest();
  return { offices: walk.offices, pending, choices: walk.choices };
}

class OfficeWalk {
  readonly #tools: OfficeTools;
  readonly #partition: number;
  readonly #upTo: number;
  readonly #loads = new Map<OfficeId, OfficeLoad>();
  choices = 0;

  constructor(tools: OfficeTools, partition: number) {
    this.#tools = tools;
    this.#partition = partition;
    this.#upTo = answeredUpTo(snapshotOf(tools, partition), TOPICS.officeIntake);
  }

  get offices(): number {
    return this.#loads.size;
  }

  /** With what deciding the client's input again gives, where that input is judged. */
  compare(record: LogRecord, event: OfficeEvent): void {
    const { codec, snapshots, toOffices, recount } = this.#tools;
    const isTold = isAnswered(snapshots, event.source);
    const isCounted = record.offset < this.#upTo;
    if (event.type === 'LoadChanged' && isTold !== isCounted) {
      recount.change(event.office, event.changes, isTold ? 1 : -1);
    }
    if (!isTold) return;
    const foreseen = toOffices.between(event.source.partition, this.#partition);
    const { before, match } = foreseen.compare(event.eventId, codec.encode(event));
    if (before > 0) this.#find('LOST', record, `${before} records to offices before this one`);
    if (match === 'missing') this.#find('DUPLICATED', record, 'no input asked for it');
    if (match === 'different') this.#find('DIFFERENT', record, 'deciding again gives another');
  }

  /** Counts and chooses again. */
  async answer(record: LogRecord, event: OfficeEvent): Promise<void> {
    let demarcation: Demarcation | undefined;
    if (event.type === 'TeamRequested') {
      demarcation = await this.#tools.demarcation(event.demarcationHash);
      if (demarcation === undefined) {
        return this.#find('DEMARCATION_MISSING', record, `${event.demarcation} is not whole`);
      }
    }
    const { topic, partition, offset } = record;
    const source = { topic, partition, offset };
    try {
      const before = this.#loads.get(event.office);
      const { load, answer } = decideOffice({ event, source }, before, demarcation);
      this.#loads.set(event.office, load);
      if (answer !== undefined) this.#compareAnswer(record, answer);
    } catch (error) {
      // What no router can have written: a count below zero, a team that the version lacks.
      if (!(error instanceof BugError)) throw error;
      this.#find('DIFFERENT', record, error.message);
    }
  }

  /** The event of an office's record; undefined when it is none. */
  async read(record: LogRecord): Promise<OfficeEvent | undefined> {
    if (typeof decodeHeaders(record.headers) === 'string') return undefined;
    const { codec, snapshots } = this.#tools;
    const types = ['TeamRequested', 'LoadChanged'] as const;
    let decoded = codec.decode(record.value, types);
    if (decoded.ok === 'unlearned') {
      await codec.learn(decoded.schemaId);
      decoded = codec.decode(record.value, types);
    }
    if (decoded.ok !== true) return undefined;
    const event = decoded.value;
    const isMine =
      record.key?.toString('latin1') === event.office &&
      partitionOf(event.office, snapshots.length) === record.partition;
    return isMine ? event : undefined;
  }

  checkRest(): void {
    const { findings, snapshots, toOffices, toClients, recount } = this.#tools;
    snapshots.forEach((_, client) => {
      const lost = toOffices.between(client, this.#partition).left;
      const where = `${TOPICS.officeIntake}-${this.#partition}`;
      if (lost > 0) findings.add('LOST', where, `${lost} records to offices, the last ones`);
      const more = toClients.between(this.#partition, client).left;
      const what = `${more} answers of offices that no request asked for, the last ones`;
      if (more > 0) findings.add('DUPLICATED', `${TOPICS.commands}-${client}`, what);
    });
    const { loads } = snapshotOf(this.#tools, this.#partition);
    for (const load of loads.values()) recount.counters(load);
    for (const office of new Set([...loads.keys(), ...this.#loads.keys()])) {
      if (this.#isAsWritten(office)) continue;
      const where = `${TOPICS.routerState}-${this.#partition}`;
      findings.add('COUNTERS_DIFFER', where, `the counters of office ${office}`);
    }
  }

  #isAsWritten(office: OfficeId): boolean {
    const { codec } = this.#tools;
    const stands = snapshotOf(this.#tools, this.#partition).loads.get(office);
    const expected = this.#loads.get(office);
    if (stands === undefined || expected === undefined) return false;
    return codec.encode(stands).equals(codec.encode({ type: 'OfficeLoad', ...expected }));
  }

  #compareAnswer(record: LogRecord, answer: TeamChosen): void {
    const { codec, snapshots, toClients, recount } = this.#tools;
    this.choices++;
    recount.chosen(answer);
    const client = partitionOf(answer.clientKey, snapshots.length);
    const stands = toClients.between(this.#partition, client);
    const { before, match } = stands.compare(answer.eventId, codec.encode(answer));
    const on = `${TOPICS.commands}-${client}`;
    if (before > 0) this.#find('DUPLICATED', record, `${before} answers on ${on} too many`);
    if (match === 'missing') this.#find('LOST', record, `no answer on ${on}`);
    if (match === 'different') this.#find('DIFFERENT', record, `another answer on ${on}`);
  }

  #find(code: FindingCode, { topic, partition, offset }: LogRecord, what: string): void {
    this.#tools.findings.add(code, `${topic}-${partition}@${offset}`, what);
  }
}

function snapshotOf({ snapshots }: OfficeTools, partition: number): Snapshot {
  return must(snapshots[partition], 'every partition has a snapshot');
}
