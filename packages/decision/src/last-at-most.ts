/**
 * Where in the part from `low` to before `high` of an ascending table the last entry stands that
 * is not above `value`; `low - 1` when none is.
 */
export function lastAtMost(
  table: Int32Array,
  value: number,
  { low, high }: { readonly low: number; readonly high: number },
): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((table[middle] ?? 0) <= value) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
