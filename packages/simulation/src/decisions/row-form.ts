import type { DecisionRow } from './decision-row.ts';

/** How rows stand in a file. */
export type RowForm = { readonly head: string; readonly line: (row: DecisionRow) => string };

const COLUMNS = [
  'demarcation',
  'clientKey',
  'cases',
  'outcome',
  'effectiveOn',
  'team',
  'office',
  'district',
  'arbeidsmarktregio',
  'law',
  'product',
  'line',
  'rule',
  'basis',
  'parkedCode',
  'cause',
  'explanation',
  'words',
] as const satisfies readonly (keyof DecisionRow)[];

export const NDJSON_ROWS: RowForm = {
  head: '',
  line: ({ words, ...row }) => `${JSON.stringify(words.length > 0 ? { ...row, words } : row)}\n`,
};

/** A table; lists with spaces between, sentences as sentences. */
export const CSV_ROWS: RowForm = {
  head: `${COLUMNS.join(',')}\n`,
  line: (row) => `${COLUMNS.map((name) => cellOf(row[name])).join(',')}\n`,
};

function cellOf(value: string | readonly string[] | undefined): string {
  const text = typeof value === 'string' ? value : (value ?? []).join(' ');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
