/**
 * JSON without a choice: names ascending, no white space, whole numbers. The same content gives the
 * same bytes, on every machine and in every version of this program, so that a hash can stand for it.
 */
export function canonicalJson(value: unknown): Buffer {
  return Buffer.from(write(value), 'utf8');
}

function write(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`canonical JSON holds no ${value === null ? 'null' : typeof value}`);
  }
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${write(field)}`).join(',')}}`;
}
