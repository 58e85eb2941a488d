import { assert } from '@smc/domain';

/** More names than any organisation has; a number fits sixteen bits. */
const CODES_MAX = 0x10000;

/** Names as small numbers, so that what is remembered of millions of clients stays small. */
export class Codes {
  readonly #numbers = new Map<string, number>();

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    assert(number < CODES_MAX, 'more different names than an organisation has');
    this.#numbers.set(name, number);
    return number;
  }
}
