/**
 * A value as one line of JSON without a choice: names ascending, no white space, whole numbers, and
 * what is undefined left out. The same plan has the same bytes on every machine, so that a hash can
 * stand for it.
 */
export function canonicalLine(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalLine).join(',')}]`;
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`a plan holds no ${value === null ? 'null' : typeof value}`);
  }
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  let text = '';
  for (const [name, field] of fields) {
    if (field === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalLine(field)}`;
  }
  return `{${text}}`;
}
