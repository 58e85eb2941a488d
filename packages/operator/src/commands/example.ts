import type { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { generateCases, INVENTED_BSNS_MAX, loadPopulation } from '@smc/example';
import { command, group, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { show } from '../output.ts';

type Options = { readonly json?: boolean; readonly cases: string; readonly seed: string };

/** As many cases as the largest simulation is made for. */
const CASES_MAX = 10_000_000;
const CASES_PER_CLIENT = 2.5;
const LINES_PER_WRITE = 500;
/** The year of the example's two versions. */
const FROM_MS = Date.UTC(2026, 0, 2);
const UNTIL_MS = Date.UTC(2027, 0, 1);

export function exampleCommand(): Command {
  const cases = command(
    'cases',
    'writes a file of cases of invented people, as intake takes them; the same seed, the same file',
    'example cases cases.ndjson.gz --cases 100000',
  )
    .argument('<file>', 'one JSON object a line; packed where the name ends in .gz')
    .option('--cases <n>', 'how many cases; closures, moves and the like come on top', '20000')
    .option('--seed <n>', 'another seed, other people', '1')
    .action(async (file: string, options: Options) => {
      const [count, seed] = [
        wholeNumber('--cases', options.cases, { min: 1, max: CASES_MAX }),
        wholeNumber('--seed', options.seed, { min: 0, max: 2 ** 31 - 1 }),
      ];
      const written = { lines: 0 };
      const lines = linesOf(count, seed, written);
      const target = createWriteStream(file);
      if (file.endsWith('.gz')) await pipeline(Readable.from(lines), createGzip(), target);
      else await pipeline(Readable.from(lines), target);
      const answer = { file, cases: count, lines: written.lines };
      outputOf(options).data(answer, () => [
        `${show(written.lines)} lines with ${show(count)} cases of invented people in ${file}`,
      ]);
    });
  return group('example', 'invented data to try things with', [cases]);
}

function* linesOf(cases: number, seed: number, written: { lines: number }): Generator<string> {
  const clients = Math.min(INVENTED_BSNS_MAX, Math.ceil(cases / CASES_PER_CLIENT));
  const period = { fromMs: FROM_MS, untilMs: UNTIL_MS };
  let text = '';
  for (const input of generateCases({
    seed,
    clients,
    cases,
    population: loadPopulation(),
    ...period,
  })) {
    text += `${JSON.stringify(input)}\n`;
    if (++written.lines % LINES_PER_WRITE > 0) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** The value of an option, or the end of the command with what was expected. */
export function wholeNumber(
  option: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const limits = `${show(min)} to ${show(max)}`;
  throw new CommandEnd(EXIT.usage, `${option} takes a whole number from ${limits}; got ${text}`);
}
