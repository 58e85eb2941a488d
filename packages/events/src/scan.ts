/**
 * The look over a value before it is unpacked. Avro itself trusts the bytes: an array that claims
 * ten million items in a record of 150 bytes costs seconds and half a gigabyte before anyone sees
 * that they are not there. So the bytes are walked first, by the schema they were written with, and
 * refused when
 * - an array has more items than the reader's schema allows (`maxItems`), or than bytes remain;
 * - an array block has a negative count (it may be skipped unread: we never write one);
 * - a number is longer than it needs to be, or larger than 2^52, beyond which avsc loses digits;
 * - a boolean is neither 0 nor 1, an enum or union has no such branch, a length runs past the end;
 * - bytes are left over.
 * Nothing is allocated on the way; what is wrong and where is noted in the cursor.
 */
import avsc, { type Type } from 'avsc';

export type Cursor = {
  bytes: Buffer;
  at: number;
  code: 'NOT_AVRO' | 'ARRAY_TOO_LONG';
  /** Of the field that is wrong, dotted. */
  path: string;
  expected: string;
};

/** Moves the cursor behind the value; false when the value is refused. */
export type Scan = (cursor: Cursor) => boolean;

/** For an array that only the writer's schema knows: read over, but not for ever. */
export const FOREIGN_ARRAY_ITEMS_MAX = 1024;
/** Our own schemas are two records deep; a schema that goes on and on is refused. */
const DEPTH_MAX = 8;
const NUMBER_MAX = 2 ** 52;

/** Throws an Error that says which construct is refused, before any byte is read with it. */
export function compileScan(writer: Type, bounds: ReadonlyMap<string, number>): Scan {
  return compile(writer, '', { bounds, depth: 0 });
}

type Context = { readonly bounds: ReadonlyMap<string, number>; readonly depth: number };

function compile(type: Type, path: string, context: Context): Scan {
  if (context.depth > DEPTH_MAX) throw new Error('is nested too deep');
  const inner = { bounds: context.bounds, depth: context.depth + 1 };
  if (type instanceof avsc.types.RecordType) {
    const fields = type.fields.map(({ name, type: fieldType }) => ({
      name,
      scan: compile(fieldType, path === '' ? name : `${path}.${name}`, inner),
    }));
    return (cursor) => scanRecord(cursor, fields);
  }
  if (type instanceof avsc.types.ArrayType) {
    const items = compile(type.itemsType, path, inner);
    const itemsMax = context.bounds.get(path) ?? FOREIGN_ARRAY_ITEMS_MAX;
    return (cursor) => scanArray(cursor, items, itemsMax);
  }
  if (type instanceof avsc.types.UnwrappedUnionType) {
    const branches = type.types.map((branch) => compile(branch, path, inner));
    return (cursor) => scanUnion(cursor, branches);
  }
  if (type instanceof avsc.types.LogicalType) return compile(type.underlyingType, path, context);
  if (type instanceof avsc.types.EnumType) return scanEnum(type.symbols.length);
  if (type instanceof avsc.types.FixedType) return scanFixed(type.size);
  const primitive = PRIMITIVES.get(type.typeName);
  if (primitive === undefined) throw new Error(`has a ${type.typeName}`);
  return primitive;
}

function scanRecord(cursor: Cursor, fields: readonly { name: string; scan: Scan }[]): boolean {
  for (const field of fields) {
    if (!field.scan(cursor)) {
      cursor.path = cursor.path === '' ? field.name : `${field.name}.${cursor.path}`;
      return false;
    }
  }
  return true;
}

function scanArray(cursor: Cursor, items: Scan, itemsMax: number): boolean {
  for (let total = 0; ;) {
    const count = readNumber(cursor);
    if (count === 0) return true;
    if (!(count > 0)) return refuse(cursor, 'array blocks with a positive count');
    total += count;
    if (total > itemsMax) {
      cursor.code = 'ARRAY_TOO_LONG';
      return refuse(cursor, `at most ${itemsMax} items`);
    }
    for (let i = 0; i < count; i++) if (!items(cursor)) return false;
  }
}

function scanUnion(cursor: Cursor, branches: readonly Scan[]): boolean {
  const branch = branches[readNumber(cursor)];
  return branch === undefined
    ? refuse(cursor, `one of ${branches.length} branches`)
    : branch(cursor);
}

function scanEnum(symbols: number): Scan {
  return (cursor) => {
    const symbol = readNumber(cursor);
    return (symbol >= 0 && symbol < symbols) || refuse(cursor, `one of ${symbols} symbols`);
  };
}

function scanFixed(size: number): Scan {
  return (cursor) => {
    cursor.at += size;
    return cursor.at <= cursor.bytes.length || refuse(cursor, `${size} bytes`);
  };
}

function scanLengthPrefixed(cursor: Cursor): boolean {
  const length = readNumber(cursor);
  if (!(length >= 0)) return refuse(cursor, 'a length');
  cursor.at += length;
  return cursor.at <= cursor.bytes.length || refuse(cursor, 'as many bytes as its length says');
}

function scanBoolean(cursor: Cursor): boolean {
  const byte = cursor.bytes[cursor.at++];
  return byte === 0 || byte === 1 || refuse(cursor, 'a boolean, 0 or 1');
}

function scanLong(cursor: Cursor): boolean {
  return !Number.isNaN(readNumber(cursor)) || refuse(cursor, 'a whole number of at most 2^52');
}

function scanInt(cursor: Cursor): boolean {
  const number = readNumber(cursor);
  return (number | 0) === number || refuse(cursor, 'a whole number of 32 bits');
}

const PRIMITIVES: ReadonlyMap<string, Scan> = new Map<string, Scan>([
  ['null', () => true],
  ['boolean', scanBoolean],
  ['int', scanInt],
  ['long', scanLong],
  ['float', scanFixed(4)],
  ['double', scanFixed(8)],
  ['string', scanLengthPrefixed],
  ['bytes', scanLengthPrefixed],
]);

/** A zig-zag varint in its shortest form; NaN when it is cut off, longer or too large. */
export function readNumber(cursor: Cursor): number {
  const bytes = cursor.bytes;
  let byte = bytes[cursor.at++] ?? 0xff;
  if (byte < 0x80) return (byte >>> 1) ^ -(byte & 1);
  let value = byte & 0x7f;
  for (let factor = 128; factor < 2 ** 56; factor *= 128) {
    byte = bytes[cursor.at++] ?? 0xff;
    value += (byte & 0x7f) * factor;
    if (byte >= 0x80) continue;
    if (byte === 0 || value > 2 * NUMBER_MAX) return Number.NaN;
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  return Number.NaN;
}

function refuse(cursor: Cursor, expected: string): false {
  cursor.expected = expected;
  return false;
}
