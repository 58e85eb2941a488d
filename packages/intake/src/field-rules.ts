/**
 * What a sender may write in a field: one rule gives the check, the words of a problem and the part
 * of the OpenAPI document, so that these three can't differ.
 */
import { accept, refuse, type Result } from '@smc/domain';

export type JsonSchema = { readonly [keyword: string]: unknown };

/** A field that is not what it should be. It never repeats a value: the value may be a BSN. */
export type FieldProblem = { readonly field: string; readonly expected: string };

export type FieldRule<T> = {
  readonly schema: JsonSchema;
  /** What is expected, as it follows on "field: ". */
  readonly expected: string;
  readonly required: boolean;
  /** What stands for a field that is left out. */
  readonly missing: T | undefined;
  /** The value, or undefined when it is not what is expected. */
  readonly parse: (value: unknown) => T | undefined;
};

export type Shape = { readonly [field: string]: FieldRule<unknown> };
export type ValuesOf<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends FieldRule<infer T> ? T : never;
};

/** A body with more unknown fields is wrong as a whole; ten names are enough to see that. */
const UNKNOWN_FIELDS_MAX = 10;

export function required<T>(rule: Omit<FieldRule<T>, 'required' | 'missing'>): FieldRule<T> {
  return { ...rule, required: true, missing: undefined };
}

export function optional<T>(rule: FieldRule<T>): FieldRule<T | undefined> {
  return { ...rule, required: false, expected: `${rule.expected}, or left out` };
}

export function defaulting<T>(rule: FieldRule<T>, missing: T): FieldRule<T> {
  const schema = { ...rule.schema, default: missing };
  return { ...rule, schema, required: false, missing, expected: `${rule.expected}, or left out` };
}

/** Reads an object by its shape, or gives every problem of all fields. Unknown fields are refused. */
export function readShape<S extends Shape>(
  shape: S,
  body: unknown,
): Result<ValuesOf<S>, readonly FieldProblem[]> {
  if (!isObject(body)) return refuse([{ field: '', expected: 'a JSON object' }]);
  const values: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const [field, rule] of Object.entries(shape)) {
    const given = Object.hasOwn(body, field) ? body[field] : undefined;
    const value = given === undefined ? rule.missing : rule.parse(given);
    if (value === undefined && (given !== undefined || rule.required)) {
      problems.push({ field, expected: rule.expected });
    }
    values[field] = value;
  }
  const unknown = Object.keys(body).filter((field) => !Object.hasOwn(shape, field));
  for (const field of unknown.slice(0, UNKNOWN_FIELDS_MAX)) {
    problems.push({ field: fieldName(field), expected: 'no such field' });
  }
  return problems.length > 0 ? refuse(problems) : accept(values as ValuesOf<S>);
}

export function schemaOfShape(shape: Shape): JsonSchema {
  const fields = Object.entries(shape);
  return {
    type: 'object',
    additionalProperties: false,
    required: fields.filter(([, rule]) => rule.required).map(([field]) => field),
    properties: Object.fromEntries(fields.map(([field, rule]) => [field, rule.schema])),
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The sender's own name for a field, unless it could carry a number that identifies someone. */
function fieldName(field: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/.test(field) && !/[0-9]{5}/.test(field)
    ? field
    : '(a name that is no field name)';
}
