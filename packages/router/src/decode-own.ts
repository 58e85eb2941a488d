import { BugError } from '@smc/domain';
import type { Codec, WireEventOf, WireType } from '@smc/events';
import { SchemaUnlearned } from './schema-unlearned.ts';

/**
 * Decodes what this system itself wrote: a flaw in it is a bug, not bad input. Throws
 * SchemaUnlearned when an older or newer build wrote it with a schema that must be fetched first.
 */
export function decodeOwn<T extends WireType>(
  codec: Codec,
  bytes: Buffer,
  type: T,
): WireEventOf<T> {
  const decoded = codec.decode(bytes, [type]);
  if (decoded.ok === true) return decoded.value;
  if (decoded.ok === 'unlearned') throw new SchemaUnlearned(decoded.schemaId);
  throw new BugError(`a ${type} of our own can't be read: ${decoded.refusal.reason}`);
}
