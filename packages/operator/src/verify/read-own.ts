import type { Codec, WireEventOf, WireType } from '@smc/events';
import type { LogRecord } from '@smc/log';

/** A record on a topic that only this system writes can't be read: the topic is damaged. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

/** Decodes what this system itself wrote, asking the registry for a schema where it must. */
export async function readOwn<T extends WireType>(
  codec: Codec,
  record: LogRecord,
  ...types: readonly T[]
): Promise<WireEventOf<T>> {
  const where = `${record.topic}-${record.partition}@${record.offset}`;
  let decoded = codec.decode(record.value, types);
  if (decoded.ok === 'unlearned') {
    await codec.learn(decoded.schemaId);
    decoded = codec.decode(record.value, types);
  }
  if (decoded.ok === true) return decoded.value;
  const reason = decoded.ok === false ? decoded.refusal.reason : `schema ${decoded.schemaId}`;
  throw new UnreadableRecord(`${where} can't be read: ${reason}`);
}
