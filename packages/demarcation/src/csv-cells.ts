/** The cells of one line of CSV; a cell in double quotes may hold commas, and a quote as two. */
export function csvCells(line: string): readonly string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*(?:,|$)/.exec(rest);
    const bare = /^([^,]*)(?:,|$)/.exec(rest);
    const [all = '', cell = ''] = quoted ?? bare ?? [];
    cells.push(quoted === null ? cell.trim() : cell.replaceAll('""', '"'));
    if (!all.endsWith(',')) return cells;
    rest = rest.slice(all.length);
  }
}
