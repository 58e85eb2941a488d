import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CaseRegistered } from '@smc/domain';
import type { Codec, SchemaRegistryPort } from '@smc/events';

/** Where the schema's id stands in Confluent's frame, behind a magic byte. */
const ID_AT = 1;
/** The first branch of a union in Avro. */
const NULL_BRANCH = Buffer.from([0]);

/**
 * Registers a version of CaseRegistered that this build does not know, with one field more at its
 * end, and gives what a producer of that version writes.
 */
export async function registerNewerCaseRegistered(
  registry: SchemaRegistryPort,
  codec: Codec,
): Promise<(event: CaseRegistered) => Buffer> {
  const file = createRequire(import.meta.url).resolve('@smc/schemas/CaseRegistered.avsc');
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const field = { name: 'addedLater', type: ['null', 'string'], default: null, doc: 'New.' };
  const text = JSON.stringify({ ...schema, fields: [...schema.fields, field] });
  const id = await registry.register(`${schema.namespace}.${schema.name}`, text, 'FULL_TRANSITIVE');
  return (event) => {
    const value = Buffer.concat([codec.encode(event), NULL_BRANCH]);
    value.writeInt32BE(id, ID_AT);
    return value;
  };
}
