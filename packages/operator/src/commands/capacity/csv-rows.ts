import type { Problems } from '@smc/demarcation';

export type Columns = {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly linesMax: number;
};

/** A line of the file. A cell that is empty or whose column is absent is not there. */
export type CsvRow = {
  readonly cell: (name: string) => CsvCell | undefined;
  /** The cell of a required column; empty or not. */
  readonly must: (name: string) => CsvCell;
};

type Where = { readonly file: string; readonly line: number; readonly column: number };

/** One cell; reads as a place in YAML does. */
export class CsvCell {
  readonly #at: Where & { readonly name: string; readonly value: string };
  readonly #problems: Problems;

  constructor(at: Where & { readonly name: string; readonly value: string }, problems: Problems) {
    this.#at = at;
    this.#problems = problems;
  }

  text<T>(read: (text: string) => T | undefined, what: string): T | undefined {
    const value = read(this.#at.value);
    return value === undefined ? this.expected(what) : value;
  }

  expected(what: string): undefined {
    return this.#problems.add(this.#at, this.#at.name, `expected ${what}`);
  }
}

/**
 * Reads what a spreadsheet saves as CSV: a header that names the columns, in any order; divided by
 * commas, or by semicolons as in the Netherlands. Lines that start with # are for people. A quote is
 * refused: no name or number here needs one.
 */
export function readCsvRows(
  source: { readonly file: string; readonly text: string; readonly columns: Columns },
  problems: Problems,
): readonly CsvRow[] {
  const { file, columns } = source;
  const lines = source.text
    .split(/\r?\n/)
    .map((text, i) => ({ text, line: i + 1 }))
    .filter(({ text }) => text.trim() !== '' && !text.startsWith('#'));
  const [header = { text: '', line: 1 }, ...rows] = lines;
  const refuse = (line: number, field: string, message: string) =>
    problems.add({ file, line, column: 1 }, field, message);
  const divider = header.text.includes(';') ? ';' : ',';
  const names = header.text.split(divider).map((name) => name.trim());
  const wrong = wrongName(names, columns);
  if (wrong !== undefined) refuse(header.line, wrong, `expected a header with ${named(columns)}`);
  else if (rows.length === 0) refuse(header.line, '', 'expected lines below the header');
  if (rows.length > columns.linesMax) {
    refuse(header.line, '', `expected at most ${columns.linesMax} lines below the header`);
  }
  if (wrong !== undefined || rows.length > columns.linesMax) return [];
  return rows.flatMap(({ text, line }) => {
    const values = text.split(divider);
    if (!text.includes('"') && values.length === names.length) {
      return [rowOf({ file, line, names, values }, problems)];
    }
    const what = `expected ${names.length} values divided by ${divider} and no quotes`;
    return refuse(line, '', what) ?? [];
  });
}

/** A column that is missing, unknown or there twice. */
function wrongName(names: readonly string[], { required, optional }: Columns): string | undefined {
  const known = [...required, ...optional];
  return (
    required.find((name) => !names.includes(name)) ??
    names.find((name, i) => !known.includes(name) || names.indexOf(name) < i)
  );
}

const named = ({ required, optional }: Columns): string =>
  required.join(', ') + (optional.length > 0 ? `, and perhaps ${optional.join(', ')}` : '');

function rowOf(
  row: {
    readonly file: string;
    readonly line: number;
    readonly names: readonly string[];
    readonly values: readonly string[];
  },
  problems: Problems,
): CsvRow {
  const must = (name: string) => {
    const i = row.names.indexOf(name);
    const column = row.values.slice(0, i).reduce((sum, value) => sum + value.length + 1, 1);
    const value = row.values[i]?.trim() ?? '';
    return new CsvCell({ file: row.file, line: row.line, column, name, value }, problems);
  };
  const isThere = (name: string) => (row.values[row.names.indexOf(name)] ?? '').trim() !== '';
  return { must, cell: (name) => (isThere(name) ? must(name) : undefined) };
}
