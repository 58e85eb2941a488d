/**
 * A form says once how a piece of the document is read, how it is written back, and how an editor
 * may check it: reading, writing and the published JSON Schema follow from the same lines.
 */
import type { YamlCursor } from './yaml-cursor.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export type Form<T> = {
  /** Undefined when it can't be read; what is wrong has been reported then. */
  read(at: YamlCursor): T | undefined;
  /** What `read` reads back: texts, lists and maps only. */
  write(value: T): unknown;
  readonly schema: JsonSchema;
};

/** A field of a record, with the sentence that an editor shows for it. */
export type Field<T> = {
  readonly form: Form<T>;
  readonly about: string;
  /** What holds when it is left out; without it the field has to be there. */
  readonly absent: { readonly value: T } | undefined;
};

export const required = <T>(form: Form<T>, about: string): Field<T> => ({
  form,
  about,
  absent: undefined,
});

export const optional = <T, A = T>(form: Form<T>, about: string, absent: A): Field<T | A> => ({
  form: form as Form<T | A>,
  about,
  absent: { value: absent },
});

/** A map with these fields. What equals its default is not written. */
export function record<T extends object>(fields: {
  readonly [K in keyof T]: Field<T[K]>;
}): Form<T> {
  const entries = Object.entries(fields) as [string, Field<unknown>][];
  const names = (test: (field: Field<unknown>) => boolean) =>
    entries.filter(([, field]) => test(field)).map(([name]) => name);
  const needed = names((field) => field.absent === undefined);
  const others = names((field) => field.absent !== undefined);
  return {
    read(at) {
      const cursors: Readonly<Record<string, YamlCursor | undefined>> = at.fields(needed, others);
      const values = entries.map(([name, { form, absent }]) => {
        const cursor = cursors[name];
        return cursor === undefined
          ? { name, value: absent?.value, isRead: true }
          : { name, ...taken(form.read(cursor)) };
      });
      if (!values.every(({ isRead }) => isRead)) return undefined;
      const read = Object.fromEntries(values.map(({ name, value }) => [name, value]));
      return at.problems.remember(read as T, at);
    },
    write(value) {
      const written = entries.flatMap(([name, field]) => {
        const own = Reflect.get(value, name);
        return isAbsent(field, own) ? [] : [[name, field.form.write(own)] as const];
      });
      return Object.fromEntries(written);
    },
    schema: {
      type: 'object',
      additionalProperties: false,
      required: needed,
      properties: Object.fromEntries(
        entries.map(([name, { form, about }]) => [name, { ...form.schema, description: about }]),
      ),
    },
  };
}

const taken = (value: unknown) => ({ value, isRead: value !== undefined });

function isAbsent({ form, absent }: Field<unknown>, value: unknown): boolean {
  if (absent === undefined || value === absent.value) return absent !== undefined;
  if (absent.value === undefined) return false;
  return JSON.stringify(form.write(value)) === JSON.stringify(form.write(absent.value));
}

/** A text that `parse` makes something of; `schema` tells editors the same. */
export function text<T>(of: {
  readonly parse: (text: string) => T | undefined;
  readonly format: (value: T) => string;
  readonly expected: string;
  readonly schema: JsonSchema;
}): Form<T> {
  return {
    read(at) {
      const value = at.text(of.parse, of.expected);
      if (typeof value === 'object' && value !== null) at.problems.remember(value, at);
      return value;
    },
    write: (value) => of.format(value),
    schema: of.schema,
  };
}

/** One of these words. */
export function word<Word extends string>(...words: readonly Word[]): Form<Word> {
  return text({
    parse: (read) => words.find((one) => one === read),
    format: (value) => value,
    expected: `one of ${words.join(', ')}`,
    schema: { enum: words },
  });
}

/** The items that can be read; those that can't have been reported. */
export function list<T>(
  item: Form<T>,
  { min = 0, max }: { readonly min?: number; readonly max: number },
): Form<readonly T[]> {
  const bounds = min === 0 ? { maxItems: max } : { minItems: min, maxItems: max };
  return {
    read(at) {
      const items = at.list(max);
      if (items.length < min) return at.expected(`${min} or more items`);
      return items.map((one) => item.read(one)).filter((one) => one !== undefined);
    },
    write: (items) => items.map((one) => item.write(one)),
    schema: { type: 'array', items: item.schema, ...bounds },
  };
}

/** A map from codes of the document to values, ascending by code. */
export function mapOf<T>(
  value: Form<T>,
  { names, max }: { readonly names: Form<string>; readonly max: number },
): Form<ReadonlyMap<string, T>> {
  return {
    read(at) {
      const read = new Map<string, T>();
      for (const { name, child } of at.entries(max)) {
        const key = names.read(name);
        const one = value.read(child);
        if (key !== undefined && one !== undefined) read.set(key, one);
      }
      const sorted = new Map([...read].sort(([a], [b]) => (a < b ? -1 : 1)));
      return at.problems.remember(sorted, at);
    },
    write: (map) => Object.fromEntries([...map].map(([key, one]) => [key, value.write(one)])),
    schema: {
      type: 'object',
      propertyNames: names.schema,
      additionalProperties: value.schema,
      maxProperties: max,
    },
  };
}

/** This word, or else what the form reads. */
export function wordOr<Word extends string, T>(only: Word, other: Form<T>): Form<Word | T> {
  return {
    read(at) {
      return at.isText() ? word(only).read(at) : other.read(at);
    },
    write: (value) => (value === only ? only : other.write(value as T)),
    schema: { anyOf: [{ const: only }, other.schema] },
  };
}

/** The same on paper, in another shape for the program. */
export function convert<Written extends object, T extends object>(
  form: Form<Written>,
  of: {
    /** Undefined when it makes no sense; reported then. */
    readonly read: (written: Written, at: YamlCursor) => T | undefined;
    readonly write: (value: T) => Written;
  },
): Form<T> {
  return {
    read(at) {
      const written = form.read(at);
      const value = written && of.read(written, at);
      return value && at.problems.remember(value, at);
    },
    write: (value) => form.write(of.write(value)),
    schema: form.schema,
  };
}

/** The form with more to check for an editor. */
export const withSchema = <T>(form: Form<T>, more: JsonSchema): Form<T> => ({
  read: (at) => form.read(at),
  write: (value) => form.write(value),
  schema: { ...form.schema, ...more },
});
