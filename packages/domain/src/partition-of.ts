/**
 * The partition of a key, as every Kafka client computes it (murmur2 of the key's bytes, made
 * positive, modulo the count). Topics with the same count and key are thereby co-partitioned.
 */
export function partitionOf(key: string | Uint8Array, partitions: number): number {
  const hash =
    typeof key === 'string' ? murmur2(asciiBytes(key), key.length) : murmur2(key, key.length);
  return (hash & 0x7fffffff) % partitions;
}

/** Of a key that is used once: most keys are shorter than this and need no memory of their own. */
const scratch = new Uint8Array(64);

function asciiBytes(text: string): Uint8Array {
  const bytes = text.length <= scratch.length ? scratch : new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function murmur2(data: Uint8Array, length: number): number {
  const m = 0x5bd1e995;
  let h = 0x9747b28c ^ length;
  const whole = length & ~3;
  const at = (i: number) => data[i] ?? 0;
  for (let i = 0; i < whole; i += 4) {
    let k = at(i) | (at(i + 1) << 8) | (at(i + 2) << 16) | (at(i + 3) << 24);
    k = Math.imul(k, m);
    k ^= k >>> 24;
    k = Math.imul(k, m);
    h = Math.imul(h, m) ^ k;
  }
  const rest = length & 3;
  if (rest >= 3) h ^= at(whole + 2) << 16;
  if (rest >= 2) h ^= at(whole + 1) << 8;
  if (rest >= 1) h = Math.imul(h ^ at(whole), m);
  h = Math.imul(h ^ (h >>> 13), m);
  return h ^ (h >>> 15);
}
