/** `npm run requirements`: which requirement is shown by what. `--help` says how. */
import { parseArgs } from 'node:util';
import { readLastRun, type LastRun } from './requirements/last-run.ts';
import { readRequirements, STATES, type Requirement } from './requirements/table.ts';

const HELP = `Prints every requirement: where it comes from, how it is met, and the tests that show it
with their outcome in the last run of npm test.

  npm run requirements -- [OPTION ...]

  --state STATE     only those that are ${STATES.join(', ')}
  --reports FOLDER  the reports of another run
  --json            for programs

Example: npm run requirements -- --state next

Exit codes: 0 done, 1 a test failed that shows a requirement as met, 2 wrong usage.
`;

const OPTIONS = {
  help: { type: 'boolean' },
  json: { type: 'boolean' },
  state: { type: 'string' },
  reports: { type: 'string' },
} as const;

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

function main(args: readonly string[]): number {
  const options = readOptions(args);
  if (options === undefined) return EXIT.usage;
  if (options.help === true) {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  const run = readLastRun(options.reports);
  const all = readRequirements().map((requirement) => withOutcomes(requirement, run));
  const shown = all.filter(({ state }) => options.state === undefined || state === options.state);
  const totals = totalsOf(all);
  const text = options.json === true ? json(shown, totals, run) : readable(shown, totals, run);
  process.stdout.write(`${text}\n`);
  return all.some(({ state, tests }) => state === 'met' && tests.some(isFailed))
    ? EXIT.failed
    : EXIT.done;
}

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.state === undefined || STATES.some((state) => state === values.state)) return values;
    process.stderr.write(`--state takes one of ${STATES.join(', ')}; got ${values.state}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  return undefined;
}

type Outcomes = ReturnType<typeof withOutcomes>;

function withOutcomes(requirement: Requirement, run: LastRun) {
  const { line: _, ...rest } = requirement;
  const tests = requirement.tests.map((name) => ({ name, outcome: run.outcomeOf(name) }));
  return { ...rest, tests };
}

const isFailed = ({ outcome }: Outcomes['tests'][number]) => outcome === 'failed';

function totalsOf(all: readonly Outcomes[]) {
  const count = (state: string) => all.filter((requirement) => requirement.state === state).length;
  const outcomes = new Map(
    all.flatMap(({ tests }) => tests.map(({ name, outcome }) => [name, outcome])),
  );
  const tests = (outcome: string) => [...outcomes.values()].filter((it) => it === outcome).length;
  return {
    requirements: Object.fromEntries(STATES.map((state) => [state, count(state)])),
    tests: { passed: tests('passed'), failed: tests('failed'), 'not run': tests('not run') },
  };
}

type Totals = ReturnType<typeof totalsOf>;

function json(shown: readonly Outcomes[], totals: Totals, run: LastRun): string {
  const { startedAt, steps, tests } = run;
  return JSON.stringify({ requirements: shown, totals, run: { startedAt, steps, tests } }, null, 2);
}

function readable(shown: readonly Outcomes[], totals: Totals, run: LastRun): string {
  const told = shown.flatMap(({ id, state, asks, source, how, tests }) => [
    `${id}  ${state.padEnd(5)}  ${asks}`,
    `     ${source}`,
    `     ${how}`,
    ...tests.map(({ name, outcome }) => `     ${outcome.padEnd(7)}  ${name}`),
    '',
  ]);
  const list = (counts: object) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  return [
    ...told,
    `requirements  ${list(totals.requirements)}`,
    `named tests   ${list(totals.tests)}`,
    run.startedAt === undefined
      ? 'last run      none: npm test leaves one'
      : `last run      ${run.startedAt.toISOString()}, ${run.steps.join(' and ')}, ${run.tests} tests`,
  ].join('\n');
}

// Whoever reads may have seen enough, as head does.
process.stdout.on('error', () => process.exit(EXIT.done));
process.exitCode = main(process.argv.slice(2));
