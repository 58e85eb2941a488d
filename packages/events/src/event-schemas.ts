/** The schemas of this version of the program, read from `schemas/` when the module is loaded. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { WireType } from './codec.ts';

export type EventSchema = {
  readonly type: WireType;
  /** The full name of the record, which is also its subject in the registry. */
  readonly subject: string;
  /** One line of JSON, the same for every layout of the file: this text is what is registered. */
  readonly text: string;
};

/** Every type that has a schema; the compiler refuses a list that is not complete. */
export const WIRE_TYPES: readonly WireType[] = namesOf<WireType>({
  CaseRegistered: true,
  CaseClosed: true,
  ClientMoved: true,
  ClientStatusChanged: true,
  CaseReclassified: true,
  CaseAssigned: true,
  ClientHandedOver: true,
  CaseParked: true,
  CaseReleased: true,
  Acknowledgement: true,
  DeadLetter: true,
  ClientState: true,
  Checkpoint: true,
  DemarcationActivated: true,
  TeamRequested: true,
  LoadChanged: true,
  TeamChosen: true,
  OfficeLoad: true,
  CommandAnswered: true,
  DemarcationPart: true,
  DemarcationManifest: true,
});

/** The members of a union of texts, from an object that must name them all. */
export function namesOf<T extends string>(members: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(members).filter((name): name is T => Object.hasOwn(members, name));
}

const resolve = createRequire(import.meta.url).resolve;

export function schemaOf(type: WireType): EventSchema {
  const parsed: unknown = JSON.parse(readFileSync(resolve(`@smc/schemas/${type}.avsc`), 'utf8'));
  return { type, subject: fullNameOf(parsed), text: JSON.stringify(parsed) };
}

function fullNameOf(schema: unknown): string {
  const isNamed =
    typeof schema === 'object' && schema !== null && 'namespace' in schema && 'name' in schema;
  return isNamed ? `${String(schema.namespace)}.${String(schema.name)}` : '';
}
