/** Small mistakes that people make in a document's files, by seed. */
export type Mutation = {
  readonly kind: 'remove' | 'shift' | 'duplicate' | 'misdate' | 'misspell';
  readonly file: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
  readonly files: Readonly<Record<string, string>>;
};

const DAYS = ['2019-05-01', '2025-12-31', '2026-01-01', '2026-02-30', '2026-08-15', '2027-03-01'];

/** Whole numbers from 0 to below `max`, the same for the same seed (mulberry32). */
export function numbers(seed: number): (max: number) => number {
  let state = seed;
  return (max) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * max);
  };
}

type Change = (line: string, next: (max: number) => number) => string | undefined;

const CHANGES: Readonly<Record<Mutation['kind'], Change>> = {
  remove: (line, next) => (next(2) === 0 ? '' : withoutItem(line, next)),
  // A line of a list; another would be a key that stands twice.
  duplicate: (line, next) =>
    /^ *- |^\d/.test(line) || next(8) === 0 ? `${line}${line}` : undefined,
  shift: (line, next) =>
    changeOne(
      line,
      /(?<![\d-])\d+(?=[^\d-]|-\d{4}[^\d-])|(?<=\d{4}-)\d{4}(?!\d)|(?<=[[ ]\d\d-)\d\d(?=[\],])/g,
      next,
      (number) => {
        const by = [1, -1, 10, -10, 500][next(5)] ?? 1;
        const shifted = String(Math.max(0, Number(number) + by));
        // Last digits of a BSN are two.
        return number.length === 2 ? shifted.padStart(2, '0') : shifted;
      },
    ),
  misdate: (line, next) =>
    changeOne(line, /\d{4}-\d{2}-\d{2}/g, next, () => DAYS[next(DAYS.length)] ?? ''),
  misspell: (line, next) =>
    changeOne(line, /[A-Za-z][A-Za-z0-9-]{2,}/g, next, (word) => {
      const at = next(word.length - 1);
      const letter = 'aeosntrxZ'[next(9)] ?? 'q';
      const kinds = [
        word.slice(0, at) + word.slice(at + 1),
        word.slice(0, at) + letter + word.slice(at + 1),
        word.slice(0, at + 1) + word.slice(at),
      ];
      return kinds[next(kinds.length)] ?? word;
    }),
};

/** Slips in numbers and dates are the ones that a form can't see. */
const KINDS = ['remove', 'shift', 'shift', 'duplicate', 'misdate', 'misdate', 'misspell'] as const;

/** One mistake in one line of one file. */
export function mutate(files: Readonly<Record<string, string>>, seed: number): Mutation {
  const next = numbers(seed);
  const all = Object.entries(files).flatMap(([file, text]) =>
    text.split(/(?<=\n)/).map((line, i) => ({ file, line, i })),
  );
  const kind = KINDS[next(KINDS.length)] ?? 'remove';
  for (;;) {
    const { file, line, i } = all[next(all.length)] ?? { file: '', line: '', i: 0 };
    const after = CHANGES[kind](line, next);
    if (after === undefined || after === line) continue;
    const lines = (files[file] ?? '').split(/(?<=\n)/);
    const text = [...lines.slice(0, i), after, ...lines.slice(i + 1)].join('');
    return { kind, file, line: i + 1, before: line, after, files: { ...files, [file]: text } };
  }
}

function changeOne(
  line: string,
  pattern: RegExp,
  next: (max: number) => number,
  change: (found: string) => string,
): string | undefined {
  const found = [...line.matchAll(pattern)];
  const one = found[next(Math.max(1, found.length))];
  if (one === undefined) return undefined;
  return line.slice(0, one.index) + change(one[0]) + line.slice(one.index + one[0].length);
}

/** The line without one of the items between its brackets. */
function withoutItem(line: string, next: (max: number) => number): string | undefined {
  const match = /[[{]([^[\]{}]+)[\]}]/.exec(line);
  if (match === null) return undefined;
  const items = (match[1] ?? '').split(',');
  items.splice(next(items.length), 1);
  const [open = '', close = ''] = [match[0][0], match[0].at(-1)];
  return line.replace(match[0], () => open + items.join(',') + close);
}
