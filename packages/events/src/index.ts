export {
  DEMARCATION_PARTS_MAX,
  type ClientStateRecord,
  type Codec,
  type Decoded,
  type DemarcationManifest,
  type DemarcationPart,
  type Flaw,
  type OfficeLoadRecord,
  type WireEvent,
  type WireEventOf,
  type WireType,
} from './codec.ts';
export { openCodec, VALUE_BYTES_MAX, type OpenCodec } from './open-codec.ts';
export {
  RegistryFault,
  SchemaNotRegisteredError,
  type Compatibility,
  type RegistryFaultCode,
  type SchemaRegistryPort,
  type UnregisteredSchema,
} from './registry.ts';
export { connectRegistry, type RegistryConnection } from './confluent-registry.ts';
export { createMemoryRegistry } from './memory-registry.ts';
export { registerSchemas, type SchemaRegistration } from './register-schemas.ts';
export { WIRE_TYPES } from './event-schemas.ts';
export { toDeadLetter } from './dead-letter.ts';
export {
  createEventHeaders,
  EVENT_SOURCE,
  EVENT_TYPE_PREFIX,
  eventTypeName,
  type AnswerMoment,
  type EventHeaders,
  type EventHeadersOptions,
  type EventMoment,
  type PublishedEvent,
  type PublishedType,
} from './event-headers.ts';
export type { SpanId } from './located-trace.ts';
export {
  childTraceparent,
  isTraceparent,
  readTraceparent,
  rootTraceparent,
  type TraceContext,
  type Traceparent,
} from './traceparent.ts';
