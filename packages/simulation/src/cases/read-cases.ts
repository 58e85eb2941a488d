/** A file of cases, as many lines at a time as a chunk brings, in constant memory. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { IntakeEvent } from '@smc/domain';
import {
  LINE_BYTES_MAX,
  readEvent,
  readLines,
  rejectionsOf,
  unpacked,
  type IntakeParser,
  type Line,
  type Rejection,
} from '@smc/intake';
import { readHeader, readRow, type CsvHeader } from './csv-form.ts';

export type CaseLot = {
  readonly events: readonly IntakeEvent[];
  /** In the order of the lines; a line with two wrong fields has two. */
  readonly rejections: readonly Rejection[];
  readonly rejectedLines: number;
  /** How much of the file was read, as it lies on disk. */
  readonly bytes: number;
};

export type CaseForm = 'ndjson' | 'csv';

export type CaseSource = {
  readonly chunks: AsyncIterable<Buffer>;
  /** Undefined: as the first line looks. */
  readonly form: CaseForm | undefined;
};

/** The file can't be read, or no further. */
export class CaseFileFault extends Error {
  override readonly name = 'CaseFileFault';
  readonly code: 'FILE_UNREADABLE' | 'FILE_DAMAGED' | 'HEADER_INVALID';

  constructor(code: CaseFileFault['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A file by its name; gzip is seen by its first bytes, whatever the name says. */
export function caseFile(path: string): CaseSource {
  const plain = path.replace(/\.gz$/, '');
  const form = plain.endsWith('.csv') ? 'csv' : /\.(nd)?jsonl?$/.test(plain) ? 'ndjson' : undefined;
  return { chunks: chunksOf(path), form };
}

/** Opens the file when somebody reads it. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path)) if (Buffer.isBuffer(chunk)) yield chunk;
}

/**
 * Throws a CaseFileFault where the file ends before its end, or its header names no fields. `strict`:
 * nothing is read behind a line that was rejected.
 */
export async function* readCases(
  source: CaseSource,
  { parser, strict }: { readonly parser: IntakeParser; readonly strict: boolean },
): AsyncGenerator<CaseLot> {
  const seen = { bytes: 0 };
  const reader = new LineParser(source.form, parser, strict);
  try {
    for await (const lines of readLines(unpacked(counted(source.chunks, seen)), LINE_BYTES_MAX)) {
      const lot = reader.read(lines);
      yield { ...lot, bytes: seen.bytes };
      if (strict && lot.rejectedLines > 0) return;
    }
  } catch (error) {
    throw faultOf(error);
  }
}

function faultOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof CaseFileFault)
    return error;
  const code = String(error.code);
  const isDamaged = code.startsWith('Z_');
  if (!isDamaged && !code.startsWith('E')) return error;
  return isDamaged
    ? new CaseFileFault('FILE_DAMAGED', 'the compressed file is damaged', { cause: error })
    : new CaseFileFault('FILE_UNREADABLE', `the file can't be read (${code})`, { cause: error });
}

/** Remembers the header of a table; lines of JSON stand for themselves. */
class LineParser {
  #form: CaseForm | undefined;
  #header: CsvHeader | undefined;
  readonly #parser: IntakeParser;
  readonly #strict: boolean;

  constructor(form: CaseForm | undefined, parser: IntakeParser, strict: boolean) {
    this.#strict = strict;
    this.#form = form;
    this.#parser = parser;
  }

  read(lines: readonly Line[]): Omit<CaseLot, 'bytes'> {
    const events: IntakeEvent[] = [];
    const rejections: Rejection[] = [];
    let rejectedLines = 0;
    for (const line of lines) {
      const read = this.#event(line);
      if (read === 'header') continue;
      if (read.ok) {
        events.push(read.value);
        continue;
      }
      rejectedLines++;
      rejections.push(...rejectionsOf(line, read.refusal));
      if (this.#strict) break;
    }
    return { events, rejections, rejectedLines };
  }

  #event(line: Line): ReturnType<typeof readEvent> | 'header' {
    this.#form ??= looksLikeJson(line) ? 'ndjson' : 'csv';
    if (this.#form === 'ndjson') return readEvent(line, this.#parser, 0);
    const text = textOf(line);
    if (this.#header !== undefined) {
      if (text !== undefined) return readRow(text, this.#header, this.#parser);
      const expected = `a line in UTF-8 of at most ${LINE_BYTES_MAX} bytes`;
      return { ok: false, refusal: [{ field: '', expected }] };
    }
    const header = text === undefined ? undefined : readHeader(text, this.#parser.shapes);
    if (header?.ok === true) this.#header = header.value;
    else throw new CaseFileFault('HEADER_INVALID', header?.refusal ?? 'the header is no text');
    return 'header';
  }
}

function looksLikeJson({ bytes }: Line): boolean {
  return bytes === 'too-long' || bytes.toString('utf8').trimStart().startsWith('{');
}

function textOf({ bytes }: Line): string | undefined {
  return bytes !== 'too-long' && isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

async function* counted(
  chunks: AsyncIterable<Buffer>,
  seen: { bytes: number },
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    seen.bytes += chunk.length;
    yield chunk;
  }
}
