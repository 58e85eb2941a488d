import { TOPICS } from '@smc/domain';
import type { Codec } from '@smc/events';
import type { LogReader, LogRecord } from '@smc/log';
import type { Findings } from './findings.ts';
import { readOwn } from './read-own.ts';
import { RecordCursor } from './record-cursor.ts';

type Tools = { readonly reader: LogReader; readonly codec: Codec; readonly findings: Findings };

/** The dead letters of one topic's records in a partition, in the order of those records. */
export class LetterCursor {
  readonly #tools: Tools;
  readonly #topic: string;
  readonly #letters: RecordCursor;

  private constructor(tools: Tools, topic: string, letters: RecordCursor) {
    this.#tools = tools;
    this.#topic = topic;
    this.#letters = letters;
  }

  static async open(tools: Tools, topic: string, partition: number): Promise<LetterCursor> {
    const letters = await RecordCursor.open(tools.reader, { topic: TOPICS.deadLetters, partition });
    return new LetterCursor(tools, topic, letters);
  }

  /** A record that was refused has one dead letter, any other has none. */
  async check(input: LogRecord, refused: boolean): Promise<void> {
    const found = await this.#takeUpTo(input.offset);
    const where = `${input.topic}-${input.partition}@${input.offset}`;
    const { findings } = this.#tools;
    if (refused && found === 0) {
      findings.add('DEAD_LETTER_MISSING', where, 'a refused record has none');
    }
    if (found > (refused ? 1 : 0)) {
      findings.add('DEAD_LETTER_UNEXPECTED', where, `${found} dead letters for one record`);
    }
  }

  /** Behind the last answered record no dead letter of the topic may be left. */
  async checkRest(answeredUpTo: number): Promise<void> {
    await this.#takeUpTo(answeredUpTo - 1);
  }

  /** Those of this offset; any of an earlier one comes too late. */
  async #takeUpTo(offset: number): Promise<number> {
    let found = 0;
    for (let next = await this.#letters.peek(); next; next = await this.#letters.peek()) {
      const { source } = await readOwn(this.#tools.codec, next, 'DeadLetter');
      const isMine = source.topic === this.#topic;
      if (isMine && source.offset > offset) break;
      await this.#letters.next();
      if (!isMine) continue;
      if (source.offset === offset) found++;
      else {
        const where = `${next.topic}-${next.partition}@${next.offset}`;
        const what = `answers offset ${source.offset} once more`;
        this.#tools.findings.add('DEAD_LETTER_UNEXPECTED', where, what);
      }
    }
    return found;
  }
}
