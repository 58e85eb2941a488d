import { expect, test } from 'vitest';
import { validateFiles } from '../validate-files.ts';
import { FULL_FILES } from '../testing/full-folder.ts';
import { mutate, type Mutation } from '../testing/mutate.ts';
import { checkNaively } from '../testing/naive/check-naively.ts';

const MUTATIONS = 1_000;

test('the plain checker finds nothing wrong with the valid document', () => {
  expect(checkNaively(FULL_FILES)).toEqual({ kind: 'meaning', errors: new Set() });
});

test('of 1,000 mistakes in a valid document each is still valid for a second, plain checker, or found by the same rule at the same line', () => {
  const outcomes = new Map<string, number>();
  const disagreements: string[] = [];
  for (let seed = 1; seed <= MUTATIONS; seed++) {
    const mutation = mutate(FULL_FILES, seed);
    const { outcome, differs } = compare(mutation);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (differs !== undefined) disagreements.push(`seed ${seed}: ${words(mutation)}\n${differs}`);
  }

  expect(disagreements.join('\n\n')).toBe('');
  // The mistakes are of all sorts, and most of them matter.
  expect(outcomes.get('valid')).toBeGreaterThan(100);
  expect(outcomes.get('form')).toBeGreaterThan(100);
  expect(outcomes.get('meaning')).toBeGreaterThan(250);
}, 300_000);

function words({ kind, file, line, before, after }: Mutation): string {
  return `${kind} ${file}:${line} ${before.trimEnd()} -> ${after.trimEnd()}`;
}

function compare({ files }: Mutation): { outcome: string; differs: string | undefined } {
  const { errors } = validateFiles(new Map(Object.entries(files)));
  const naive = checkNaively(files);
  const found = new Set(errors.map(({ rule, file, line }) => `${rule} ${file}:${line}`));
  if (naive.kind === 'meaning') {
    const outcome = naive.errors.size === 0 ? 'valid' : 'meaning';
    const missed = [...naive.errors].filter((one) => !found.has(one));
    const extra = [...found].filter((one) => !naive.errors.has(one));
    const differs =
      missed.length + extra.length === 0
        ? undefined
        : `  missed: ${missed.join(', ')}\n  not expected: ${extra.join(', ')}`;
    return { outcome, differs };
  }
  const astray = errors.filter(
    ({ rule, file, line }) => !rule.startsWith('FORM-') || !naive.lines.get(file)?.has(line),
  );
  const isFound = [...naive.lines.keys()].every((file) => errors.some((one) => one.file === file));
  const places = [...naive.lines].map(([file, lines]) => `${file}:${[...lines].join('/')}`);
  const differs =
    isFound && astray.length === 0
      ? undefined
      : `  expected FORM at ${places.join(', ')}; found ${[...found].join(', ')}`;
  return { outcome: 'form', differs };
}
