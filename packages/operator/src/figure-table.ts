import { show, table } from './output.ts';

type Cell = string | number;

const FIGURE = /^(?:[+-]?[0-9,]+(?:\.[0-9]+)?|-)$/;

/** A table in which figures that are written out, such as `5.50` or `+17,807`, stand to the right as numbers do. */
export function figureTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): readonly string[] {
  const widths = head.map((name, i) =>
    Math.max(name.length, ...rows.map((row) => show(row[i] ?? '').length)),
  );
  const aligned = rows.map((row) =>
    row.map((cell, i) =>
      typeof cell === 'string' && FIGURE.test(cell) ? cell.padStart(widths[i] ?? 0) : cell,
    ),
  );
  return table(head, aligned);
}
