import type { WireType } from './codec.ts';
import { schemaOf, WIRE_TYPES } from './event-schemas.ts';
import type { Compatibility, SchemaRegistryPort } from './registry.ts';

export type SchemaRegistration = {
  readonly subject: string;
  readonly id: number;
  readonly level: Compatibility;
  /** False: this version stood there already. */
  readonly added: boolean;
};

/** Written and read by the router alone, which is upgraded as one: new readers, old records. */
const INTERNAL: ReadonlySet<WireType> = new Set(['ClientState', 'OfficeLoad', 'Checkpoint']);

/** Others may be older or newer than we are, and read from the first offset. */
export function compatibilityOf(type: WireType): Compatibility {
  return INTERNAL.has(type) ? 'BACKWARD_TRANSITIVE' : 'FULL_TRANSITIVE';
}

/**
 * The deployment's step: registers every schema of this version. Repeating it changes nothing. Stops
 * at the first subject that refuses (RegistryFault INCOMPATIBLE); those before it stay registered,
 * which harms nobody.
 */
export async function registerSchemas(
  registry: SchemaRegistryPort,
): Promise<readonly SchemaRegistration[]> {
  const done: SchemaRegistration[] = [];
  for (const type of WIRE_TYPES) {
    const { subject, text } = schemaOf(type);
    const level = compatibilityOf(type);
    const known = await registry.idOf(subject, text);
    const id = known ?? (await registry.register(subject, text, level));
    done.push({ subject, id, level, added: known === undefined });
  }
  return done;
}
