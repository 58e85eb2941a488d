/** 12345 as 12,345. */
export function show(count: number): string {
  return count.toLocaleString('en-GB');
}

/** `a, b and c`; long lists end in a count. */
export function listed(words: readonly string[], max = 8): string {
  const shown = words.slice(0, max);
  if (words.length > max) return `${shown.join(', ')} and ${words.length - max} more`;
  return [shown.slice(0, -1).join(', '), shown.at(-1) ?? ''].filter((w) => w !== '').join(' and ');
}
