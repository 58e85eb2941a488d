import { assert } from '@smc/domain';

/** Nine for each of a million groups of ten. */
export const INVENTED_BSNS_MAX = 9_000_000;
const GROUPS = 1_000_000;
/** Has no factor in common with a million, so that every group comes once. */
const STRIDE = 387_419;

/**
 * The invented BSN of the client with this number: nine digits that pass the elfproef, and no two
 * clients with the same.
 *
 * They are made by counting and taken from nobody. All begin with a 9, as do those of the public
 * test sets (99999....), of which there are too few. No official text promises that such numbers are
 * never given out, so what is generated belongs in tests and demonstrations only.
 */
export function inventedBsn(client: number): string {
  assert(client >= 0 && client < INVENTED_BSNS_MAX, 'there are nine million invented BSNs');
  const group = (Math.floor(client / 9) * STRIDE) % GROUPS;
  const start = `9${String(group).padStart(6, '0')}`;
  // The eighth digit weighs 2, so at most one of the ten needs an eleventh check digit. Where none
  // does, one is left out: another in each group, so that all last two digits are as frequent.
  let place = client % 9;
  for (let i = 0; i < 10; i++) {
    const eighth = (group + i) % 10;
    const check = weigh(`${start}${eighth}`) % 11;
    if (check < 10 && place-- === 0) return `${start}${eighth}${check}`;
  }
  throw new RangeError('of ten numbers nine have a check digit');
}

/** Weights 9 down to 2: the ninth digit is what is left over of it by eleven. */
function weigh(digits: string): number {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += (digits.charCodeAt(i) - 48) * (9 - i);
  return sum;
}
