import { BugError } from '@smc/domain';
import type { Type } from 'avsc';
import type { Codec, WireType } from './codec.ts';
import { Overfull, Unwritable } from './compile-write.ts';
import type { Sink } from './sink.ts';
import { createSlab, makeRoom, takeUntil } from './slab.ts';
import { FRAME_BYTES, type OwnType } from './writers.ts';

/** Most events take less: the rest of a slab that is smaller is not tried. */
const USUAL_BYTES = 1024;

/** Encodes straight into the memory that is handed out. */
export function createEncoder(own: readonly OwnType[]): Pick<Codec, 'encode' | 'encodeState'> {
  const types = new Map<WireType, OwnType>(own.map((type) => [type.name, type]));
  const slab = createSlab();
  const sink = { bytes: slab.bytes, at: 0 };

  const encode = (name: WireType, value: object): Buffer => {
    const type = types.get(name);
    if (type === undefined) throw new BugError(`this codec was not opened with ${name}`);
    makeRoom(slab, USUAL_BYTES);
    for (;;) {
      sink.bytes = slab.bytes;
      sink.at = slab.at + FRAME_BYTES;
      write(type, value, sink);
      if (sink.at <= slab.bytes.length) break;
      makeRoom(slab, sink.at - slab.at);
    }
    slab.bytes[slab.at] = 0;
    slab.bytes.writeInt32BE(type.id, slab.at + 1);
    return takeUntil(slab, sink.at);
  };

  return {
    encode: (event) => encode(event.type, event),
    encodeState: (state) => encode('ClientState', state),
  };
}

function write(type: OwnType, value: object, sink: Sink): void {
  try {
    type.write(sink, value);
  } catch (error) {
    const { name, avro } = type;
    if (error instanceof Overfull) {
      throw new BugError(`${name}.${error.message} has too many items to be written`);
    }
    if (!(error instanceof Unwritable)) throw error;
    // Only the fields are named: a value may be anything.
    throw new BugError(`${name} can't be written: ${invalidFields(avro, value)}`);
  }
}

function invalidFields(avro: Type, value: object): string {
  const paths: string[] = [];
  avro.isValid(value, { errorHook: (path) => paths.push(path.join('.')) });
  return paths.join(', ');
}
