/** Files that are no demarcation, by accident or on purpose: each gets a clear error at its place. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { formatProblem } from './problem.ts';
import { readDemarcation } from './read-demarcation.ts';
import { sliceDemarcation } from './slice-demarcation.ts';
import { FULL_FILES } from './testing/full-folder.ts';
import { smallFolder } from './testing/small-folder.ts';
import { validateFiles } from './validate-files.ts';

const YAML = FULL_FILES['demarcation.yaml'] ?? '';
const MEGABYTE = 1024 * 1024;

function found(text: string, file = 'demarcation.yaml'): readonly string[] {
  const files = new Map(Object.entries({ ...FULL_FILES, [file]: text }));
  return validateFiles(files).errors.map((problem) => `${problem.rule} ${formatProblem(problem)}`);
}

test.each([
  ['nothing', '', /FORM-YAML demarcation.yaml:1:1 : expected a map, found nothing/],
  ['only a comment', '# later\n', /FORM-YAML demarcation.yaml:1:1 : expected a map, found/],
  ['a text', 'hello', /FORM-FIELD demarcation.yaml:1:1 : expected a map/],
  ['a list', '- a\n- b\n', /FORM-FIELD demarcation.yaml:1:1 : expected a map/],
  ['two documents', `${YAML}---\n${YAML}`, /FORM-YAML .*multiple documents/],
  ['a key that stands twice', `${YAML}version: 2\n`, /FORM-YAML .* Map keys must be unique/],
  [
    'a key that stands twice deep inside',
    YAML.replace('{ id: AM02, name: Twee', '{ id: AM02, id: AM03, name: Twee'),
    /FORM-YAML .* Map keys must be unique/,
  ],
  [
    'a reference to another place',
    YAML.replace('name: Midden', 'name: &a Midden').replace('name: Twee', 'name: *a'),
    /FORM-FIELD .*arbeidsmarktregios\[1\].name: expected the value itself, not a reference/,
  ],
  ['a merge key', `${YAML}<<: { a: b }\n`, /FORM-FIELD .*<<: expected one of version/],
  ['a reference to itself', 'a: &a [*a]\n', /FORM-FIELD .*a: expected one of version/],
  ['a tag', YAML.replace('RvB 23-245', '!secret RvB'), /FORM-YAML .*Unresolved tag/],
  ['a tab before a field', YAML.replace('  onMove', '\tonMove'), /FORM-YAML .*:8:/],
  ['brackets without end', '['.repeat(100_000), /FORM-YAML .*expected at most 32 levels/],
  ['indentation without end', deep(500), /FORM-YAML .*expected at most 32 levels/],
  ['a quote without end', `${YAML}x: "abc`, /FORM-YAML .*quote/],
  ['a list for a text', YAML.replace('RvB 23-245', '[RvB, 23-245]'), /FORM-FIELD .*:4:20 dec/],
  ['a map for a text', YAML.replace('RvB 23-245', '{ a: b }'), /FORM-FIELD .*:4:20 dec/],
  [
    'a text for a list',
    YAML.replace('products: [zw-beoordeling, wia-aanvraag, pw-aanvraag]', 'products: all'),
    /FORM-FIELD demarcation.yaml:16:11 products: expected a list/,
  ],
  ['a field without a value', YAML.replace('RvB 23-245', ''), /FORM-FIELD .*decisionReference: /],
  ['a null', YAML.replace('RvB 23-245', '~'), undefined],
  ['a number for a date', YAML.replace('2026-01-01', '20260101'), /FORM-FIELD .*:3:16 effective/],
  ['a day that is none', YAML.replace('2026-01-01', '2026-02-30'), /FORM-FIELD .*:3:16 effective/],
  ['months that are no number', YAML.replace('s: 6', 's: six'), /FORM-FIELD .*:9:21 settings.jou/],
  ['weights below zero', YAML.replace('0.75', '-0.75'), /FORM-FIELD .* weights.categories.zorg: /],
  ['a weight as not a number', YAML.replace('0.75', '.nan'), /FORM-FIELD .*weights.categories.zo/],
  ['a name of 300 letters', YAML.replace('Midden', 'x'.repeat(300)), /FORM-FIELD .*name: expected/],
  ['a name that is a code of a prototype', `${YAML}__proto__: { a: b }\n`, /FORM-FIELD .*expected/],
  [
    'control characters in an id',
    YAML.replace('id: midden', 'id: "mid\\0den"'),
    /FORM-FIELD .*id:/,
  ],
])('%s', (_, text, expected) => {
  if (expected === undefined) expect(found(text)).toEqual([]);
  else expect(found(text).join('\n')).toMatch(expected);
});

/** A list in a list in a list. */
function deep(levels: number): string {
  return Array.from({ length: levels }, (_, i) => `${' '.repeat(i)}-`).join('\n');
}

