/**
 * How a value of one of our own schemas is written: compiled from the schema when a codec is
 * opened. The domain's object goes in as it is; a field that is `undefined` is written as its
 * default. What a reader would refuse must not be written, so everything is checked on the way:
 * types, ranges, and the bound of every array (`maxItems`).
 *
 * Another version's schema is never written, so there is no resolution here.
 */
import avsc, { type Type } from 'avsc';
import { compileText } from './compiled-text.ts';
import { dayOfDate } from './days.ts';
import { writeBytes, writeNumber, writeText, type Sink } from './sink.ts';

export type Write = (sink: Sink, value: unknown) => void;

/** The value is none of the schema's: never leaves this package. */
export class Unwritable extends Error {}
/** An array has more items than its schema allows. */
export class Overfull extends Error {}

/** Avsc reads no larger number without losing digits, and neither does a scan. */
const NUMBER_MAX = 2 ** 52;

/** `bounds`: the most items of an array, by the dotted path of its field. */
export function compileWrite(
  type: Type,
  bounds: ReadonlyMap<string, number>,
  path: string = '',
): Write {
  if (type instanceof avsc.types.RecordType) return recordWriter(type, bounds, path);
  if (type instanceof avsc.types.ArrayType) {
    return arrayWriter(compileWrite(type.itemsType, bounds, path), bounds.get(path) ?? 0, path);
  }
  if (type instanceof avsc.types.UnwrappedUnionType) return unionWriter(type, bounds, path);
  if (type instanceof avsc.types.EnumType) return enumWriter(type.symbols);
  if (type instanceof avsc.types.LogicalType) return writeDate;
  const primitive = PRIMITIVES.get(type.typeName);
  if (primitive === undefined) throw new Error(`${path}: no ${type.typeName} is written here`);
  return primitive;
}

/** The fields in their order; the text holds their names, which Avro keeps to letters and digits. */
function recordWriter(
  type: avsc.types.RecordType,
  bounds: ReadonlyMap<string, number>,
  path: string,
): Write {
  const fields = type.fields.map((field) => {
    const { name } = field;
    const write = compileWrite(field.type, bounds, path === '' ? name : `${path}.${name}`);
    const fallback: unknown = field.defaultValue();
    const withDefault: Write =
      fallback === undefined || fallback === null
        ? write
        : (sink, value) => write(sink, value === undefined ? fallback : value);
    return { name, write: withDefault };
  });
  const lines = fields.map(({ name }, i) => `part${i}(sink, value.${name});`);
  const write = compileText(
    `return (sink, value) => { ${lines.join(' ')} };`,
    fields.map((field) => field.write),
  ) as Write;
  return (sink, value) => {
    if (typeof value !== 'object' || value === null) throw new Unwritable();
    write(sink, value);
  };
}

function arrayWriter(write: Write, itemsMax: number, path: string): Write {
  return (sink, value) => {
    if (!Array.isArray(value)) throw new Unwritable();
    const { length } = value;
    if (length > itemsMax) throw new Overfull(path);
    if (length > 0) {
      writeNumber(sink, length);
      for (let i = 0; i < length; i++) write(sink, value[i]);
    }
    writeNumber(sink, 0);
  };
}

/** Our unions are all of nothing and something. */
function unionWriter(
  type: avsc.types.UnwrappedUnionType,
  bounds: ReadonlyMap<string, number>,
  path: string,
): Write {
  const none = type.types.findIndex(({ typeName }) => typeName === 'null');
  const some = type.types.findIndex(({ typeName }) => typeName !== 'null');
  const branch = type.types[some];
  if (none < 0 || branch === undefined || type.types.length > 2) {
    throw new Error(`${path}: only unions with null are written here`);
  }
  const write = compileWrite(branch, bounds, path);
  return (sink, value) => {
    if (value === undefined || value === null) {
      sink.bytes[sink.at++] = 2 * none;
    } else {
      sink.bytes[sink.at++] = 2 * some;
      write(sink, value);
    }
  };
}

function enumWriter(symbols: readonly string[]): Write {
  const numbers = new Map<unknown, number>(symbols.map((symbol, i) => [symbol, i]));
  return (sink, value) => {
    const number = numbers.get(value);
    if (number === undefined) throw new Unwritable();
    writeNumber(sink, number);
  };
}

function writeDate(sink: Sink, value: unknown): void {
  const day = dayOfDate(value);
  if (day === undefined) throw new Unwritable();
  writeNumber(sink, day);
}

const PRIMITIVES: ReadonlyMap<string, Write> = new Map<string, Write>([
  [
    'boolean',
    (sink, value) => {
      if (typeof value !== 'boolean') throw new Unwritable();
      sink.bytes[sink.at++] = value ? 1 : 0;
    },
  ],
  [
    'int',
    (sink, value) => {
      if (typeof value !== 'number' || (value | 0) !== value) throw new Unwritable();
      writeNumber(sink, value);
    },
  ],
  [
    'long',
    (sink, value) => {
      if (!Number.isInteger(value) || typeof value !== 'number') throw new Unwritable();
      if (value > NUMBER_MAX || value < -NUMBER_MAX) throw new Unwritable();
      writeNumber(sink, value);
    },
  ],
  [
    'string',
    (sink, value) => {
      if (typeof value !== 'string') throw new Unwritable();
      writeText(sink, value);
    },
  ],
  [
    'bytes',
    (sink, value) => {
      if (!(value instanceof Uint8Array)) throw new Unwritable();
      writeBytes(sink, value);
    },
  ],
]);
