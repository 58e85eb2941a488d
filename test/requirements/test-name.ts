/**
 * How the table of requirements names a test: by its title; by the title of one of many that a
 * table makes, with or without its placeholders filled in; or by `TABLE.tsv: FIRST CELL` for the
 * row of a table in test/vectors.
 */
const PLACEHOLDER = /%[sdifjoOc#$]|\$\{[^}]*\}+|\$[\w.]+/g;

/** `text` is the first cell of the row. */
export type TableRow = { readonly table: string; readonly text: string };

export function tableRowOf(name: string): TableRow | undefined {
  const [, table, text] = /^([\w-]+\.tsv): (.+)$/.exec(name) ?? [];
  return table === undefined || text === undefined ? undefined : { table, text };
}

/** What the titles look like that a title with placeholders makes; undefined: it has none. */
export function asPattern(title: string): RegExp | undefined {
  const fixed = title.split(PLACEHOLDER);
  if (fixed.length === 1) return undefined;
  return new RegExp(`^${fixed.map(escaped).join('(.+)')}$`, 's');
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a test that ran is one that the name means. */
export function isNamed(
  name: string,
  { title, groups }: { readonly title: string; readonly groups: readonly string[] },
): boolean {
  const row = tableRowOf(name);
  if (row === undefined) return name === title || asPattern(name)?.test(title) === true;
  return groups.includes(row.table) && title.replace(/^line \d+: /, '') === row.text;
}
