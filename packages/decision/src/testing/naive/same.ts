/** Two answers to one input, compared by their content. */

export class Difference extends Error {
  override readonly name = 'Difference';
}

/** Throws a `Difference` where the two are not alike; absent and undefined are. */
export function same(what: string, input: unknown, decided: unknown, naive: unknown): void {
  const [a, b] = [asText(decided), asText(naive)];
  if (a === b) return;
  throw new Difference(`${what} differ on ${asText(input)}\n  decided ${a}\n  naive   ${b}`);
}

function asText(value: unknown): string {
  return JSON.stringify(value, sorted) ?? 'nothing';
}

/** The order in which an object's fields were written means nothing. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
