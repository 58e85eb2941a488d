/** Adds to a count that begins at nothing. */
export function count<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Adds to one of many counts by two names; a count that comes to nothing goes. */
export function countIn<K, L>(
  counts: Map<K, Map<L, number>>,
  [outer, inner]: readonly [K, L],
  by = 1,
): void {
  let own = counts.get(outer);
  if (own === undefined) counts.set(outer, (own = new Map()));
  const now = (own.get(inner) ?? 0) + by;
  if (now === 0) own.delete(inner);
  else own.set(inner, now);
}

/** Ascending by name, the same in every locale. */
export function byName<K extends string, V>(
  counts: ReadonlyMap<K, V>,
): readonly (readonly [K, V])[] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
