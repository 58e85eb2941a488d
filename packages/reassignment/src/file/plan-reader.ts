import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { isPlanLine } from './plan-form.ts';
import type { PlanLine } from '../plan/plan.ts';

/** The file is no plan, or not the plan that was written: a byte of it has changed. */
export class PlanFileError extends Error {
  override readonly name = 'PlanFileError';
}

const NEW_LINE = 0x0a;
/** No line that this program writes comes near it. */
const LINE_BYTES_MAX = 4 * 1024 * 1024;
const SEAL = /^\{"kind":"seal","sha256":"([0-9a-f]{64})"\}$/;

/** A plan that is being read. Nothing of it counts before `sha256` has been given at the end. */
export type ReadPlan = AsyncGenerator<PlanLine, string>;

/**
 * The lines of a plan in their order, and at the end its name, when every byte has been hashed and
 * agrees with the seal. Throws PlanFileError for what is no whole, untouched plan.
 */
export async function* readPlan(path: string): ReadPlan {
  const hash = createHash('sha256');
  let sealed: string | undefined;
  let number = 0;
  for await (const bytes of linesOf(path)) {
    number++;
    if (sealed !== undefined) throw damaged(path, number, 'nothing follows the seal');
    const text = bytes.toString('utf8');
    sealed = SEAL.exec(text)?.[1];
    if (sealed !== undefined) continue;
    hash.update(bytes).update('\n');
    yield parse(text, path, number);
  }
  if (sealed === undefined)
    throw damaged(path, number, 'the seal is missing: the file is not whole');
  if (hash.digest('hex') !== sealed) {
    throw damaged(path, number, 'the content is not what was sealed: it has been changed');
  }
  return sealed;
}

function parse(text: string, path: string, number: number): PlanLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(path, number, 'expected one JSON value');
  }
  if (!isPlanLine(value)) throw damaged(path, number, 'expected a part of a plan');
  if ((value.kind === 'plan') !== (number === 1)) {
    throw damaged(path, number, 'a plan begins with its one header');
  }
  return value;
}

async function* linesOf(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    const file = createReadStream(path);
    const gunzip = createGunzip();
    file.on('error', (error) => gunzip.destroy(error));
    for await (const piece of file.pipe(gunzip)) {
      let bytes: Buffer = Buffer.concat([rest, piece]);
      for (let end = bytes.indexOf(NEW_LINE); end >= 0; end = bytes.indexOf(NEW_LINE)) {
        yield bytes.subarray(0, end);
        bytes = bytes.subarray(end + 1);
      }
      if (bytes.length > LINE_BYTES_MAX) throw damaged(path, 0, 'a line is too long');
      rest = bytes;
    }
  } catch (error) {
    if (isGzipError(error)) throw damaged(path, 0, 'it is not packed with gzip, or not whole');
    throw error;
  }
  if (rest.length > 0) throw damaged(path, 0, 'the last line is not whole');
}

function damaged(path: string, line: number, why: string): PlanFileError {
  return new PlanFileError(`${path}${line === 0 ? '' : `:${line}`} is no valid plan: ${why}`);
}

const isGzipError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^Z_|ERR_.*ZLIB/.test(String(error.code));
