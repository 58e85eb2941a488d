const LETTERS = 26;
const CODE_OF_A = 65;

/** The place of a postcode in the order of all: `1000AA` is 676,000. For whole postcodes only. */
export function postcodeNumber(postcode: string): number {
  const letters =
    (postcode.charCodeAt(4) - CODE_OF_A) * LETTERS + postcode.charCodeAt(5) - CODE_OF_A;
  return pc4Number(postcode) * LETTERS * LETTERS + letters;
}

/** The four digits as a number. Cheaper than `Number`, and called for every case. */
export function pc4Number(postcode: string): number {
  let n = 0;
  for (let i = 0; i < 4; i++) n = n * 10 + postcode.charCodeAt(i) - 48;
  return n;
}

/** The four digits of a postcode's place. */
export function pc4OfNumber(number: number): number {
  return Math.floor(number / (LETTERS * LETTERS));
}