test('references that multiply to billions are refused in no time and no space', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let i = 0; i < 12; i++) {
    const [from, to] = [String.fromCharCode(97 + i), String.fromCharCode(98 + i)];
    bomb.push(`${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(', ')}]`);
  }
  const begun = performance.now();

  expect(found(bomb.join('\n')).join('\n')).toMatch(/FORM-FIELD .*expected one of version/);
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test('a file of fifty megabytes is not read', async () => {
  await using folder = await smallFolder(FULL_FILES);
  await writeFile(path.join(folder.path, 'demarcation.yaml'), Buffer.alloc(50 * MEGABYTE, '# '));

  const read = await readDemarcation(folder.path);

  expect(read.ok ? [] : read.refusal.map(formatProblem)).toEqual([
    `demarcation.yaml:1:1 : expected at most ${MEGABYTE} bytes`,
  ]);
});

test.each([
  ['UTF-16', Buffer.from(`\uFEFF${YAML}`, 'utf16le')],
  ['bytes that are no text', Buffer.from([0x76, 0x3a, 0x20, 0xff, 0xfe, 0x0a])],
])('%s is named as such', async (_, bytes) => {
  await using folder = await smallFolder(FULL_FILES);
  await writeFile(path.join(folder.path, 'demarcation.yaml'), bytes);

  const read = await readDemarcation(folder.path);

  expect(read.ok ? [] : read.refusal.map(formatProblem)).toEqual([
    'demarcation.yaml:1:1 : expected text in UTF-8',
  ]);
});

test('a byte order mark and the line ends of Windows are what some editors write: the same document', async () => {
  const windows = Object.fromEntries(
    Object.entries(FULL_FILES).map(([file, text]) => [
      file,
      `\uFEFF${text.replaceAll('\n', '\r\n')}`,
    ]),
  );
  await using plain = await smallFolder(FULL_FILES);
  await using marked = await smallFolder(windows);
  const [first, second] = [await readDemarcation(plain.path), await readDemarcation(marked.path)];

  if (!first.ok || !second.ok) throw new Error('both are valid');
  const hashOf = (document: typeof first.value) => sliceDemarcation(document).manifest.contentHash;
  expect(hashOf(second.value)).toBe(hashOf(first.value));
});

test.each([
  ['nothing', '', /:1:1 : expected the header/],
  ['no header', '1000-9999,dom,AM01\n', /:1:1 : expected the header/],
  ['semicolons', 'postcodes;office;arbeidsmarktregio\n', /:1:1 : expected the header/],
  ['a range backwards', line('9999-1000,dom,AM01'), /:2:1 postcodes: expected 3511/],
  ['a postcode that can not be', line('0999,dom,AM01'), /:2:1 postcodes: expected 3511/],
  ['letters over four digits', line('1000AA-1001AB,dom,AM01'), /:2:1 postcodes: expected 3511/],
  ['one field more', line('1000-9999,dom,AM01,x'), /:2:1 arbeidsmarktregio: expected/],
  ['quotes', line('"1000-9999",dom,AM01'), /:2:1 postcodes: expected 3511/],
])('postcodes.csv with %s', (_, text, expected) => {
  expect(found(text, 'postcodes.csv').join('\n')).toMatch(expected);
});

function line(text: string): string {
  return `postcodes,office,arbeidsmarktregio\n${text}\n`;
}
