import { vi } from 'vitest';
import { runCli } from '../run-cli.ts';

/** Runs a command in this process and gives its exit code with what it wrote. */
export async function smc(...args: readonly string[]) {
  let out = '';
  let err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))));
  try {
    const code = await runCli(args);
    return { code, out, err };
  } finally {
    vi.restoreAllMocks();
  }
}
