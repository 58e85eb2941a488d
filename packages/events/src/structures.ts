/** Kinds made of kinds: what may be absent, lists, records. */
import avsc, { type Type } from 'avsc';
import { compileText } from './compiled-text.ts';
import { DAMAGED, unfit, type Kind, type Read } from './reading.ts';
import { FOREIGN_ARRAY_ITEMS_MAX, readNumber } from './scan.ts';

/** Null is Avro's word for what is undefined here. */
export function optional<T>(kind: Kind<T>): Kind<T | undefined> {
  return (type, place) => {
    if (!(type instanceof avsc.types.UnwrappedUnionType)) throw unfit(type, place.field);
    const [none, some, ...more] = [...type.types].sort(nullFirst);
    if (none?.typeName !== 'null' || some === undefined || more.length > 0) {
      throw unfit(type, place.field);
    }
    const noneByte = 2 * type.types.indexOf(none);
    const someByte = 2 * type.types.indexOf(some);
    const read = kind(some, place);
    return (cursor) => {
      const byte = cursor.bytes[cursor.at++];
      if (byte === noneByte) return undefined;
      if (byte === someByte) return read(cursor);
      throw DAMAGED;
    };
  };
}

const nullFirst = (a: Type, b: Type) =>
  Number(b.typeName === 'null') - Number(a.typeName === 'null');

const NO_ITEMS: readonly never[] = [];

/** As many items as the schema allows (`maxItems`), in blocks with a positive count. */
export function list<T>(kind: Kind<T>): Kind<readonly T[]> {
  return (type, place) => {
    if (!(type instanceof avsc.types.ArrayType)) throw unfit(type, place.field);
    const read = kind(type.itemsType, place);
    const itemsMax = place.bounds.get(place.path) ?? FOREIGN_ARRAY_ITEMS_MAX;
    return (cursor) => {
      let left = readNumber(cursor);
      if (left === 0) return NO_ITEMS;
      const items: T[] = [];
      while (left !== 0) {
        if (!(left > 0 && items.length + left <= itemsMax)) throw DAMAGED;
        for (; left > 0; left--) items.push(read(cursor));
        left = readNumber(cursor);
      }
      return items;
    };
  };
}

/** The kind of every field of a record, in any order. */
export type Fields<T> = { readonly [Name in keyof T]-?: Kind<T[Name]> };

/** `tag`: text of JavaScript for properties that are not on the wire. */
export function record<T extends object>(fields: Fields<T>, tag: string = ''): Kind<T> {
  return (type, { path, field, bounds }) => {
    if (!(type instanceof avsc.types.RecordType)) throw unfit(type, field);
    const kinds = new Map<string, Kind<unknown>>(Object.entries(fields));
    const reads = type.fields.map(({ name: its, type: itsType }) => {
      const kind = kinds.get(its);
      if (kind === undefined || !kinds.delete(its)) throw unfit(type, its);
      return kind(itsType, { path: path === '' ? its : `${path}.${its}`, field: its, bounds });
    });
    const [missing] = kinds.keys();
    if (missing !== undefined) throw unfit(type, missing);
    const properties = type.fields.map(({ name: its }, i) => `${its}: part${i}(cursor)`);
    const text = `return (cursor) => ({ ${tag} ${properties.join(', ')} });`;
    return compileText(text, reads) as Read<T>;
  };
}
