import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import {
  formatProblem,
  parseYaml,
  Problems,
  YAML_BYTES_MAX,
  type YamlCursor,
} from '@smc/demarcation';
import { CommandEnd, EXIT } from '../../exit.ts';
import { readCsvRows, type Columns, type CsvRow } from './csv-rows.ts';

/** A value in a file, YAML or CSV, that knows where it stands and reports what it is not. */
export type Field = Pick<YamlCursor, 'text' | 'expected'>;

export type Forms<T> = {
  readonly yaml: (at: YamlCursor) => T | undefined;
  /** Absent where the input has more levels than a spreadsheet. */
  readonly csv?: Columns & { readonly read: (rows: readonly CsvRow[]) => T | undefined };
};

/**
 * Reads an input file: CSV by its name, YAML otherwise. Ends the command with every problem, each
 * with file, line, column and field, when there is one.
 */
export async function readInput<T>(file: string, forms: Forms<T>): Promise<T> {
  if (!existsSync(file)) throw new CommandEnd(EXIT.usage, `There is no file ${file}.`);
  const facts = await stat(file);
  if (!facts.isFile() || facts.size > YAML_BYTES_MAX) {
    throw new CommandEnd(
      EXIT.usage,
      `${file}: expected a file of at most ${YAML_BYTES_MAX} bytes.`,
    );
  }
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  const problems = new Problems();
  const value = read(file, { text, forms, problems });
  if (value !== undefined && problems.isEmpty) return value;
  const found = problems.list.map((problem) => formatProblem(problem));
  throw new CommandEnd(EXIT.usage, found.join('\n'));
}

function read<T>(
  file: string,
  { text, forms, problems }: { text: string; forms: Forms<T>; problems: Problems },
): T | undefined {
  const isEmpty = text.split('\n').every((line) => line.trim() === '' || line.startsWith('#'));
  if (isEmpty) return problems.add({ file, line: 1, column: 1 }, '', 'expected something in it');
  if (!file.toLowerCase().endsWith('.csv')) return forms.yaml(parseYaml(file, text, problems));
  if (forms.csv !== undefined) {
    return forms.csv.read(readCsvRows({ file, text, columns: forms.csv }, problems));
  }
  return problems.add({ file, line: 1, column: 1 }, '', 'expected YAML: this input has levels');
}
