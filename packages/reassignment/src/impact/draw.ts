import type { ClientKey } from '@smc/domain';

type Drawn<T> = { readonly lot: number; readonly client: ClientKey; readonly row: T };

/**
 * A sample by chance that anybody can draw again (E30): the clients with the lowest lots. A lot
 * depends on the seed and the client key alone, so it says nothing of the person.
 */
export class Draw<T> {
  readonly #size: number;
  readonly #seed: number;
  /** Ascending by lot. */
  readonly #drawn: Drawn<T>[] = [];

  constructor(options: { readonly size: number; readonly seed: number }) {
    this.#size = options.size;
    this.#seed = options.seed;
  }

  offer(client: ClientKey, row: T): void {
    const one = { lot: lotOf(client, this.#seed), client, row };
    const worst = this.#drawn.at(-1);
    const isFull = this.#drawn.length >= this.#size;
    if (isFull && (worst === undefined || !isBefore(one, worst))) return;
    if (isFull) this.#drawn.pop();
    const place = this.#drawn.findIndex((drawn) => isBefore(one, drawn));
    this.#drawn.splice(place < 0 ? this.#drawn.length : place, 0, one);
  }

  get drawn(): readonly T[] {
    return this.#drawn.map(({ row }) => row);
  }
}

function isBefore<T>(a: Drawn<T>, b: Drawn<T>): boolean {
  return a.lot !== b.lot ? a.lot < b.lot : a.client < b.client;
}

/** 32 bits: FNV-1a over the key, begun with the seed, with the finish of murmur3. */
function lotOf(client: ClientKey, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < client.length; i++) {
    hash = Math.imul(hash ^ client.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
