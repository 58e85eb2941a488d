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
 */
import {
  CHECKPOINT_KEY,
  TOPICS,
  type Checkpoint,
  type ContentHash,
  type DemarcationActivated,
} from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import {
  LogFault,
  NO_HEADERS,
  type LogReader,
  type LogRecord,
  type OutgoingRecord,
  type TxnLog,
  type TxnProducer,
} from '@smc/log';
import { ActiveDemarcations } from './active-demarcations.ts';
import { buildBatch, deadLetterFor, type BatchLimits, type BatchTools } from './batch.ts';
import { ClientStore } from './client-store.ts';
import { decodeOwn } from './decode-own.ts';
import type { RouterReports } from './reports.ts';
import { SchemaLessons } from './schema-lessons.ts';
import { SchemaUnlearned } from './schema-unlearned.ts';

/** Verified demarcations by content hash. */
export type Demarcations = {
  /** The demarcation when it is there in full; undefined while parts are missing. */
  get(hash: ContentHash): Demarcation | undefined;
  /** Resolves when it is there in full; rejects only when `signal` aborts. */
  waitFor(hash: ContentHash, signal: AbortSignal): Promise<Demarcation>;
};

export type TaskState =
  | 'fencing'
  | 'restoring'
  | 'waiting-for-demarcation'
  | 'waiting-for-registry'
  | 'running'
  | 'stopped';

