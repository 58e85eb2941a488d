import { readFile, stat, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { LocalDate } from '@smc/domain';
import {
  formatProblem,
  GEO_BYTES_MAX,
  MAP_BY,
  mapPage,
  ownAreaPostcodes,
  readableDemarcation,
  readAreaPostcodes,
  readFiles,
  readGeography,
  type AreaPostcodes,
  type MapBy,
  type ReadableDemarcation,
  type Shape,
} from '@smc/demarcation';
import { command, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { dateOf, LANGUAGE_OPTION, languageOf, mustBeFolder } from './demarcation-document.ts';

type Options = {
  readonly json?: boolean;
  readonly geo: string;
  readonly areas?: string;
  readonly out: string;
  readonly at?: string;
  readonly by: string;
  readonly lang: string;
};

const WORDS = `
--geo takes TopoJSON (its first layer) or GeoJSON with an id per area. Which postcodes lie in an area is told by --areas, a CSV with postcode (or pc4) and area (or any column that holds the ids of the geography); without it the areas must be four digits or the arbeidsmarktregio's of the document.
A document with errors is drawn as far as it can be read, with its errors listed in the page.`;

export function demarcationMapCommand(): Command {
  return command(
    'map',
    'draws a demarcation folder: one HTML page that needs nothing else, with gaps and overlaps marked',
    'demarcation map packages/example/demarcation/2026-07 --geo gemeenten.topo.json --areas pc4.csv --out map.html',
    WORDS,
  )
    .argument('<folder>')
    .requiredOption('--geo <file>', 'TopoJSON or GeoJSON')
    .requiredOption('--out <file>', 'the page to write')
    .option('--areas <file>', 'CSV: which postcode lies in which area')
    .option('--at <date>', 'the day; left out: the first day of the version')
    .option('--by <what>', `what is coloured: ${MAP_BY.join(', ')}`, 'office')
    .option(...LANGUAGE_OPTION)
    .action(async (folder: string, options: Options) => {
      const by = byOf(options.by);
      const language = languageOf(options.lang);
      await mustBeFolder(folder);
      const readable = readableDemarcation(await readFiles(folder));
      const on = dayOf(options.at, readable, by);
      const shapes = await shapesOf(options.geo);
      const postcodes = await postcodesOf(options.areas, shapes, readable);
      const page = mapPage(readable, { shapes, postcodes, how: { by, on, language } });
      await write(options.out, page.html);
      const { areas, gaps, overlaps, withoutPostcodes } = page;
      const problems = readable.problems.length;
      outputOf(options).data(
        { out: options.out, on, by, areas, withoutPostcodes, gaps, overlaps, problems },
        () => [
          `map         ${options.out}, ${areas} areas by ${by} on ${on}`,
          `gaps        ${gaps.join(', ') || 'none'}`,
          `overlaps    ${overlaps.join(', ') || 'none'}`,
          `no postcode ${withoutPostcodes.join(', ') || 'none'}`,
          `problems    ${problems === 0 ? 'none' : `${problems}, listed in the page`}`,
        ],
      );
    });
}

function byOf(text: string): MapBy {
  const by = MAP_BY.find((one) => one === text);
  if (by !== undefined) return by;
  throw new CommandEnd(EXIT.usage, `--by takes ${MAP_BY.join(', ')}; got ${text}`);
}

/** The day of the map. Without the version's own file there is no first day, and no teams to ask. */
function dayOf(at: string | undefined, readable: ReadableDemarcation, by: MapBy): LocalDate {
  const first = readable.organisation?.effectiveFrom;
  const day = at === undefined ? first : dateOf(at);
  if (day === undefined || (first === undefined && by === 'team')) {
    const lines = readable.problems.map((problem) => formatProblem(problem));
    const what = "demarcation.yaml can't be read: give --at, and --by office or basis.";
    throw new CommandEnd(EXIT.usage, [...lines, what].join('\n'));
  }
  if (first !== undefined && day < first) {
    const what = `This demarcation holds from ${first} on; on ${day} it does not yet.`;
    throw new CommandEnd(EXIT.no, what);
  }
  return day;
}

async function shapesOf(file: string): Promise<readonly Shape[]> {
  const read = readGeography(await textOf(file));
  if (read.ok) return read.value;
  throw new CommandEnd(EXIT.usage, `${file}: ${read.refusal}`);
}

async function postcodesOf(
  file: string | undefined,
  shapes: readonly Shape[],
  { claims }: ReadableDemarcation,
): Promise<AreaPostcodes> {
  if (file === undefined) {
    const own = ownAreaPostcodes(shapes, claims);
    if (own !== undefined) return own;
    const what = 'The areas are neither four digits nor arbeidsmarktregio’s of the document';
    throw new CommandEnd(EXIT.usage, `${what}: --areas tells which postcodes lie in them.`);
  }
  const read = readAreaPostcodes(await textOf(file), shapes);
  if (read.ok) return read.value;
  throw new CommandEnd(EXIT.usage, `${file}:${read.refusal}`);
}

async function textOf(file: string): Promise<string> {
  const facts = await stat(file).catch(() => undefined);
  if (facts?.isFile() !== true) throw new CommandEnd(EXIT.usage, `There is no file ${file}.`);
  if (facts.size > GEO_BYTES_MAX) {
    throw new CommandEnd(EXIT.usage, `${file}: at most ${GEO_BYTES_MAX} bytes expected`);
  }
  return readFile(file, 'utf8');
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandEnd(EXIT.usage, `${file} can't be written: ${why}`);
  }
}
