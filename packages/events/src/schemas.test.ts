/** The rules that the files in schemas/ keep, so that readers can rely on them. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Type } from 'avsc';
import { expect, test } from 'vitest';
import { arrayBounds, readerType, writerType } from './avro-types.ts';
import type { WireType } from './codec.ts';
import { schemaOf, WIRE_TYPES } from './event-schemas.ts';
import * as known from './known-sets.ts';
import { compatibilityOf } from './register-schemas.ts';
import { SAMPLES } from './samples.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('@smc/schemas/package.json'));
const history = path.join(folder, 'history');

type Node = { readonly [name: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Every object within a schema, itself included, with the path that leads to it. */
function* nodes(schema: unknown, where: string): Generator<readonly [string, Node]> {
  if (!isNode(schema)) return;
  if (!Array.isArray(schema)) yield [where, schema];
  for (const [name, value] of Object.entries(schema)) yield* nodes(value, `${where}/${name}`);
}

const nodesOf = (type: WireType) => [...nodes(JSON.parse(schemaOf(type).text), type)];
const all = WIRE_TYPES.flatMap(nodesOf);

test('every file is the schema of a type, and every type has its file', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.avsc'));

  expect(new Set(files)).toEqual(new Set(WIRE_TYPES.map((type) => `${type}.avsc`)));
  for (const type of WIRE_TYPES) expect(schemaOf(type).subject).toMatch(/^smc\.[a-z]+\.[A-Z]/);
});

test('every record, enum and field has its sentence', () => {
  for (const [where, node] of all) {
    const isNamed = 'name' in node;
    if (isNamed) expect(node['doc'], where).toMatch(/^\S.*[.]$/);
  }
});

test('nothing is a map, a fixed or a floating number, and every array has a bound', () => {
  for (const [where, node] of all) {
    expect(['map', 'fixed', 'float', 'double'], where).not.toContain(node['type']);
    if (node['type'] === 'array') {
      expect(node['maxItems'], where).toBeGreaterThan(0);
      expect(['null', 'fixed'], where).not.toContain(node['items']);
    }
  }
});

test('a union begins with null, which is the default', () => {
  for (const [where, node] of all) {
    const { type } = node;
    if (!Array.isArray(type)) continue;
    expect(type, where).toHaveLength(2);
    expect(type[0], where).toBe('null');
    expect(node['default'], where).toBeNull();
  }
});

test('an enum has UNKNOWN as its default and, besides it, exactly the members of the domain', () => {
  const sets: Readonly<Record<string, ReadonlySet<string>>> = {
    AddressKind: known.addressKinds,
    Channel: known.channels,
    Basis: known.bases,
    Rule: known.rules,
    ParkedCode: known.parkedCodes,
    CaseActivity: known.activities,
    CommandType: known.commandTypes,
    CommandOutcome: known.commandOutcomes,
  };
  const enums = all.filter(([, node]) => node['type'] === 'enum');

  expect(new Set(enums.map(([, node]) => node['name']))).toEqual(new Set(Object.keys(sets)));
  for (const [where, node] of enums) {
    expect(node['default'], where).toBe('UNKNOWN');
    expect(node['symbols'], where).toEqual(['UNKNOWN', ...(sets[String(node['name'])] ?? [])]);
  }
});

test('a field is an instant exactly when its name ends in Ms', () => {
  const fields = all.filter(([where, node]) => 'name' in node && /fields\/[0-9]+$/.test(where));

  for (const [where, { name, type }] of fields) {
    const logical = isNode(type) ? type['logicalType'] : undefined;
    expect(logical === 'timestamp-millis', where).toBe(String(name).endsWith('Ms'));
  }
});

test('a named type that stands in several schemas of one namespace is the same in all', () => {
  const seen = new Map<string, unknown>();
  for (const type of WIRE_TYPES) {
    const namespace = schemaOf(type).subject.replace(/\.[^.]*$/, '');
    for (const [where, node] of nodesOf(type).slice(1)) {
      if (!('symbols' in node) && !('fields' in node)) continue;
      const name = `${namespace}.${String(node['name'])}`;
      expect(node, where).toEqual(seen.get(name) ?? node);
      seen.set(name, node);
    }
  }
});

test('the bounds of the arrays are those that the reader applies', () => {
  expect(Object.fromEntries(arrayBounds(schemaOf('CaseAssigned').text))).toEqual({
    explanation: 16,
    'explanation.parameters': 8,
  });
});

/** The versions of a type, oldest first. */
function versions(type: WireType): readonly string[] {
  const pattern = new RegExp(`^${type}\\.([0-9]+)\\.avsc$`);
  const numbers = readdirSync(history).flatMap((file) => pattern.exec(file)?.[1] ?? []);
  return numbers
    .map(Number)
    .toSorted((a, b) => a - b)
    .map((number) => readFileSync(path.join(history, `${type}.${number}.avsc`), 'utf8'));
}

test.each(WIRE_TYPES)('the newest version of %s in the history is the one in use', (type) => {
  const newest = versions(type).at(-1);

  expect(newest && JSON.parse(newest)).toEqual(JSON.parse(schemaOf(type).text));
});

test.each(WIRE_TYPES)('what any version of %s wrote, every later one reads, and back', (type) => {
  const avro = versions(type).map((text) => ({
    reader: readerType(text),
    writer: writerType(text),
  }));
  const canGoBack = compatibilityOf(type) === 'FULL_TRANSITIVE';

  avro.forEach((newer, n) => {
    for (const older of avro.slice(0, n + 1)) {
      carry(type, older, newer);
      if (canGoBack) carry(type, newer, older);
    }
  });
});

type Version = { readonly reader: Type; readonly writer: Type };

/** Writes the sample with one version and reads it with another. */
function carry(type: WireType, from: Version, to: Version): void {
  const bytes = from.reader.toBuffer(SAMPLES[type]);
  const resolver = to.reader.createResolver(from.writer);

  expect(to.reader.decode(bytes, 0, resolver).offset).toBe(bytes.length);
}

test('a version that would break a reader fails the check of the history', () => {
  const { text } = schemaOf('CaseClosed');
  const broken = writerType(text.replace('"closedOn"', '"endedOn"'));

  expect(() => readerType(text).createResolver(broken)).toThrow('closedOn');
});

test('the code lists give every code once, with a Dutch label, and no code looks like two', () => {
  const lists = JSON.parse(readFileSync(path.join(folder, 'code-lists.json'), 'utf8'));
  for (const list of ['laws', 'products', 'employments', 'groups']) {
    const codes: string[] = lists[list].map(({ code }: { code: string }) => code);
    expect(new Set(codes.map((code) => code.toLowerCase())).size, list).toBe(codes.length);
    for (const entry of lists[list]) {
      expect(entry.code, list).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
      expect(entry.label, entry.code).toMatch(/\S/);
      if ('source' in entry) expect(entry.source, entry.code).toMatch(/^[A-E][0-9]{2}$/);
    }
  }
  const laws = new Set(lists.laws.map(({ code }: { code: string }) => code));
  for (const { code, laws: of } of lists.products) {
    expect(
      of.every((law: string) => laws.has(law)),
      code,
    ).toBe(true);
  }
});
