import { Command, CommanderError } from 'commander';
import { capacityCommand } from './commands/capacity.ts';
import { caseCommand, clientCommand } from './commands/case.ts';
import { deadLettersCommand } from './commands/dead-letters.ts';
import { demarcationCommand } from './commands/demarcation.ts';
import { demoCommand } from './commands/demo.ts';
import { exampleCommand } from './commands/example.ts';
import { intakeCommand } from './commands/intake.ts';
import { parkedCommand } from './commands/parked.ts';
import { planCommand } from './commands/plan.ts';
import { simulateCommand } from './commands/simulate.ts';
import { stackCommand } from './commands/stack.ts';
import { verifyCommand } from './commands/verify.ts';
import { viewsCommand } from './commands/views.ts';
import { CommandEnd, EXIT, EXIT_HELP, type ExitCode } from './exit.ts';

/** Runs `smc` with these arguments and gives its exit code; prints every error in a sentence. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const program = new Command('smc')
    .description("The operator's command of the case router")
    .addHelpText('after', EXIT_HELP)
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  const commands = [
    stackCommand(),
    demarcationCommand(),
    intakeCommand(),
    caseCommand(),
    clientCommand(),
    parkedCommand(),
    deadLettersCommand(),
    viewsCommand(),
    verifyCommand(),
    capacityCommand(),
    simulateCommand(),
    planCommand(),
    exampleCommand(),
    demoCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  overrideExit(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return report(error);
  }
}

/** commander ends the process by itself otherwise, with its own codes. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) overrideExit(inner);
}

function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  if (error instanceof CommandEnd) return error.exitCode;
  if (isFault(error)) return EXIT.unreachable;
  // A defect of this program: its stack is for whoever mends it.
  if (error instanceof Error && process.env['SMC_DEBUG'] !== undefined) {
    process.stderr.write(`${error.stack ?? ''}\n`);
  }
  process.stderr.write('This is a defect; SMC_DEBUG=1 shows where.\n');
  return EXIT.unreachable;
}

/** The world failed: a service is away, refuses us, or lacks what it should have. */
const isFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && 'retriable' in error;
