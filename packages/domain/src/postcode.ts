import type { Brand } from './brand.ts';

/** A Dutch postcode in full, `3511AB`. The first digit is never 0; SA, SD and SS are not given out. */
export type Postcode = Brand<string, 'Postcode'>;
/** The four digits of a postcode, `1000` to `9999`. */
export type Pc4 = Brand<string, 'Pc4'>;

const POSTCODE = /^[1-9][0-9]{3}(?!SA|SD|SS)[A-Z]{2}$/;

export function isPostcode(text: unknown): text is Postcode {
  return typeof text === 'string' && POSTCODE.test(text);
}

export function isPc4(text: unknown): text is Pc4 {
  return typeof text === 'string' && /^[1-9][0-9]{3}$/.test(text);
}

/** `3511 ab` and `3511AB` mean the same; undefined when it is no postcode. */
export function normalisePostcode(text: string): Postcode | undefined {
  const bare = text.replace(/\s+/g, '').toUpperCase();
  return isPostcode(bare) ? bare : undefined;
}

export function pc4Of(postcode: Postcode): Pc4 {
  return postcode.slice(0, 4) as Pc4;
}
