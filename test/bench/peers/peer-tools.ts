/**
 * What both peers need besides Kafka: the schemas by way of the registry's own client, the rules,
 * and the headers. It does what such a worker does who knows the tools, no more: values are not
 * scanned for bombs, fields are not checked, and nothing becomes a dead letter.
 */
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { must, type AssignmentEvent, type CaseRegistered, type LocalDate } from '@smc/domain';
import type { Demarcation, PostcodeAreas, Rulebook } from '@smc/decision';
import { eventTypeName, EVENT_SOURCE } from '@smc/events';
import type { IHeaders } from 'kafkajs';
import { benchDemarcation } from '../demarcation.ts';
import { LocalDateType } from './local-date-type.ts';

/** A zero byte and the schema's id in four bytes. */
export const FRAME_BYTES = 5;

export type Peer = {
  readonly registry: SchemaRegistry;
  /** The id under which a schema of this name stands in the registry. */
  readonly idOf: (type: PeerType) => number;
  readonly demarcation: Demarcation;
  readonly headersOf: HeadersOf;
};

const NAMESPACES = {
  CaseRegistered: 'smc.intake',
  CaseAssigned: 'smc.assignments',
  CaseParked: 'smc.assignments',
  ClientHandedOver: 'smc.assignments',
  CaseReleased: 'smc.assignments',
  ClientState: 'smc.router',
  Checkpoint: 'smc.router',
} as const;
export type PeerType = keyof typeof NAMESPACES;

export async function openPeer(registryUrl: string): Promise<Peer> {
  const options = { logicalTypes: { date: LocalDateType }, wrapUnions: 'never' as const };
  const registry = new SchemaRegistry({ host: registryUrl }, { [SchemaType.AVRO]: options });
  const ids = new Map<PeerType, number>();
  for (const type of PEER_TYPES) {
    ids.set(type, await registry.getLatestSchemaId(`${NAMESPACES[type]}.${type}`));
  }
  const idOf = (type: PeerType) => must(ids.get(type), 'the id of every type was asked for');
  return {
    registry,
    idOf,
    demarcation: await benchDemarcation(),
    headersOf: createHeadersOf((type) => `${registryUrl}/schemas/ids/${idOf(type)}`),
  };
}

const PEER_TYPES = Object.keys(NAMESPACES).filter((name): name is PeerType =>
  Object.hasOwn(NAMESPACES, name),
);

/** The decoded record as the rules take it: absent is undefined there. */
export function caseOf(record: Record<string, unknown>): CaseRegistered {
  record['type'] = 'CaseRegistered';
  for (const name of ['postcode', 'employerKey', 'dossierRef']) record[name] ??= undefined;
  return record as CaseRegistered;
}

/** One version, for all days on which it holds. */
export function rulesOf(demarcation: Demarcation, areas?: PostcodeAreas): Rulebook {
  const used = areas === undefined ? demarcation : { ...demarcation, areas };
  return {
    demarcationOn: (date: LocalDate) => (date >= used.effectiveFrom ? used : undefined),
    // The peers know nothing of workload.
    counts: () => false,
  };
}

export type HeadersOf = (
  event: AssignmentEvent,
  input: IHeaders | undefined,
  nowMs: number,
) => IHeaders;

/** The same CloudEvents attributes as the router's, as kafkajs takes headers. */
export function createHeadersOf(schemaUrl: (type: PeerType) => string): HeadersOf {
  let spans = 0;
  return (event, input, nowMs) => {
    const headers: IHeaders = {
      'content-type': 'application/avro',
      ce_specversion: '1.0',
      ce_type: typeNames.get(event.type),
      ce_source: EVENT_SOURCE,
      ce_dataschema: schemaUrl(event.type),
      ce_time: new Date(nowMs).toISOString(),
    };
    const parent = input?.['traceparent']?.toString();
    if (parent !== undefined) {
      spans = (spans + 1) % 0xffff_ffff;
      const span = `5be7c4a1${spans.toString(16).padStart(8, '0')}`;
      headers['traceparent'] = `00-${parent.slice(3, 35)}-${span}-${parent.slice(53)}`;
      headers['ce_traceparent'] = input?.['ce_traceparent'];
    }
    headers['ce_id'] = event.eventId;
    headers['ce_subject'] = event.type === 'ClientHandedOver' ? event.clientKey : event.caseId;
    return headers;
  };
}

const typeNames = new Map(PEER_TYPES.map((type) => [type, eventTypeName(type)] as const));
