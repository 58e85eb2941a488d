import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { validateFiles, type Validation } from '../validate-files.ts';
import { FULL_FILES } from '../testing/full-folder.ts';
import { rulesTable } from '../testing/rules-table.ts';
import { TRIPS, tripped } from '../testing/trips.ts';
import { RULES } from './rules.ts';

const validate = (files: Readonly<Record<string, string>>) =>
  validateFiles(new Map(Object.entries(files)));

const all = ({ errors, warnings, information }: Validation) => [
  ...errors,
  ...warnings,
  ...information,
];

test('a document that uses everything has neither errors nor warnings', () => {
  const { document, errors, warnings, information } = validate(FULL_FILES);

  expect([...errors, ...warnings]).toEqual([]);
  expect(document?.offices).toHaveLength(2);
  expect(information.map(({ message }) => message)).toEqual([
    'from 2026-01-01 on, De Kade reaches dom-1 68 %, dom-2 32 %',
    'from 2028-01-01 on, De Kade reaches dom-1 46 %, dom-2 54 %',
  ]);
});

test.each(TRIPS)('$rule: $title', (trip) => {
  const files = tripped(trip);
  const [file, text] = typeof trip.at === 'string' ? [trip.file, trip.at] : trip.at;
  const before = (files[file] ?? '').split(text)[0] ?? '';

  const found = all(validate(files));

  const places = found.filter(({ rule }) => rule === trip.rule).map((p) => `${p.file}:${p.line}`);
  expect(places).toContain(`${file}:${before.split('\n').length}`);
  const expected = new Set([trip.rule, 'A17-SHARE', ...(trip.also ?? [])]);
  expect(found.filter(({ rule }) => !expected.has(rule))).toEqual([]);
  for (const rule of trip.also ?? []) expect(found.map((one) => one.rule)).toContain(rule);
});

test('FORM-FILE: a file is missing', () => {
  const { 'postcodes.csv': _, ...others } = FULL_FILES;

  expect(validate(others).errors).toMatchObject([
    { rule: 'FORM-FILE', file: 'postcodes.csv', message: 'expected this file to exist' },
  ]);
});

test('every rule is tripped by a named test, and rules.md says by which', () => {
  const tripping = new Set([...TRIPS.map(({ rule }) => rule), 'FORM-FILE']);

  expect(Object.keys(RULES).filter((rule) => !tripping.has(rule))).toEqual([]);
  const file = path.join(import.meta.dirname, '..', '..', 'rules.md');
  expect(readFileSync(file, 'utf8')).toBe(rulesTable());
});

test('a finding says what to do and which requirement asks for it', () => {
  for (const { sentence, remedy, requirement } of Object.values(RULES)) {
    expect(sentence).toMatch(/\.$/);
    expect(remedy).toMatch(/\.$/);
    expect(requirement).toMatch(/^(form|[A-E][0-9]{2}(, [A-E][0-9]{2})*)$/);
  }
});
