/**
 * How schemas become avsc types. A reader knows the logical type `date` and gives texts; a writer
 * is compiled without it, so that its bytes are read as the plain numbers they are. The domain's
 * own objects go in as they are: a field left `undefined` is written as its default, null.
 */
import { fromEpochDay, isLocalDate, toEpochDay, type LocalDate } from '@smc/domain';
import avsc, { type Schema, type Type } from 'avsc';
import { shortStrings } from './avro-strings.ts';

/** A schema longer than this is nobody's event: compiling it would take the time of many events. */
export const SCHEMA_CHARACTERS_MAX = 65_536;

/** 1 January 1900 and 31 December 2199: no date of this field lies outside. */
const DAY_MIN = -25_567;
const DAY_MAX = 84_005;
/** Days repeat: nearly every event carries today. Emptied when full, so that it can't grow. */
const REMEMBERED_DAYS_MAX = 4096;

const dateOfDay = new Map<number, LocalDate>();
const dayOfDate = new Map<string, number>();

class LocalDateType extends avsc.types.LogicalType {
  /** Undefined for a day outside the range: the field's own check then refuses it by name. */
  protected override _fromValue(day: number): LocalDate | undefined {
    const known = dateOfDay.get(day);
    if (known !== undefined) return known;
    if (!(day >= DAY_MIN && day <= DAY_MAX)) return undefined;
    const date = fromEpochDay(day);
    if (dateOfDay.size >= REMEMBERED_DAYS_MAX) dateOfDay.clear();
    dateOfDay.set(day, date);
    return date;
  }

  /** Undefined for anything but a date: avsc then refuses to write it. */
  protected override _toValue(date: unknown): number | undefined {
    if (typeof date !== 'string') return undefined;
    const known = dayOfDate.get(date);
    if (known !== undefined) return known;
    if (!isLocalDate(date)) return undefined;
    const day = toEpochDay(date);
    if (dayOfDate.size >= REMEMBERED_DAYS_MAX) dayOfDate.clear();
    dayOfDate.set(date, day);
    return day;
  }

  protected override _resolve(writer: Type): ((day: number) => LocalDate | undefined) | undefined {
    return writer.typeName === 'int' ? (day) => this._fromValue(day) : undefined;
  }
}

export function readerType(schemaText: string): Type {
  return avsc.Type.forSchema(parse(schemaText), {
    logicalTypes: { date: LocalDateType },
    omitRecordMethods: true,
    typeHook: shortStrings,
    wrapUnions: 'never',
  });
}

/** Throws when the text is no schema that avsc can compile. */
export function writerType(schemaText: string): Type {
  return avsc.Type.forSchema(parse(schemaText), { omitRecordMethods: true, wrapUnions: 'never' });
}

function parse(schemaText: string): Schema {
  return JSON.parse(schemaText);
}

/** The bound of every array of a schema, by the dotted path of its field: `explanation.parameters`. */
export function arrayBounds(schemaText: string): ReadonlyMap<string, number> {
  const bounds = new Map<string, number>();
  collectBounds(JSON.parse(schemaText), '', bounds);
  return bounds;
}

function collectBounds(schema: unknown, path: string, bounds: Map<string, number>): void {
  if (Array.isArray(schema)) {
    for (const branch of schema) collectBounds(branch, path, bounds);
    return;
  }
  if (typeof schema !== 'object' || schema === null) return;
  if ('maxItems' in schema && typeof schema.maxItems === 'number')
    bounds.set(path, schema.maxItems);
  if ('items' in schema) collectBounds(schema.items, path, bounds);
  if (!('fields' in schema) || !Array.isArray(schema.fields)) return;
  for (const field of schema.fields) {
    collectBounds(field.type, path === '' ? field.name : `${path}.${field.name}`, bounds);
  }
}
