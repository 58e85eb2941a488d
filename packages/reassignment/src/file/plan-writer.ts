/**
 * A plan as a file: one line of canonical JSON for each part, packed with gzip, and as the last line
 * the seal: the SHA-256 of all bytes before it. The seal is the plan's name; whoever approves the
 * plan approves it.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { canonicalLine, moveLine } from '../plan/canonical-line.ts';
import type { PlanLine } from '../plan/plan.ts';

/** Lines are handed on in chunks of about so much: few calls, little memory. */
const CHUNK_CHARACTERS = 256 * 1024;

/** The bytes of a plan, before packing, and its name at the end. */
export function* planChunks(lines: Iterable<PlanLine>): Generator<string, string> {
  const hash = createHash('sha256');
  let chunk = '';
  for (const line of lines) {
    chunk += `${line.kind === 'move' ? moveLine(line) : canonicalLine(line)}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    hash.update(chunk);
    yield chunk;
    chunk = '';
  }
  hash.update(chunk);
  const sha256 = hash.digest('hex');
  yield `${chunk}${canonicalLine({ kind: 'seal', sha256 })}\n`;
  return sha256;
}

/**
 * Writes a plan and gives its name. The file is there in full or not at all: it is written beside
 * its place and renamed.
 */
export async function writePlan(
  path: string,
  lines: Iterable<PlanLine>,
  signal?: AbortSignal,
): Promise<string> {
  const beside = `${path}.part`;
  let name = '';
  async function* chunks() {
    const parts = planChunks(lines);
    for (let part = parts.next(); ; part = parts.next()) {
      if (part.done === true) {
        name = part.value;
        return;
      }
      yield part.value;
      // Whatever else the process has to do, such as showing how far it is, comes to its turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  try {
    const gzip = createGzip({ level: constants.Z_BEST_SPEED });
    const file = createWriteStream(beside, { flags: 'w' });
    await pipeline(
      Readable.from(chunks()),
      gzip,
      file,
      ...(signal === undefined ? [] : [{ signal }]),
    );
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  return name;
}
