import type { Brand } from './brand.ts';
import { accept, refuse, type Result } from './result.ts';

/** The last two digits of a BSN, `00` to `99`: all that the basis `bsn` needs. */
export type BsnSuffix = Brand<string, 'BsnSuffix'>;

export type BsnRefusal = 'BSN_NOT_NINE_DIGITS' | 'BSN_FAILS_ELEVEN_TEST';

/**
 * A checked burgerservicenummer. It prints as `[bsn]` wherever it is logged, serialised or
 * inspected; `reveal` is the one way out and belongs to intake alone (Wabb article 10).
 */
export class Bsn {
  readonly #digits: string;

  private constructor(digits: string) {
    this.#digits = digits;
  }

  /** Nine digits that pass the elfproef: weights 9 to 2 and -1, sum divisible by eleven. */
  static parse(text: string): Result<Bsn, BsnRefusal> {
    if (!/^[0-9]{9}$/.test(text)) return refuse('BSN_NOT_NINE_DIGITS');
    return passesElfproef(text) ? accept(new Bsn(text)) : refuse('BSN_FAILS_ELEVEN_TEST');
  }

  get suffix(): BsnSuffix {
    return this.#digits.slice(-2) as BsnSuffix;
  }

  reveal(): string {
    return this.#digits;
  }

  toString(): string {
    return '[bsn]';
  }

  toJSON(): string {
    return '[bsn]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[bsn]';
  }
}

export function isBsnSuffix(text: unknown): text is BsnSuffix {
  return typeof text === 'string' && /^[0-9]{2}$/.test(text);
}

/** The elfproef on nine digits; `000000000` passes the sum and is refused all the same. */
export function passesElfproef(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < 9; i++) {
    const digit = digits.charCodeAt(i) - 48;
    sum += digit * (i === 8 ? -1 : 9 - i);
  }
  return sum % 11 === 0 && digits !== '000000000';
}
