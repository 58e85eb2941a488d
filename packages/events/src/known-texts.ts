/**
 * Texts that come again and again (codes, teams, postcodes, hashes), found by their bytes: no text
 * is made and nothing is checked for one that was read before. Each field has its own; a text that
 * falls on another's place takes it, so that it can't grow.
 */
const PLACES = 512;
export const KNOWN_BYTES_MAX = 64;

export class KnownTexts<T extends string> {
  readonly #bytes = new Uint8Array(PLACES * KNOWN_BYTES_MAX);
  readonly #texts: (T | undefined)[] = Array.from({ length: PLACES }, () => undefined);
  readonly #lengths = new Uint8Array(PLACES);

  get(bytes: Uint8Array, start: number, length: number): T | undefined {
    if (length > KNOWN_BYTES_MAX) return undefined;
    const place = placeOf(bytes, start, length);
    if (this.#lengths[place] !== length) return undefined;
    const at = place * KNOWN_BYTES_MAX;
    const known = this.#bytes;
    for (let i = 0; i < length; i++) if (known[at + i] !== bytes[start + i]) return undefined;
    return this.#texts[place];
  }

  /** Remembers what the bytes say, which must be at most KNOWN_BYTES_MAX. */
  set(bytes: Uint8Array, start: number, text: T, length: number): void {
    const place = placeOf(bytes, start, length);
    this.#texts[place] = text;
    this.#lengths[place] = length;
    this.#bytes.set(bytes.subarray(start, start + length), place * KNOWN_BYTES_MAX);
  }
}

/** Of about eight of the bytes, and the last: enough to tell codes apart. */
function placeOf(bytes: Uint8Array, start: number, length: number): number {
  const step = 1 + (length >>> 3);
  let mixed = length;
  for (let i = 0; i < length; i += step) mixed = Math.imul(mixed, 31) + (bytes[start + i] ?? 0);
  mixed = Math.imul(mixed, 31) + (bytes[start + length - 1] ?? 0);
  return (mixed ^ (mixed >>> 9)) & (PLACES - 1);
}
