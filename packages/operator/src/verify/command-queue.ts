import {
  TOPICS,
  type CommandAnswered,
  type DemarcationActivated,
  type TeamChosen,
} from '@smc/domain';
import type { Codec } from '@smc/events';
import type { LogReader, LogRecord } from '@smc/log';
import type { Findings } from './findings.ts';
import { readOwn } from './read-own.ts';
import { RecordCursor } from './record-cursor.ts';

type Tools = { readonly reader: LogReader; readonly codec: Codec; readonly findings: Findings };

/** A command and what became of it. */
export type TakenCommand = {
  readonly record: LogRecord;
  /** Undefined: it can't be read, and is a dead letter. */
  readonly command: DemarcationActivated | TeamChosen | undefined;
  /** Undefined: none stands on `smc.command-answers`. */
  readonly answer: CommandAnswered | undefined;
};

/** A partition's commands beside their answers: both are in the same order. */
export class CommandQueue {
  readonly #tools: Tools;
  readonly #commands: RecordCursor;
  readonly #answers: RecordCursor;
  readonly #answeredUpTo: number;

  private constructor(
    tools: Tools,
    cursors: { readonly commands: RecordCursor; readonly answers: RecordCursor },
    answeredUpTo: number,
  ) {
    this.#tools = tools;
    this.#commands = cursors.commands;
    this.#answers = cursors.answers;
    this.#answeredUpTo = answeredUpTo;
  }

  static async open(tools: Tools, partition: number, answeredUpTo: number): Promise<CommandQueue> {
    const open = (topic: string) => RecordCursor.open(tools.reader, { topic, partition });
    const commands = await open(TOPICS.commands);
    return new CommandQueue(
      tools,
      { commands, answers: await open(TOPICS.commandAnswers) },
      answeredUpTo,
    );
  }

  get start(): number {
    return this.#commands.start;
  }

  /** The next command that was taken before intake's record at this offset; undefined: none. */
  async nextBefore(intakeOffset: number): Promise<TakenCommand | undefined> {
    const record = await this.#commands.peek();
    if (record === undefined || record.offset >= this.#answeredUpTo) return undefined;
    const answer = await this.#answerOf(record);
    if (answer !== undefined && answer.intakeNext > intakeOffset) return undefined;
    await this.#commands.next();
    if (answer !== undefined) await this.#answers.next();
    return { record, command: await this.#read(record), answer };
  }

  /** The next command that no router has taken yet. */
  async nextPending(): Promise<TakenCommand | undefined> {
    const record = await this.#commands.next();
    return record && { record, command: await this.#read(record), answer: undefined };
  }

  /** Behind the last answered command no answer to one of them may be left. */
  async checkRest(): Promise<void> {
    for (let next = await this.#answers.next(); next; next = await this.#answers.next()) {
      const { source } = await readOwn(this.#tools.codec, next, 'CommandAnswered');
      if (source.offset < this.#answeredUpTo) this.#doubled(next, source.offset);
    }
  }

  async #answerOf(record: LogRecord): Promise<CommandAnswered | undefined> {
    for (let next = await this.#answers.peek(); next; next = await this.#answers.peek()) {
      const answer = await readOwn(this.#tools.codec, next, 'CommandAnswered');
      if (answer.source.offset > record.offset) return undefined;
      if (answer.source.offset === record.offset) return answer;
      await this.#answers.next();
      this.#doubled(next, answer.source.offset);
    }
    return undefined;
  }

  #doubled({ topic, partition, offset }: LogRecord, command: number): void {
    const what = `answers the command at ${command} once more`;
    this.#tools.findings.add('DUPLICATED', `${topic}-${partition}@${offset}`, what);
  }

  async #read(record: LogRecord): Promise<DemarcationActivated | TeamChosen | undefined> {
    const types = ['DemarcationActivated', 'TeamChosen'] as const;
    let decoded = this.#tools.codec.decode(record.value, types);
    if (decoded.ok === 'unlearned') {
      await this.#tools.codec.learn(decoded.schemaId);
      decoded = this.#tools.codec.decode(record.value, types);
    }
    return decoded.ok === true ? decoded.value : undefined;
  }
}
