/** What is known of a schema id: how to read what was written with it, or why that can't be. */
import type { Type } from 'avsc';
import { arrayBounds, readerType, SCHEMA_CHARACTERS_MAX, writerType } from './avro-types.ts';
import type { Flaw, WireEvent, WireType } from './codec.ts';
import { compileWrite, type Write } from './compile-write.ts';
import { schemaOf } from './event-schemas.ts';
import { KINDS } from './read-events.ts';
import type { Read } from './reading.ts';
import { compileScan, type Scan } from './scan.ts';

/** A type of this codec: its reader, and the id its own schema has in the registry. */
export type OwnType = {
  readonly name: WireType;
  readonly subject: string;
  readonly avro: Type;
  readonly bounds: ReadonlyMap<string, number>;
  readonly id: number;
  readonly read: Read<WireEvent>;
  readonly write: Write;
};

export type Writer =
  | {
      readonly kind: 'readable';
      readonly type: WireType;
      /** What is wrong with bytes of this schema. */
      readonly scan: Scan;
      readonly read: Read<WireEvent>;
      /** From bytes that the scan has accepted to those that we would have written, frame and all. */
      readonly repack: ((bytes: Buffer) => Buffer) | undefined;
    }
  | { readonly kind: 'refused'; readonly flaw: Flaw };

/** A zero byte and the schema's id in four bytes. */
export const FRAME_BYTES = 5;

export function ownType(name: WireType, id: number): OwnType {
  const { subject, text } = schemaOf(name);
  const avro = readerType(text);
  const bounds = arrayBounds(text);
  const read = KINDS[name](avro, { path: '', field: name, bounds });
  return { name, subject, avro, bounds, id, read, write: compileWrite(avro, bounds) };
}

/** Our own schema needs no resolution: reader and writer are one. */
export function ownWriter(own: OwnType): Writer {
  return {
    kind: 'readable',
    type: own.name,
    scan: compileScan(own.avro, own.bounds),
    read: own.read,
    repack: undefined,
  };
}

/**
 * What the registry says an id stands for, resolved once against the type that reads it. Avro's own
 * resolution gives the value as our schema has it; packed again, it is read like any other.
 */
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
    const plain = writerType(schemaOf(reader.name).text);
    const resolver = plain.createResolver(writer);
    return {
      kind: 'readable',
      type: reader.name,
      scan,
      read: reader.read,
      repack: (bytes) => {
        const { value } = plain.decode(bytes, FRAME_BYTES, resolver);
        return Buffer.concat([bytes.subarray(0, FRAME_BYTES), plain.toBuffer(value)]);
      },
    };
  } catch {
    return refused('UNEXPECTED_SCHEMA', `schema ${id} can't be read by this version`);
  }
}

const refused = (code: Flaw['code'], reason: string): Writer => ({
  kind: 'refused',
  flaw: { code, reason },
});
