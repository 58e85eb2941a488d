import { BugError } from '@smc/domain';
import type { Type } from 'avsc';
import type { Codec, WireEvent, WireType } from './codec.ts';
import { overfullArray, overfullStateArray } from './overfull.ts';
import { createSlab, makeRoom, takeUntil, type Slab } from './slab.ts';
import { FRAME_BYTES, type OwnType } from './writers.ts';

/** Most events take less: the rest of a slab that is smaller is not tried. */
const USUAL_BYTES = 1024;

/**
 * Encodes straight into the memory that is handed out. The domain's object is given to avsc as it
 * is: what is undefined is written as null, the default.
 */
export function createEncoder(own: readonly OwnType[]): Pick<Codec, 'encode' | 'encodeState'> {
  const types = new Map<WireType, OwnType>(own.map((type) => [type.name, type]));
  const slab = createSlab();

  const encode = (name: WireType, value: object, overfull: string | undefined): Buffer => {
    const type = types.get(name);
    if (type === undefined) throw new BugError(`this codec was not opened with ${name}`);
    if (overfull !== undefined) {
      throw new BugError(`${name}.${overfull} has too many items to be written`);
    }
    makeRoom(slab, USUAL_BYTES);
    let end = write(type, value, slab);
    if (end < 0) {
      makeRoom(slab, slab.bytes.length - slab.at - end);
      end = write(type, value, slab);
    }
    slab.bytes[slab.at] = 0;
    slab.bytes.writeInt32BE(type.id, slab.at + 1);
    return takeUntil(slab, end);
  };

  return {
    encode: (event) => encode(event.type, writable(event), overfullArray(event)),
    encodeState: (state) => encode('ClientState', state, overfullStateArray(state)),
  };
}

/** The end of the value, or minus the number of bytes that were missing. */
function write({ avro, name }: OwnType, value: object, { bytes, at }: Slab): number {
  try {
    return avro.encode(value, bytes, at + FRAME_BYTES);
  } catch {
    // Avsc's message holds the value: only the field is named.
    throw new BugError(`${name} can't be written: ${invalidFields(avro, value)}`);
  }
}

function invalidFields(avro: Type, value: object): string {
  const paths: string[] = [];
  avro.isValid(value, { errorHook: (path) => paths.push(path.join('.')) });
  return paths.join(', ');
}

/** Avsc takes bytes only as a Buffer. */
function writable(event: WireEvent): object {
  if (event.type === 'DeadLetter') {
    const { key, value, headers } = event;
    return { ...event, key: asBuffer(key), value: asBuffer(value), headers: asBuffer(headers) };
  }
  return event.type === 'DemarcationPart' ? { ...event, body: asBuffer(event.body) } : event;
}

function asBuffer(bytes: Uint8Array | undefined): Buffer | undefined {
  return bytes === undefined || Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
