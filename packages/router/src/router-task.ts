/**
 * One router task: the only writer for one partition, from the moment it has fenced every earlier
 * one.
 *
 *            ┌──────────┐     ┌───────────┐     ┌──────────────┐     ┌─────────┐
 *   run ───► │ fencing  │ ──► │ restoring │ ──► │  waiting for │ ──► │ running │ ──► stopped
 *            │          │     │           │     │ demarcations │     │         │
 *            └──────────┘     └───────────┘     └──────────────┘     └─────────┘
 *   Any error, anywhere: the task is dropped with all it knew; a new one begins at `fencing`.
 *
 * 1. Fence, then restore, then process: `openTask` finishes or aborts whatever an earlier owner
 *    had begun, so the changelog that is read afterwards can't grow behind our back.
 * 2. Position, clients' states and outputs are one transaction. The position is the checkpoint
 *    record in the changelog, so one log holds both and one restore gives both.
 * 3. The next transaction takes whatever has arrived when the last one has ended: batches are
 *    small when it is quiet and large under backlog, and no timer decides.
 * 4. A new demarcation is taken over between two transactions: by a transaction of its own, whose
 *    checkpoint names it, once its parts have been fetched and verified. Until then the partition
 *    goes on by the old one. So the moment of change has an offset, and no case is held up.
 * 5. What the world can't give just now (a schema the registry holds, a demarcation that is still
 *    being published) makes the task wait between transactions. It never makes a good case a dead
 *    letter, and it never makes the task guess.
 *
 * A task reads three topics in its own partition, and answers what has arrived in this order:
 *
 *   smc.commands       activations, and what offices answered its clients    ─┐
 *   smc.office-intake  what clients' tasks tell and ask its offices           ├─► one transaction
 *   smc.intake         its clients' cases                                    ─┘
 *
 * What is under way comes before what is new. An answer on `smc.command-answers` says where in
 * intake each command was taken, so the order of a client's inputs stands in the log. Offices have
 * no order with clients but their own topics: a task is the one writer of its offices' counters, and
 * an office learns of a client only by a record.
 */
import { CHECKPOINT_KEY, TOPICS, type Checkpoint } from '@smc/domain';
import { LogFault, type LogReader, type LogRecord, type TxnLog, type TxnProducer } from '@smc/log';
import { takeOver } from './activation.ts';
import { ActiveDemarcations } from './active-demarcations.ts';
import { answerCommands, answerIntake, readCommand } from './answer-client.ts';
import { answerOffices } from './answer-office.ts';
import { AwaitingCases } from './awaiting-cases.ts';
import { Batch, type BatchLimits, type BatchTools } from './batch.ts';
import { ClientStore } from './client-store.ts';
import { decodeOwn } from './decode-own.ts';
import { DemarcationWaits, type Demarcations } from './demarcation-waits.ts';
import { OfficeStore } from './office-store.ts';
import type { RouterReports } from './reports.ts';
import { readChangelog, sliceClients } from './restore.ts';
import { SchemaLessons } from './schema-lessons.ts';
import { TaskInput } from './task-input.ts';

export type TaskState =
  | 'fencing'
  | 'restoring'
  | 'waiting-for-demarcation'
  | 'waiting-for-registry'
  | 'running'
  | 'stopped';

export type TaskDeps = Omit<BatchTools, 'store' | 'offices' | 'awaiting' | 'partition'> & {
  readonly log: TxnLog;
  readonly demarcations: Demarcations;
  readonly nowMs: () => number;
  readonly reports: RouterReports;
  /** Waits a little longer at each call in a row; ends early when `signal` aborts. */
  readonly pause: (attempt: number, signal: AbortSignal) => Promise<void>;
};

/** The broker aborts a transaction that its owner left open for this long. */
const TRANSACTION_TIMEOUT_MS = 30_000;
/** One long poll; also the longest that a finished download of a demarcation goes unnoticed. */
const FETCH_WAIT_MS = 500;

export class RouterTask {
  readonly #deps: TaskDeps;
  readonly #partition: number;
  readonly #limits: BatchLimits;
  readonly #tools: BatchTools;
  readonly #lessons: SchemaLessons;
  readonly #waits: DemarcationWaits;
  readonly #active = new ActiveDemarcations();
  readonly #intake: TaskInput;
  readonly #commands: TaskInput;
  readonly #officeIntake: TaskInput;
  #state: TaskState = 'fencing';
  #hasRestored = false;
  #hasWorked = false;
  /** The first offset of intake that is not yet decided. */
  #intakeEnd = 0;

