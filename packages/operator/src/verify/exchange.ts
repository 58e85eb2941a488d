/**
 * What tasks write to other tasks' partitions, compared without keeping it.
 *
 * Clients' tasks write to offices and offices' tasks to clients, each to many partitions, and each
 * partition has many writers; but what one task writes to one partition stands there in its order.
 * So for each pair there are two sequences that must be equal: what deciding again foresees, and
 * what stands on the log. One walk puts one of them down, as digests of 128 bits; the other walk
 * compares.
 */
import { hash } from 'node:crypto';

const DIGEST_BYTES = 16;
const ENTRY_BYTES = 2 * DIGEST_BYTES;
const FIRST_ENTRIES = 256;
/** How far a record is searched behind its place: the rest of a broken log is not worth more. */
const SEARCHED_MAX = 10_000;

/** How a record compares with the sequence: `before` so many stand there that were not met. */
export type Compared = {
  readonly before: number;
  readonly match: 'same' | 'different' | 'missing';
};

export class Sequence {
  #entries = Buffer.alloc(FIRST_ENTRIES * ENTRY_BYTES);
  #added = 0;
  #taken = 0;

  add(id: string, value: Buffer): void {
    if (this.#added * ENTRY_BYTES === this.#entries.length) {
      this.#entries = Buffer.concat([this.#entries, Buffer.alloc(this.#entries.length)]);
    }
    const at = this.#added++ * ENTRY_BYTES;
    digestOf(id).copy(this.#entries, at, 0, DIGEST_BYTES);
    digestOf(value).copy(this.#entries, at + DIGEST_BYTES, 0, DIGEST_BYTES);
  }

  /** Compares the next record: with the next of the sequence, or with one behind it. */
  compare(id: string, value: Buffer): Compared {
    const wanted = digestOf(id).subarray(0, DIGEST_BYTES);
    const until = Math.min(this.#added, this.#taken + SEARCHED_MAX);
    for (let i = this.#taken; i < until; i++) {
      const at = i * ENTRY_BYTES;
      if (!wanted.equals(this.#entries.subarray(at, at + DIGEST_BYTES))) continue;
      const before = i - this.#taken;
      this.#taken = i + 1;
      const stands = this.#entries.subarray(at + DIGEST_BYTES, at + ENTRY_BYTES);
      const same = stands.equals(digestOf(value).subarray(0, DIGEST_BYTES));
      return { before, match: same ? 'same' : 'different' };
    }
    return { before: 0, match: 'missing' };
  }

  /** How many were never met. */
  get left(): number {
    return this.#added - this.#taken;
  }
}

/** The sequences of all pairs of a writing and a receiving partition. */
export class Exchange {
  readonly #pairs = new Map<string, Sequence>();

  between(writer: number, receiver: number): Sequence {
    const pair = `${writer}>${receiver}`;
    let sequence = this.#pairs.get(pair);
    if (sequence === undefined) this.#pairs.set(pair, (sequence = new Sequence()));
    return sequence;
  }
}

const digestOf = (of: string | Buffer) => hash('sha256', of, 'buffer');
