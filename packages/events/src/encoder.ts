import { BugError } from '@smc/domain';
import type { Type } from 'avsc';
import type { Codec, WireEvent, WireType } from './codec.ts';
import { overfullArray } from './overfull.ts';
import { FRAME_BYTES, type OwnType } from './writers.ts';

/** Most events take a fraction of it; a larger one is written once more into a buffer that fits. */
const SCRATCH_BYTES = 16_384;

/**
 * Encodes into one buffer that is used again and again, and copies the result out once. The
 * domain's object is handed to avsc as it is: what is undefined is written as null, the default.
 */
export function createEncoder(own: readonly OwnType[]): Codec['encode'] {
  const types = new Map<WireType, OwnType>(own.map((type) => [type.name, type]));
  let scratch = Buffer.alloc(SCRATCH_BYTES);

  return (event) => {
    const type = types.get(event.type);
    if (type === undefined) throw new BugError(`this codec was not opened with ${event.type}`);
    const value = writable(event);
    const overfull = overfullArray(event);
    if (overfull !== undefined) {
      throw new BugError(`${event.type}.${overfull} has too many items to be written`);
    }
    let end = write(type, value, scratch);
    if (end < 0) {
      scratch = Buffer.alloc(scratch.length - end);
      end = write(type, value, scratch);
    }
    const bytes = Buffer.allocUnsafe(end);
    scratch.copy(bytes, 0, 0, end);
    bytes[0] = 0;
    bytes.writeInt32BE(type.id, 1);
    return bytes;
  };
}

/** The end of the value, or minus the number of bytes that were missing. */
function write({ avro, name }: OwnType, value: object, into: Buffer): number {
  try {
    return avro.encode(value, into, FRAME_BYTES);
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