  constructor(deps: TaskDeps, partition: number, limits: BatchLimits) {
    this.#deps = deps;
    this.#partition = partition;
    this.#limits = limits;
    this.#intake = new TaskInput(TOPICS.intake, partition);
    this.#commands = new TaskInput(TOPICS.commands, partition);
    this.#officeIntake = new TaskInput(TOPICS.officeIntake, partition);
    const { codec, pause } = deps;
    this.#tools = {
      ...deps,
      store: new ClientStore(codec),
      offices: new OfficeStore(codec),
      awaiting: new AwaitingCases(),
      partition,
    };
    this.#waits = new DemarcationWaits(deps, partition);
    this.#lessons = new SchemaLessons({
      codec,
      pause,
      onAway: (schemaId, error) => {
        this.#is('waiting-for-registry', `schema ${schemaId}`);
        deps.reports.registryAway(partition, schemaId, error);
      },
      // The state before the outage: only a task at work or being restored asks.
      onBack: () => this.#is(this.#hasRestored ? 'running' : 'restoring'),
    });
  }

  get state(): TaskState {
    return this.#state;
  }

  /** The position in the intake partition up to which everything is answered. */
  get intakeNext(): number {
    return this.#intake.next;
  }

  /** Whether it ever came to work: a failure is then a new one, not the same again. */
  get hasWorked(): boolean {
    return this.#hasWorked;
  }

  /**
   * Works until `signal` aborts, then finishes the transaction under way and resolves. Rejects
   * with a LogFault (or a bug) otherwise; the task can't be used again in either case.
   */
  async run(signal: AbortSignal): Promise<void> {
    const startedAt = this.#deps.nowMs();
    this.#deps.reports.taskState(this.#partition, this.#state, undefined);
    const producer = await this.#deps.log.openTask(`router-${this.#partition}`, {
      transactionTimeoutMs: TRANSACTION_TIMEOUT_MS,
    });
    let reader: LogReader | undefined;
    try {
      reader = await this.#deps.log.openReader();
      this.#is('restoring');
      await this.#restore(reader, signal);
      this.#hasRestored = true;
      this.#deps.reports.restored(this.#partition, {
        clients: this.#tools.store.size,
        tookMs: this.#deps.nowMs() - startedAt,
      });
      await this.#work(producer, reader, signal);
    } catch (error) {
      if (!signal.aborted || error instanceof LogFault) throw error;
    } finally {
      this.#is('stopped');
      await Promise.allSettled([producer.close(), reader?.close()]);
    }
  }

  async #restore(reader: LogReader, signal: AbortSignal): Promise<void> {
    const bytes = await readChangelog(reader, this.#tools, signal);
    const checkpoint =
      bytes &&
      (await this.#lessons.read(() => decodeOwn(this.#deps.codec, bytes, 'Checkpoint'), signal));
    await this.#intake.startAt(checkpoint?.intakeNext, reader);
    await this.#commands.startAt(checkpoint?.commandsNext, reader);
    await this.#officeIntake.startAt(checkpoint?.officeIntakeNext, reader);
    for (const active of checkpoint?.active ?? []) {
      this.#is('waiting-for-demarcation', `demarcation ${active.version}`);
      const demarcation = await this.#deps.demarcations.waitFor(active.contentHash, signal);
      this.#active.activate(active, demarcation);
    }
    await this.#countAgain(signal);
  }

  /** What only the metrics tell of stands on no log: it is counted again. */
  async #countAgain(signal: AbortSignal): Promise<void> {
    const { store, offices, awaiting } = this.#tools;
    for (const office of offices.keys()) {
      const load = await this.#lessons.read(() => offices.get(office), signal);
      if (load !== undefined) this.#deps.reports.officeLoad(this.#partition, load);
    }
    // Where no office counts its load no case waits for one, and nobody need be unpacked.
    if (this.#active.counted.size === 0) return;
    awaiting.countAgain(sliceClients(store, this.#lessons, signal));
  }

  async #work(producer: TxnProducer, reader: LogReader, signal: AbortSignal): Promise<void> {
    const inputs = [this.#intake, this.#commands, this.#officeIntake];
    while (!signal.aborted) {
      this.#is(this.#active.isEmpty ? 'waiting-for-demarcation' : 'running');
      await this.#takeArrived(producer, signal);
      await this.#tools.awaiting.countSome();
      this.#tellWhere();
      // Without any demarcation no case can be decided: they stay in the log until there is one.
      const wanted = this.#active.isEmpty ? inputs.filter((i) => i !== this.#intake) : inputs;
      const requests = wanted.flatMap((input) => input.request() ?? []);
      if (requests.length === 0) {
        await this.#deps.pause(0, signal);
        continue;
      }
      const maxWaitMs = this.#tools.awaiting.isCounting ? 0 : FETCH_WAIT_MS;
      for (const slice of await reader.fetch(requests, { maxWaitMs, signal })) {
        inputs.find(({ topic }) => topic === slice.topic)?.arrived(slice);
        if (slice.topic === TOPICS.intake) this.#intakeEnd = slice.lastStableOffset;
      }
    }
  }

  /** Answers what has arrived in as few transactions as the limits allow; some may have to wait. */
  async #takeArrived(producer: TxnProducer, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (await this.#takeActivation(producer, signal)) continue;
      const oldest = this.#intake.waiting();
      const batch = this.#batch();
      batch.take(this.#commands, answerCommands(this.#intake.next));
      batch.take(this.#officeIntake, answerOffices(this.#waits, signal));
      batch.take(this.#intake, answerIntake);
      if (batch.taken > 0) await this.#commit(producer, batch, oldest);
      else if (batch.needsSchema !== undefined)
        await this.#lessons.learn(batch.needsSchema, signal);
      else return;
    }
  }

  /** False when the next command is none, or waits for its demarcation. */
  async #takeActivation(producer: TxnProducer, signal: AbortSignal): Promise<boolean> {
    const record = this.#commands.waiting();
    if (record === undefined) return false;
    const { codec, reports } = this.#deps;
    const read = await this.#lessons.read(() => readCommand(codec, record), signal);
    if (!read.ok || read.value.type !== 'DemarcationActivated') return false;
    const command = read.value;
    const demarcation = this.#waits.get(record, command, signal);
    if (demarcation === undefined) return false;
    const batch = this.#batch();
    await takeOver(batch, record, {
      command,
      demarcation,
      active: this.#active,
      clients: sliceClients(this.#tools.store, this.#lessons, signal),
      intakeNext: this.#intake.next,
    });
    this.#commands.answered(1);
    await this.#commit(producer, batch, undefined);
    reports.activated(this.#partition, command, record.offset);
    return true;
  }

  #batch(): Batch {
    const { nowMs } = this.#deps;
    return new Batch(this.#tools, this.#active, { limits: this.#limits, nowMs: nowMs() });
  }

  /** `oldest`: the first record of intake that the batch could answer. */
  async #commit(producer: TxnProducer, batch: Batch, oldest: LogRecord | undefined): Promise<void> {
    batch.finish();
    batch.putState(CHECKPOINT_KEY_BYTES, this.#deps.codec.encode(this.#checkpoint()));
    await producer.run(batch.records);
    this.#hasWorked = true;
    const committedAtMs = this.#deps.nowMs();
    const hasIntake = batch.tally.records.has(TOPICS.intake);
    this.#deps.reports.committed(this.#partition, {
      tally: batch.tally,
      tookMs: committedAtMs - batch.nowMs,
      oldestMs: hasIntake && oldest ? committedAtMs - oldest.timestampMs : undefined,
    });
    for (const load of batch.changedOffices) this.#deps.reports.officeLoad(this.#partition, load);
  }

  #tellWhere(): void {
    const { reports, nowMs } = this.#deps;
    const { cases, oldestMs } = this.#tools.awaiting;
    reports.position(this.#partition, this.#intake.next, this.#intakeEnd);
    reports.awaiting(this.#partition, cases, oldestMs === undefined ? 0 : nowMs() - oldestMs);
  }

  /** Says where the task is, and what it waits for while it can't work. */
  #is(state: TaskState, waitsFor?: string): void {
    if (state === this.#state && waitsFor === undefined) return;
    this.#state = state;
    this.#deps.reports.taskState(this.#partition, state, waitsFor);
  }

  #checkpoint(): Checkpoint {
    return {
      type: 'Checkpoint',
      intakeNext: this.#intake.next,
      commandsNext: this.#commands.next,
      officeIntakeNext: this.#officeIntake.next,
      active: this.#active.list,
    };
  }
}

const CHECKPOINT_KEY_BYTES = Buffer.from(CHECKPOINT_KEY, 'latin1');
