import type { Command } from 'commander';
import { command, outputOf } from '../command.ts';
import { endOf, runDemo } from '../demo/demo.ts';
import { CommandEnd, EXIT } from '../exit.ts';

type Options = {
  readonly json?: boolean;
  readonly cases: string;
  readonly clients: string;
  readonly seed: string;
  readonly embedded?: boolean;
  readonly keep?: boolean;
};

export function demoCommand(): Command {
  const described =
    'the main job from end to end on parts of its own: 20,000 cases of invented clients, a router ' +
    'killed on the way, five divisions, and the proof. 1 when the verdict is not clean';
  return command('demo', described, 'demo --keep')
    .option('--cases <n>', 'how many cases', '20000')
    .option('--clients <n>', 'of how many clients', '8000')
    .option('--seed <n>', 'another seed gives other clients', '1')
    .option('--embedded', 'on the log in memory, in one process, without Kafka, registry and Redis')
    .option('--keep', 'leave everything running and print the addresses')
    .action(async (options: Options) => {
      const number = (name: 'cases' | 'clients' | 'seed') => {
        const value = Number(options[name]);
        if (Number.isInteger(value) && value > 0) return value;
        throw new CommandEnd(
          EXIT.usage,
          `--${name} takes a whole number above 0; got ${options[name]}`,
        );
      };
      const report = await runDemo(
        {
          cases: number('cases'),
          clients: number('clients'),
          seed: number('seed'),
          embedded: options.embedded === true,
          keep: options.keep === true,
        },
        outputOf(options),
      );
      endOf(report);
    });
}
