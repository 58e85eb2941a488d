import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The rows of a table in this folder, each with its line number as `line`. Columns are divided by
 * tabs, the first row names them, `#` begins a remark, and an empty cell is an empty text.
 */
export function readVectors(file: string): readonly Readonly<Record<string, string>>[] {
  const lines = readFileSync(path.join(import.meta.dirname, file), 'utf8').split('\n');
  const rows = lines
    .map((text, i) => ({ line: i + 1, cells: text.split('\t').map((cell) => cell.trim()) }))
    .filter(({ cells: [first = '', ...rest] }) => !first.startsWith('#') && first + rest.join(''));
  const header = rows.shift()?.cells ?? [];
  return rows.map(({ line, cells }) => {
    if (cells.length > header.length) throw new Error(`${file}:${line} has too many columns`);
    const named = header.map((name, i) => [name, cells[i] ?? '']);
    return { ...Object.fromEntries(named), line: String(line) };
  });
}
