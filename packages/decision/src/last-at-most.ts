/** The index of the last entry of an ascending table that is not above `value`; -1: none is. */
export function lastAtMost(table: Int32Array, value: number): number {
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((table[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
