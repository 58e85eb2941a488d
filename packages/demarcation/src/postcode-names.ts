import { postcodesOf } from './postcode-csv.ts';

/** Names in ascending order as ranges: `3511-3525`, `3511AA-3511AC`. */
export function rangesOf(names: readonly string[]): readonly string[] {
  const runs: [from: string, to: string][] = [];
  for (const name of names) {
    const last = runs.at(-1);
    if (last !== undefined && follows(last[1], name)) last[1] = name;
    else runs.push([name, name]);
  }
  return runs.map(([from, to]) => (from === to ? from : `${from}-${to}`));
}

function follows(name: string, next: string): boolean {
  if (name.length !== next.length) return false;
  if (name.length === 4) return Number(next) === Number(name) + 1;
  const [, second] = postcodesOf({ from: name, to: `${name.slice(0, 4)}ZZ` });
  return second === next;
}