export type TaskDeps = Omit<BatchTools, 'store' | 'partition'> & {
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
const FETCH_BYTES = 512 * 1024;
const COMMAND_FETCH_BYTES = 64 * 1024;

export class RouterTask {
  readonly #deps: TaskDeps;
  readonly #partition: number;
  readonly #limits: BatchLimits;
  readonly #store: ClientStore;
  readonly #tools: BatchTools;
  readonly #lessons: SchemaLessons;
  readonly #active = new ActiveDemarcations();
  #state: TaskState = 'fencing';
  #hasRestored = false;
  #hasWorked = false;
  #intakeNext = 0;
  #commandsNext = 0;
  /** Commands fetched and not yet taken: the first waits for its demarcation. */
  #commands: readonly LogRecord[] = [];
  /** The offset of a command that was told to wait. */
  #incompleteAt: number | undefined;

  constructor(deps: TaskDeps, partition: number, limits: BatchLimits) {
    this.#deps = deps;
    this.#partition = partition;
    this.#limits = limits;
    this.#store = new ClientStore(deps.codec);
    this.#tools = { ...deps, store: this.#store, partition };
    const { codec, pause } = deps;
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
    return this.#intakeNext;
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
        clients: this.#store.size,
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
    const bytes = await this.#store.restore(reader, this.#partition, signal);
    const checkpoint =
      bytes &&
      (await this.#lessons.read(() => decodeOwn(this.#deps.codec, bytes, 'Checkpoint'), signal));
    const intake = await reader.range({ topic: TOPICS.intake, partition: this.#partition });
    const commands = await reader.range({ topic: TOPICS.commands, partition: this.#partition });
    this.#intakeNext = checkpoint?.intakeNext ?? intake.start;
    this.#commandsNext = checkpoint?.commandsNext ?? commands.start;
    if (this.#intakeNext < intake.start) {
      // Retention has removed cases that were never routed: a person must know, no code can help.
      throw new LogFault(
        'OFFSET_OUT_OF_RANGE',
        `${TOPICS.intake}-${this.#partition}: the task stands at ${this.#intakeNext}, but the log begins at ${intake.start}`,
      );
    }
    this.#commandsNext = Math.max(this.#commandsNext, commands.start);
    for (const active of checkpoint?.active ?? []) {
      this.#is('waiting-for-demarcation', `demarcation ${active.version}`);
      const demarcation = await this.#deps.demarcations.waitFor(active.contentHash, signal);
      this.#active.activate(active, demarcation);
    }
  }

  async #work(producer: TxnProducer, reader: LogReader, signal: AbortSignal): Promise<void> {
    const partition = this.#partition;
    while (!signal.aborted) {
      this.#is(this.#active.isEmpty ? 'waiting-for-demarcation' : 'running');
      if (this.#commands.length > 0) await this.#takeCommands(producer, signal);
      const requests = [];
      // Without any demarcation no case can be decided: they stay in the log until there is one.
      if (!this.#active.isEmpty) {
        requests.push({
          topic: TOPICS.intake,
          partition,
          offset: this.#intakeNext,
          maxBytes: FETCH_BYTES,
        });
      }
      if (this.#commands.length === 0) {
        requests.push({
          topic: TOPICS.commands,
          partition,
          offset: this.#commandsNext,
          maxBytes: COMMAND_FETCH_BYTES,
        });
      }
      if (requests.length === 0) {
        await this.#deps.pause(0, signal);
        continue;
      }
      for (const slice of await reader.fetch(requests, { maxWaitMs: FETCH_WAIT_MS, signal })) {
        if (slice.topic === TOPICS.commands) {
          this.#commands = slice.records;
          if (slice.records.length === 0) this.#commandsNext = slice.nextOffset;
          else await this.#takeCommands(producer, signal);
        } else {
          await this.#takeIntake(producer, slice.records, signal);
          if (!signal.aborted) this.#intakeNext = slice.nextOffset;
          this.#deps.reports.position(partition, this.#intakeNext, slice.lastStableOffset);
        }
      }
    }
  }

  /** Answers the records in as few transactions as the limits allow. */
  async #takeIntake(
    producer: TxnProducer,
    records: readonly LogRecord[],
    signal: AbortSignal,
  ): Promise<void> {
    for (let from = 0; from < records.length && !signal.aborted;) {
      const nowMs = this.#deps.nowMs();
      const batch = buildBatch(this.#tools, this.#active, {
        records,
        from,
        limits: this.#limits,
        nowMs,
      });
      if (batch.taken === 0 && batch.needsSchema !== undefined) {
        await this.#lessons.learn(batch.needsSchema, signal);
        continue;
      }
      const last = records[from + batch.taken - 1];
      const first = records[from];
      if (last === undefined || first === undefined) return;
      this.#intakeNext = last.offset + 1;
      batch.records.push(this.#checkpoint());
      await producer.run(batch.records);
      from += batch.taken;
      this.#hasWorked = true;
      const committedAtMs = this.#deps.nowMs();
      this.#deps.reports.committed(this.#partition, {
        records: batch.taken,
        tally: batch.tally,
        tookMs: committedAtMs - nowMs,
        oldestMs: committedAtMs - first.timestampMs,
      });
    }
  }

  /** Takes commands in order until one has to wait for its demarcation. */
  async #takeCommands(producer: TxnProducer, signal: AbortSignal): Promise<void> {
    while (this.#commands.length > 0 && !signal.aborted) {
      const [record, ...rest] = this.#commands;
      if (record === undefined) return;
      const nowMs = this.#deps.nowMs();
      const out: OutgoingRecord[] = [];
      const decoded = await this.#lessons.read(() => this.#decodeCommand(record), signal);
      if (decoded.ok) {
        if (!this.#activate(decoded.value, record.offset, signal)) return;
      } else {
        out.push(deadLetterFor(this.#tools, record, decoded.refusal, nowMs));
      }
      this.#commandsNext = record.offset + 1;
      out.push(this.#checkpoint());
      await producer.run(out);
      this.#commands = rest;
      if (decoded.ok) this.#deps.reports.activated(this.#partition, decoded.value, record.offset);
    }
  }

  /** False while the demarcation is not there in full: the command is looked at again later. */
  #activate(command: DemarcationActivated, offset: number, signal: AbortSignal): boolean {
    const { version, contentHash, effectiveFrom } = command;
    const demarcation = this.#deps.demarcations.get(contentHash);
    if (demarcation === undefined) {
      // Asking for it makes the catalogue fetch it; what comes of that is seen at the next look.
      this.#deps.demarcations.waitFor(contentHash, signal).catch(() => undefined);
      // Said once: it is looked at after every batch.
      if (offset !== this.#incompleteAt) {
        this.#deps.reports.demarcationIncomplete(this.#partition, command);
      }
      this.#incompleteAt = offset;
      return false;
    }
    this.#deps.reports.demarcationComplete(this.#partition);
    this.#active.activate({ version, contentHash, effectiveFrom }, demarcation);
    return true;
  }

  #decodeCommand(record: LogRecord) {
    const decoded = this.#deps.codec.decode(record.value, ['DemarcationActivated']);
    if (decoded.ok === 'unlearned') throw new SchemaUnlearned(decoded.schemaId);
    return decoded;
  }

  /** Says where the task is, and what it waits for while it can't work. */
  #is(state: TaskState, waitsFor?: string): void {
    if (state === this.#state && waitsFor === undefined) return;
    this.#state = state;
    this.#deps.reports.taskState(this.#partition, state, waitsFor);
  }

  #checkpoint(): OutgoingRecord {
    const checkpoint: Checkpoint = {
      type: 'Checkpoint',
      intakeNext: this.#intakeNext,
      commandsNext: this.#commandsNext,
      officeIntakeNext: 0,
      active: this.#active.list,
    };
    return {
      topic: TOPICS.routerState,
      partition: this.#partition,
      key: CHECKPOINT_KEY_BYTES,
      value: this.#deps.codec.encode(checkpoint),
      headers: NO_HEADERS,
    };
  }
}

const CHECKPOINT_KEY_BYTES = Buffer.from(CHECKPOINT_KEY, 'latin1');
