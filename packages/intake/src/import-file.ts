/**
 * File intake: the same objects as over HTTP, one a line. A line is accepted or rejected for itself,
 * and a second import of the same file changes nothing: an event's id stands on its line or is made of
 * what the line says.
 */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { accept, refuse, type IntakeEvent, type Result } from '@smc/domain';
import type { Clock, Logger, Random } from '@smc/runtime';
import { isObject, type FieldProblem } from './field-rules.ts';
import { INTAKE_KINDS, type IntakeKind, type IntakeParser } from './intake-parser.ts';
import type { IntakeWriter } from './intake-writer.ts';
import { readLines, unpacked, type Line } from './line-reader.ts';
import { SteadyPublisher } from './steady-publisher.ts';
import { continueTrace } from './trace-context.ts';

/** Four times the largest event that the rules allow. */
export const LINE_BYTES_MAX = 16 * 1024;
/** A person reads no more; the rejects file holds them all. */
export const REJECTIONS_MAX = 1_000;

/** Why a line was rejected; the line itself stays in the file, it may hold a BSN. */
export type Rejection = { readonly line: number; readonly field: string; readonly reason: string };

export type ImportProgress = {
  /** Bytes of the file as it lies on disk, compressed or not. */
  readonly bytes: number;
  readonly accepted: number;
  readonly rejected: number;
};

export type ImportReport = ImportProgress & {
  /** The first of them; a line with two wrong fields stands here twice. */
  readonly rejections: readonly Rejection[];
  /** Why the import ended before the file did; what was accepted until then is stored. */
  readonly stopped: 'INTERRUPTED' | 'FILE_UNREADABLE' | 'FILE_DAMAGED' | undefined;
};

export type ImportOptions = {
  /** Plain or gzip, whatever its name. */
  readonly source: { readonly path: string } | { readonly stream: AsyncIterable<Buffer> };
  readonly parser: IntakeParser;
  readonly writer: IntakeWriter;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Ends the import after the lines at hand. */
  readonly signal: AbortSignal;
  /** Where every rejection is written, one object a line. */
  readonly rejectsPath?: string;
  readonly onProgress?: (progress: ImportProgress) => void;
};

/** Imports a file in constant memory. Throws only the faults of a log that waiting can't mend. */
export async function importFile(options: ImportOptions): Promise<ImportReport> {
  const { rejectsPath } = options;
  const rejects = rejectsPath === undefined ? undefined : await open(rejectsPath, 'w');
  try {
    return await run(options, rejects);
  } finally {
    await rejects?.close();
  }
}

async function run(options: ImportOptions, rejects: FileHandle | undefined): Promise<ImportReport> {
  const { source, writer, random, logger, signal, onProgress } = options;
  const publisher = new SteadyPublisher({ publisher: writer.publisher, random, logger, signal });
  const traceparent = continueTrace(undefined, random);
  const seen = { bytes: 0, accepted: 0, rejected: 0 };
  const first: Rejection[] = [];
  const raw = 'path' in source ? fileChunks(source.path) : source.stream;
  const batches = readLines(unpacked(counted(raw, seen)), LINE_BYTES_MAX);

  let stopped: ImportReport['stopped'];
  for (;;) {
    const batch = await nextBatch(batches);
    if (batch === undefined || typeof batch === 'string') {
      stopped = batch;
      break;
    }
    const rejections: Rejection[] = [];
    for (const line of batch) {
      const timeMs = options.clock.nowMs();
      const read = readEvent(line, options.parser, timeMs);
      if (read.ok) {
        await publisher.add(writer.record(read.value, { timeMs, traceparent }));
        seen.accepted++;
      } else {
        seen.rejected++;
        rejections.push(...rejectionsOf(line, read.refusal));
      }
    }
    first.push(...rejections.slice(0, REJECTIONS_MAX - first.length));
    const text = rejections.map((it) => `${JSON.stringify(it)}\n`).join('');
    if (text !== '') await rejects?.write(text);
    onProgress?.({ ...seen });
    if (signal.aborted) {
      stopped = 'INTERRUPTED';
      break;
    }
  }
  await batches.return(undefined);
  await publisher.end();
  return { ...seen, rejections: first, stopped };
}

/** The event that a line says, or what is wrong with the line. */
export function readEvent(
  { bytes }: Line,
  parser: IntakeParser,
  nowMs: number,
): Result<IntakeEvent, readonly FieldProblem[]> {
  const flaw = (expected: string) => refuse([{ field: '', expected }]);
  if (bytes === 'too-long') return flaw(`a line of at most ${LINE_BYTES_MAX} bytes`);
  if (!isUtf8(bytes)) return flaw('a line in UTF-8');
  const body = parseJson(bytes.toString('utf8'));
  if (!body.ok || !isObject(body.value)) return flaw('a JSON object');
  const { type = 'CaseRegistered', ...fields } = body.value;
  const kind = INTAKE_KINDS.find((it): it is IntakeKind => it === type);
  if (kind === undefined) return refuse([{ field: 'type', expected: INTAKE_KINDS.join(', ') }]);
  return parser.parse(kind, fields, { nowMs, withoutId: 'by-content' });
}

function parseJson(text: string): Result<unknown, 'NOT_JSON'> {
  try {
    return accept(JSON.parse(text));
  } catch {
    return refuse('NOT_JSON');
  }
}

export function rejectionsOf(
  { number }: Line,
  problems: readonly FieldProblem[],
): readonly Rejection[] {
  return problems.map(({ field, expected }) => {
    return { line: number, field, reason: `${expected} expected` };
  });
}

/** The next lines, undefined at the end of the file, or why it can't be read any further. */
async function nextBatch(
  batches: AsyncGenerator<readonly Line[]>,
): Promise<readonly Line[] | undefined | 'FILE_UNREADABLE' | 'FILE_DAMAGED'> {
  try {
    const next = await batches.next();
    return next.done === true ? undefined : next.value;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code.startsWith('Z_') ? 'FILE_DAMAGED' : 'FILE_UNREADABLE';
  }
}

async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path)) if (Buffer.isBuffer(chunk)) yield chunk;
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
