/** Documents that a JSON Schema allows, for tests; only what the schemas of the document use. */
import fc from 'fast-check';
import { DEFAULT_PRECEDENCE } from '@smc/decision';
import type { JsonSchema } from '../form.ts';
import { parsePostcodeRange, parseSuffixRange } from '../postcode-range.ts';

type Schema = JsonSchema & {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
};

/** What a schema can't say is kept here: ranges that ascend, days that exist, rules in some order. */
export function fromSchema(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { anyOf, pattern, items, type } = schema;
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum']);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((one: JsonSchema) => fromSchema(one)));
  if (schema['uniqueItems'] === true) return precedence();
  if (type === 'array') return list(items as JsonSchema, schema);
  if (type === 'object') return 'properties' in schema ? fields(schema) : map(schema);
  if (type === 'integer') return integer(schema);
  if (type === 'number') return number(schema);
  if (schema['format'] === 'date') return date();
  return fc.stringMatching(new RegExp(String(pattern))).filter(isAscending);
}

const num = (schema: JsonSchema, name: string) => Number(schema[name]);

/** An editor can't tell the last digits 7 from 07, of which only the second are two. */
function integer(schema: JsonSchema): fc.Arbitrary<number> {
  const [min, max] = [num(schema, 'minimum'), num(schema, 'maximum')];
  return fc.integer({ min: max === 99 ? 10 : min, max });
}

/** Twentieths of an hour are whole minutes; halves of a day are what exempt days are in. */
function number(schema: JsonSchema): fc.Arbitrary<number> {
  const parts = 'multipleOf' in schema ? 2 : 20;
  return fc
    .integer({ min: num(schema, 'minimum') * parts, max: num(schema, 'maximum') * parts })
    .map((n) => n / parts);
}

function date(): fc.Arbitrary<string> {
  return fc
    .date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
}

function precedence(): fc.Arbitrary<readonly string[]> {
  const others = DEFAULT_PRECEDENCE.filter((rule) => rule !== 'area');
  return fc
    .shuffledSubarray(others, { minLength: others.length })
    .map((rules) => [...rules, 'area']);
}

function list(items: JsonSchema, schema: JsonSchema): fc.Arbitrary<readonly unknown[]> {
  const minLength = Number(schema['minItems'] ?? 0);
  return fc.array(fromSchema(items), { minLength, maxLength: minLength + 1 });
}

function map(schema: JsonSchema): fc.Arbitrary<object> {
  const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/);
  return fc.dictionary(names, fromSchema(schema['additionalProperties'] as JsonSchema), {
    maxKeys: 2,
    noNullPrototype: true,
  });
}

function fields(schema: Schema): fc.Arbitrary<object> {
  const { properties = {}, required = [], oneOf } = schema;
  const variants = Array.isArray(oneOf) ? oneOf : [{}];
  return fc.constantFrom(...variants).chain((variant: JsonSchema) => {
    const excluded = new Set(excludedBy(variant['not']));
    const own = Object.entries(properties).filter(([name]) => !excluded.has(name));
    return fc.record(Object.fromEntries(own.map(([name, one]) => [name, fromSchema(one)])), {
      requiredKeys: [...required, ...((variant['required'] ?? []) as string[])],
      noNullPrototype: true,
    });
  });
}

function excludedBy(not: unknown): readonly string[] {
  if (typeof not !== 'object' || not === null) return [];
  const { required = [], anyOf = [] } = not as {
    required?: readonly string[];
    anyOf?: readonly unknown[];
  };
  return [...required, ...anyOf.flatMap(excludedBy)];
}

function isAscending(text: string): boolean {
  if (/^[1-9][0-9]{3}([A-Z]{2})?(-|$)/.test(text)) return parsePostcodeRange(text) !== undefined;
  return /^[0-9]{2}-[0-9]{2}$/.test(text) ? parseSuffixRange(text) !== undefined : true;
}
