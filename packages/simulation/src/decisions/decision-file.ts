import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { DecisionRow } from './decision-row.ts';
import { CSV_ROWS, NDJSON_ROWS, type RowForm } from './row-form.ts';

const CHUNK_CHARACTERS = 256 * 1024;

/** Decisions in a file: `.csv` is a table, any other name NDJSON; `.gz` packs it. */
export class DecisionFile {
  readonly #form: RowForm;
  readonly #head: NodeJS.WritableStream;
  readonly #written: Promise<unknown>;
  #pending: string;
  #failure: unknown;

  private constructor(path: string, file: WriteStream) {
    const isPacked = path.endsWith('.gz');
    this.#form = path.replace(/\.gz$/, '').endsWith('.csv') ? CSV_ROWS : NDJSON_ROWS;
    this.#pending = this.#form.head;
    const gzip = isPacked ? createGzip() : undefined;
    this.#head = gzip ?? file;
    this.#written = gzip === undefined ? once(file, 'finish') : pipeline(gzip, file);
    // What goes wrong is thrown where the next rows are written, and never lost in between.
    this.#written.catch((error: unknown) => (this.#failure = error));
  }

  /** Throws where the file can't be made. */
  static async open(path: string): Promise<DecisionFile> {
    const file = createWriteStream(path);
    await once(file, 'open');
    return new DecisionFile(path, file);
  }

  /** Waits while the disk is behind, so that rows never pile up. */
  async write(rows: readonly DecisionRow[]): Promise<void> {
    for (const row of rows) this.#pending += this.#form.line(row);
    if (this.#pending.length >= CHUNK_CHARACTERS) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    this.#head.end();
    await this.#written;
  }

  async #flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const text = this.#pending;
    this.#pending = '';
    if (text !== '' && !this.#head.write(text)) await once(this.#head, 'drain');
  }
}
