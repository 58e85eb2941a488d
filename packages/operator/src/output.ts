import { styleText } from 'node:util';

/** Where a command's words go: data to stdout, talk to stderr. */
export type Output = {
  /** Whether data is JSON for machines; texts for people otherwise. */
  readonly json: boolean;
  /** The answer: one JSON value, or the lines that `text` makes of it. */
  readonly data: (value: unknown, text: () => readonly string[]) => void;
  /** What is going on. */
  readonly talk: (line: string) => void;
  /** Whether a progress bar can be drawn: a person is looking at stderr. */
  readonly interactive: boolean;
};

export function createOutput(json: boolean): Output {
  return {
    json,
    interactive: process.stderr.isTTY === true && process.env['CI'] === undefined,
    data(value, text) {
      const lines = json ? [JSON.stringify(value, undefined, 2)] : text();
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    },
    talk: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** Columns as wide as their widest cell; numbers to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => show(cell)));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)));
  return cells.map((row, r) => {
    const line = row
      .map((cell, i) => {
        const numeric = r > 0 && typeof rows[r - 1]?.[i] === 'number';
        const width = widths[i] ?? 0;
        return numeric ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
    return r === 0 ? styleText('bold', line, { stream: process.stdout }) : line;
  });
}

/** 20000 as 20,000. */
export function show(value: string | number): string {
  return typeof value === 'number' ? value.toLocaleString('en-GB') : value;
}
