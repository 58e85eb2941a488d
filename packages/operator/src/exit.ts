/**
 * How a command ends. Documented in every command's help and stable, because scripts rely on it.
 */
export const EXIT = { done: 0, no: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_HELP = `
Exit codes: 0 done, 1 the answer is no, 2 wrong usage or input, 3 a service can't be reached.
Data goes to stdout, talk to stderr; --json makes the data one JSON value.`;

/** Ends the command with a code and a sentence for a person; never shown with a stack. */
export class CommandEnd extends Error {
  override readonly name = 'CommandEnd';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
