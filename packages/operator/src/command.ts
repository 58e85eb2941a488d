import { Command } from 'commander';
import { connect, type Connections } from './connect.ts';
import { EXIT_HELP } from './exit.ts';
import { createOutput, type Output } from './output.ts';

/**
 * A command with what every one of them has: `--json`, an example, the exit codes; and, where it
 * needs them, words on its input, its formulas and their units.
 */
export function command(name: string, description: string, example: string, words = ''): Command {
  const explained = words === '' ? '' : `\n${words.trim()}\n`;
  return new Command(name)
    .description(description)
    .option('--json', 'the answer as one JSON value')
    .addHelpText('after', `${explained}\nExample:\n  npm run smc -- ${example}\n${EXIT_HELP}`);
}

/** A command that only holds others. */
export function group(name: string, description: string, commands: readonly Command[]): Command {
  const holder = new Command(name).description(description);
  for (const one of commands) holder.addCommand(one);
  return holder;
}

export const outputOf = (options: { readonly json?: boolean }): Output =>
  createOutput(options.json === true);

/** Gives the work its connections and closes them, however it ends. */
export async function connected<T>(work: (connections: Connections) => Promise<T>): Promise<T> {
  const connections = connect();
  try {
    return await work(connections);
  } finally {
    await connections.close();
  }
}
