/** What is known of a schema id: how to read what was written with it, or why that can't be. */
import type { Type } from 'avsc';
import { arrayBounds, readerType, SCHEMA_CHARACTERS_MAX, writerType } from './avro-types.ts';
import type { Flaw, WireType } from './codec.ts';
import { schemaOf } from './event-schemas.ts';
import type { Wire } from './fields.ts';
import { compileScan, type Scan } from './scan.ts';

/** A type of this codec: its reader, and the id its own schema has in the registry. */
export type OwnType = {
  readonly name: WireType;
  readonly subject: string;
  readonly avro: Type;
  readonly bounds: ReadonlyMap<string, number>;
  readonly id: number;
};

export type Writer =
  | {
      readonly kind: 'readable';
      readonly type: WireType;
      readonly scan: Scan;
      /** Unpacks the value behind the frame of bytes that the scan has accepted. */
      readonly unpack: (bytes: Buffer) => Wire;
    }
  | { readonly kind: 'refused'; readonly flaw: Flaw };

/** A zero byte and the schema's id in four bytes. */
export const FRAME_BYTES = 5;

export function ownType(name: WireType, id: number): OwnType {
  const { subject, text } = schemaOf(name);
  return { name, subject, avro: readerType(text), bounds: arrayBounds(text), id };
}

/** Our own schema needs no resolution: reader and writer are one. */
export function ownWriter(own: OwnType): Writer {
  return {
    kind: 'readable',
    type: own.name,
    scan: compileScan(own.avro, own.bounds),
    unpack: (bytes) => own.avro.decode(bytes, FRAME_BYTES).value,
  };
}

/** What the registry says an id stands for, resolved once against the type that reads it. */
export function writerOf(
  id: number,
  schemaText: string | undefined,
  own: readonly OwnType[],
): Writer {
  if (schemaText === undefined) {
    return refused('UNKNOWN_SCHEMA', `the registry has no schema ${id}`);
  }
  if (schemaText.length > SCHEMA_CHARACTERS_MAX) {
    return refused('UNEXPECTED_SCHEMA', `schema ${id} is too large`);
  }
  try {
    const writer = writerType(schemaText);
    const reader = own.find((type) => type.subject === writer.name);
    if (reader === undefined) {
      return refused('UNEXPECTED_SCHEMA', `schema ${id} is of a type that is not read here`);
    }
    const scan = compileScan(writer, reader.bounds);
    const resolver = reader.avro.createResolver(writer);
    return {
      kind: 'readable',
      type: reader.name,
      scan,
      unpack: (bytes) => reader.avro.decode(bytes, FRAME_BYTES, resolver).value,
    };
  } catch {
    return refused('UNEXPECTED_SCHEMA', `schema ${id} can't be read by this version`);
  }
}

const refused = (code: Flaw['code'], reason: string): Writer => ({
  kind: 'refused',
  flaw: { code, reason },
});
