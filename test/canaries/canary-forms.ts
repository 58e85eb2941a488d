/**
 * The disguises of a BSN: how its nine digits look after a careless hop. Searching bytes for all of
 * them finds a leak whatever the program that leaked it.
 */
import { must } from '@smc/domain';
import { inventedBsn } from '@smc/example';

/** A BSN that exists in one test only, and where it was put: what a leak is traced back by. */
export type Canary = { readonly bsn: string; readonly where: string };

export type Leak = { readonly canary: string; readonly form: string; readonly place: string };

/** Far behind the clients of any demonstration. */
const FIRST_CLIENT = 8_000_000;

/** Hands out a new canary for each place. */
export class Canaries {
  readonly #all: Canary[] = [];

  at(where: string): string {
    // Steps of ten: every canary differs from the others in more than its last digits.
    const bsn = inventedBsn(FIRST_CLIENT + 10 * this.#all.length);
    this.#all.push({ bsn, where });
    return bsn;
  }

  get all(): readonly Canary[] {
    return this.#all;
  }

  /** Every canary that stands in these bytes, in any form. */
  leaksIn(bytes: Buffer, place: string): readonly Leak[] {
    return this.#all.flatMap(({ bsn, where }) =>
      formsOf(bsn)
        .filter(([, form]) => bytes.includes(form))
        .map(([form]) => ({ canary: where, form, place })),
    );
  }
}

type Form = readonly [name: string, bytes: Buffer];

function formsOf(bsn: string): readonly Form[] {
  const bytes = Buffer.from(bsn, 'latin1');
  const groups = [
    [bsn.slice(0, 3), bsn.slice(3, 6), bsn.slice(6)],
    [bsn.slice(0, 4), bsn.slice(4, 6), bsn.slice(6)],
  ];
  const grouped = groups.flatMap((parts) =>
    ['.', ' ', '-', '%20', '+'].map((separator) => parts.join(separator)),
  );
  const texts: readonly (readonly [string, string])[] = [
    ['plain', bsn],
    ['hex', bytes.toString('hex')],
    ['URL-encoded', bsn.replace(/[0-9]/g, '%3$&')],
    ...[0, 1, 2].map((shift) => [`base64, shifted ${shift}`, base64Within(bytes, shift)] as const),
    ...grouped.map((text) => ['in groups', text] as const),
  ];
  return [
    ...texts.map(([name, text]): Form => [name, Buffer.from(text, 'latin1')]),
    ['UTF-16', Buffer.from(bsn, 'utf16le')],
    ['a number of four bytes', numberOf(bsn, 'BE')],
    ['a number of four bytes, reversed', numberOf(bsn, 'LE')],
  ];
}

/** The characters that stand in the base64 of any text with these bytes at such a place in it. */
function base64Within(bytes: Buffer, shift: number): string {
  const padded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  return must(padded.slice(first, last), 'nine bytes give several characters');
}

function numberOf(bsn: string, order: 'BE' | 'LE'): Buffer {
  const bytes = Buffer.alloc(4);
  if (order === 'BE') bytes.writeUInt32BE(Number(bsn));
  else bytes.writeUInt32LE(Number(bsn));
  return bytes;
}
