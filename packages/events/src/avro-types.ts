/**
 * How schemas become avsc types. A reader knows the logical type `date` and gives texts; a writer
 * is compiled without it, so that its bytes are read as the plain numbers they are. The domain's
 * own objects go in as they are: a field left `undefined` is written as its default, null.
 */
import type { LocalDate } from '@smc/domain';
import avsc, { type Schema, type Type } from 'avsc';
import { dateOfDay, dayOfDate } from './days.ts';

/** A schema longer than this is nobody's event: compiling it would take the time of many events. */
export const SCHEMA_CHARACTERS_MAX = 65_536;

/** Marks the fields that are dates, and tells whether a value is one. */
class LocalDateType extends avsc.types.LogicalType {
  protected override _fromValue(day: number): LocalDate | undefined {
    return dateOfDay(day);
  }

  protected override _toValue(date: unknown): number | undefined {
    return dayOfDate(date);
  }

  protected override _resolve(writer: Type): ((day: number) => LocalDate | undefined) | undefined {
    return writer.typeName === 'int' ? dateOfDay : undefined;
  }
}

export function readerType(schemaText: string): Type {
  return avsc.Type.forSchema(parse(schemaText), {
    logicalTypes: { date: LocalDateType },
    omitRecordMethods: true,
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
