import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { canonicalJson } from './canonical-json.ts';
import type { Form } from './form.ts';
import { jsonSchemas } from './json-schemas.ts';
import { OFFICE } from './office-form.ts';
import { ORGANISATION } from './organisation-form.ts';
import { Problems } from './problem.ts';
import { fromSchema } from './testing/from-schema.ts';
import { FULL_FILES } from './testing/full-folder.ts';
import { SMALL_FILES } from './testing/small-folder.ts';
import { parseYaml } from './yaml-cursor.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const schemas = jsonSchemas();
const validOrganisation = ajv.compile(schemas['demarcation.schema.json'] ?? false);
const validOffice = ajv.compile(schemas['demarcation-office.schema.json'] ?? false);

function read<T>(form: Form<T>, text: string): T | undefined {
  const problems = new Problems();
  const value = form.read(parseYaml('file', text, problems));
  return problems.isEmpty ? value : undefined;
}

test.each(Object.keys(schemas))('%s is the one that the forms give', (file) => {
  const published = readFileSync(path.join(ROOT, 'schemas', file), 'utf8');

  // node packages/demarcation/src/write-schemas.ts
  expect(JSON.parse(published)).toEqual(schemas[file]);
});

test('an editor finds no fault with documents that are valid', () => {
  const example = path.join(ROOT, 'packages/example/demarcation/2026-07');
  const offices = readdirSync(path.join(example, 'offices')).map((name) => `offices/${name}`);
  const exampleFiles = ['demarcation.yaml', ...offices].map(
    (file) => [file, readFileSync(path.join(example, file), 'utf8')] as const,
  );
  for (const files of [SMALL_FILES, FULL_FILES].map((it) => Object.entries(it))) {
    for (const [file, text] of [...files, ...exampleFiles]) {
      if (!file.endsWith('.yaml')) continue;
      const validate = file === 'demarcation.yaml' ? validOrganisation : validOffice;
      validate(parse(text));
      expect(validate.errors, file).toBeNull();
    }
  }
});

test.each([
  ['demarcation.yaml', ORGANISATION],
  ['offices/*.yaml', OFFICE],
] as readonly (readonly [string, Form<unknown>])[])(
  'what the schema of %s allows can be read, and what is read is written and read back the same',
  (_, form) => {
    fc.assert(
      fc.property(fromSchema(form.schema), (document) => {
        const value = read(form, JSON.stringify(document));
        expect(value).toBeDefined();
        const again = read(form, canonicalJson(form.write(value)).toString());
        expect(again).toEqual(value);
      }),
      { numRuns: 40, seed: 4 },
    );
  },
);

const JUNK = [{ unknown: { a: 'b' } }, [[['x']]], ''];

test.each([
  ['demarcation.yaml', ORGANISATION, validOrganisation],
  ['offices/*.yaml', OFFICE, validOffice],
] as const)('where one place of %s is spoilt, schema and reader agree', (_, form, validate) => {
  const places = fc.tuple(fromSchema(form.schema), fc.nat(), fc.constantFrom(...JUNK));
  let refused = 0;
  fc.assert(
    fc.property(places, ([document, at, junk]) => {
      const spoilt = spoil(document, at, junk);
      const isRead = read<unknown>(form, JSON.stringify(spoilt)) !== undefined;
      if (!isRead) refused++;
      expect(isRead).toBe(validate(spoilt));
    }),
    { numRuns: 80, seed: 4 },
  );
  expect(refused).toBeGreaterThan(50);
});

/** The document with junk in the place of its nth value. */
function spoil(document: unknown, at: number, junk: unknown): unknown {
  const left = { count: at % Math.max(1, countOf(document)) };
  const walk = (value: unknown): unknown => {
    if (left.count-- === 0) return junk;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)]));
  };
  return walk(document);
}

function countOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, one) => sum + countOf(one), 1);
}
