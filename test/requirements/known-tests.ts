/** The tests that there are, read from their sources: a title need not run to exist. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readVectors } from '../vectors/read-vectors.ts';
import { asPattern, tableRowOf, type TableRow } from './test-name.ts';

type Source = { readonly file: string; readonly text: string; readonly titles: readonly string[] };

export type KnownTests = {
  /** Why no test, or not exactly one, has this name; undefined: all is well. */
  readonly problemWith: (name: string) => string | undefined;
};

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDERS = ['packages', 'services', 'infra', 'schemas', 'test'];

export function readKnownTests(): KnownTests {
  const sources = FOLDERS.flatMap((folder) => typescriptIn(folder)).map((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    return { file, text, titles: text.includes("from 'vitest'") ? titlesIn(text) : [] };
  });
  return {
    problemWith(name) {
      const row = tableRowOf(name);
      return row === undefined ? titleProblem(name, sources) : rowProblem(row, sources);
    },
  };
}

const QUOTED = String.raw`(['"\x60])((?:\\.|(?!\1)[^\\])*)\1`;
const PLAIN = new RegExp(String.raw`(?<![.\w])(?:test|it)\(\s*${QUOTED}`, 'gs');
/** `test.each(table)('title'`: the title opens the second pair of brackets. */
const TABLED = new RegExp(
  String.raw`(?<![.\w])(?:test|it)\.(?:each|for|runIf|skipIf)\b.*?\)\(\s*${QUOTED}`,
  'gs',
);

/** As they are written, with their placeholders. */
export function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(PLAIN), ...text.matchAll(TABLED)].map(([, , title = '']) =>
    title.replaceAll(/\\(.)/g, '$1'),
  );
}

/** `journey.tsv: a move keeps the team` is a row of a table that some test reads. */
function rowProblem(row: TableRow, sources: readonly Source[]): string | undefined {
  if (!sources.some(({ titles, text }) => titles.length > 0 && text.includes(`'${row.table}'`))) {
    return `no test reads ${row.table}`;
  }
  const firstCells = readVectors(row.table).map((cells) => Object.values(cells)[0]);
  return firstCells.includes(row.text) ? undefined : `${row.table} has no such row`;
}

function titleProblem(name: string, sources: readonly Source[]): string | undefined {
  const exact = sources.flatMap(({ titles }) => titles.filter((title) => title === name));
  const made = () =>
    sources.flatMap((source) => source.titles.filter((title) => makes(title, source)));
  const found = exact.length > 0 ? exact : made();
  if (found.length === 1) return undefined;
  return found.length === 0 ? 'no test has this title' : `${found.length} tests have this title`;

  /** Whether a table makes the name of a title with placeholders, from what its sources hold. */
  function makes(title: string, { file }: Source): boolean {
    const values = asPattern(title)?.exec(name)?.slice(1);
    if (values === undefined) return false;
    const folder = file.split('/').slice(0, 2).join('/');
    const tables = sources.filter(
      (one) => one.file === file || (one.file.startsWith(folder) && one.file.includes('/testing/')),
    );
    return values.every((value) => tables.some(({ text }) => isWritten(value, text)));
  }
}

/** As a text or a number, or as the list that `%j` makes JSON of. */
function isWritten(value: string, text: string): boolean {
  if (value.startsWith('[')) return withoutLayout(text).includes(withoutLayout(value));
  const isNumber = /^[\d.]+$/.test(value);
  return ["'", '"', '`', ...(isNumber ? [''] : [])].some((quote) =>
    text.includes(quote + value + quote),
  );
}

const withoutLayout = (text: string) => text.replaceAll(/\s/g, '').replaceAll('"', "'");

function typescriptIn(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.name === 'node_modules') return [];
    if (entry.isDirectory()) return typescriptIn(name);
    return name.endsWith('.ts') ? [name] : [];
  });
}
