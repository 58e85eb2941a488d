/** The command that compares the decision with the naive one at length: `npm run test:long -- --help`. */
import { parseArgs } from 'node:util';
import {
  compareDecisions,
  neverOccurred,
  type Compared,
} from '@smc/decision/testing/naive/differential';

const HELP = `Random lives of clients in random organisations, decided twice: by the decision and by a naive
one that was written from the requirements alone. The first difference ends the run and is shown as
small as it could be made; so does a rule, a parked code or a cause that never occurred.

  npm run test:long -- [--cases 1000000] [--seed 1]
  npm run test:long -- --cases 20000 --seed 7

Exit code 0: they agree on all of them. 1: they do not, or something never occurred. 2: wrong usage.
`;

const startedAt = performance.now();
process.exitCode = main();

function main(): number {
  const values = readArguments();
  if (values === undefined) return 2;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  if (!Number.isSafeInteger(cases) || !Number.isSafeInteger(seed) || cases < 1 || seed < 0) {
    return refuse('--cases and --seed are whole numbers');
  }
  const found = compareDecisions({ cases, seed, onProgress: progressOf(cases) });
  process.stdout.write(describe(found).join('\n') + '\n');
  return found.difference === undefined && neverOccurred(found).length === 0 ? 0 : 1;
}

/** Says every tenth of the way how far it is. */
function progressOf(cases: number): (done: number) => void {
  let nextTenth = 1;
  return (done) => {
    if (done < (cases * nextTenth) / 10) return;
    nextTenth = Math.floor((done / cases) * 10) + 1;
    const percent = Math.min(100, Math.floor((100 * done) / cases));
    process.stderr.write(`${seconds()} s  ${done.toLocaleString('en')} cases, ${percent} %\n`);
  };
}

function describe(found: Compared): readonly string[] {
  const { cases, rules, parked, causes, difference } = found;
  const table = (title: string, counts: ReadonlyMap<string, number>) => [
    title,
    ...[...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, n]) => `  ${code.padEnd(28)} ${n.toLocaleString('en').padStart(10)}`),
  ];
  const missing = neverOccurred(found);
  return [
    ...table('assigned, by rule', rules),
    ...table('parked, by code', parked),
    ...table('handed over, by cause', causes),
    ...(missing.length > 0 ? [`never occurred: ${missing.join(', ')}`] : []),
    ...(difference === undefined ? [] : ['the first difference', difference]),
    `${cases.toLocaleString('en')} cases in ${seconds()} s: ${difference === undefined ? 'the two agree' : 'the two DIFFER'}`,
  ];
}

function seconds(): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        cases: { type: 'string', default: '1000000' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function refuse(reason: string): 2 {
  process.stderr.write(`${reason}\n\n${HELP}`);
  return 2;
}
