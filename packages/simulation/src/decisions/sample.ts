import type { DecisionRow } from './decision-row.ts';

/** More than a person looks at. */
export const SAMPLE_MAX = 10_000;

type Drawn = { readonly lot: number; readonly row: DecisionRow };

/**
 * A random sample of decisions, for people to judge (E30): those with the lowest lots. A lot depends
 * on the seed and on the case alone, so the same file and seed give the same cases, in every
 * scenario and whatever the secret behind the client keys.
 */
export class Sample {
  readonly #size: number;
  readonly #seed: number;
  /** Ascending by lot. */
  readonly #drawn: Drawn[] = [];

  constructor(options: { readonly size: number; readonly seed: number }) {
    this.#size = options.size;
    this.#seed = options.seed;
  }

  /** `row` is asked for its explanation only when it is drawn. */
  offer(about: Pick<DecisionRow, 'cases' | 'outcome'>, row: () => DecisionRow): void {
    if (this.#size === 0) return;
    const lot = lotOf(`${about.outcome} ${about.cases.join(' ')}`, this.#seed);
    const worst = this.#drawn.at(-1);
    const isFull = this.#drawn.length >= this.#size;
    if (isFull && worst !== undefined && lot >= worst.lot) return;
    if (isFull) this.#drawn.pop();
    const place = this.#drawn.findIndex((drawn) => drawn.lot > lot);
    this.#drawn.splice(place < 0 ? this.#drawn.length : place, 0, { lot, row: row() });
  }

  get rows(): readonly DecisionRow[] {
    return this.#drawn.map(({ row }) => row);
  }
}

/** 53 bits from a text and a seed: two multiplicative hashes of 32 bits, finished as murmur3 is. */
function lotOf(text: string, seed: number): number {
  let [high, low] = [0xdeadbeef ^ seed, 0x41c6ce57 ^ seed];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = mixed(high) ^ mixed(low ^ (low >>> 13));
  low = mixed(low) ^ mixed(high ^ (high >>> 13));
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}

function mixed(value: number): number {
  return Math.imul(value ^ (value >>> 16), 0x85ebca6b);
}
