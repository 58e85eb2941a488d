import { spawn } from 'node:child_process';

/** How much of a program's talk is kept for the error text. */
const OUTPUT_CHARS_MAX = 20_000;

export type ProgramEnd = { readonly code: number | undefined; readonly output: string };

/** Runs a program to its end and keeps the last part of what it said on either stream. */
export function runProgram(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
    let output = '';
    const keep = (data: Buffer): void => {
      output = (output + data.toString()).slice(-OUTPUT_CHARS_MAX);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? undefined, output }));
  });
}
