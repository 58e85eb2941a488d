import { isPc4, isPostcode, type BsnSuffix, isBsnSuffix } from '@smc/domain';
import type { PostcodeRange } from '@smc/decision';

export const PC4_FIRST = 1000;
export const PC4_LAST = 9999;

/** `3511`, `3511-3525`, `3511AB` or `3511AA-3511ZZ`; whole postcodes stay inside one PC4. */
export function parsePostcodeRange(text: string): PostcodeRange | undefined {
  const [from, to, ...more] = text.split('-');
  const end = to ?? from;
  if (from === undefined || end === undefined || more.length > 0 || from > end) return undefined;
  if (isPc4(from) && isPc4(end)) return { from: `${from}AA`, to: `${end}ZZ`, precision: 'pc4' };
  if (!isPostcode(from) || !isPostcode(end) || from.slice(0, 4) !== end.slice(0, 4)) {
    return undefined;
  }
  return { from, to: end, precision: 'pc6' };
}

/** The shortest text that `parsePostcodeRange` reads back. */
export function formatPostcodeRange({ from, to, precision }: PostcodeRange): string {
  const ends = precision === 'pc6' ? [from, to] : [from.slice(0, 4), to.slice(0, 4)];
  return ends[0] === ends[1] ? String(ends[0]) : ends.join('-');
}

/** The numbers `1000` to `9999` that a range touches. */
export function pc4Numbers(range: PostcodeRange): { readonly from: number; readonly to: number } {
  return { from: Number(range.from.slice(0, 4)), to: Number(range.to.slice(0, 4)) };
}

const A = 65;
/** The place of a whole postcode's letters among AA to ZZ. */
export function lettersOf(postcode: string): number {
  return (postcode.charCodeAt(4) - A) * 26 + postcode.charCodeAt(5) - A;
}

export function postcodeOf(pc4: number, letters: number): string {
  return pc4 + String.fromCharCode(A + Math.floor(letters / 26), A + (letters % 26));
}

/** `07` or `00-24`. */
export function parseSuffixRange(
  text: string,
): { readonly from: BsnSuffix; readonly to: BsnSuffix } | undefined {
  const [from, to, ...more] = text.split('-');
  const end = to ?? from;
  if (!isBsnSuffix(from) || !isBsnSuffix(end) || more.length > 0 || from > end) return undefined;
  return { from, to: end };
}

export function formatSuffixRange(range: { readonly from: string; readonly to: string }): string {
  return range.from === range.to ? range.from : `${range.from}-${range.to}`;
}

/** Numbers in ascending order as runs: `3051, 3181-3184`; long answers end in a count. */
export function formatRuns(numbers: readonly number[], digits: number): string {
  const runs: string[] = [];
  const write = (n: number) => String(n).padStart(digits, '0');
  for (let i = 0; i < numbers.length;) {
    const first = numbers[i] ?? 0;
    let last = first;
    for (i++; numbers[i] === last + 1; i++) last++;
    runs.push(first === last ? write(first) : `${write(first)}-${write(last)}`);
  }
  const shown = runs.slice(0, RUNS_SHOWN_MAX).join(', ');
  const hidden = runs.length - RUNS_SHOWN_MAX;
  return hidden > 0 ? `${shown} and ${hidden} more ranges` : shown;
}

/** More in one message is not read by anyone. */
const RUNS_SHOWN_MAX = 40;
