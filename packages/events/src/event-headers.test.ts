import { decodeHeaders, encodeHeaders, type EncodedHeaders } from '@smc/log';
import { CloudEvent, Kafka, type KafkaMessage } from 'cloudevents';
import { beforeAll, expect, test } from 'vitest';
import type { Codec } from './codec.ts';
import {
  createEventHeaders,
  eventTypeName,
  type EventHeaders,
  type PublishedType,
} from './event-headers.ts';
import { WIRE_TYPES } from './event-schemas.ts';
import { createMemoryRegistry } from './memory-registry.ts';
import { openCodec } from './open-codec.ts';
import { registerSchemas } from './register-schemas.ts';
import { id, SAMPLES } from './samples.ts';
import { childTraceparent, rootTraceparent } from './traceparent.ts';

const PUBLISHED = WIRE_TYPES.filter(
  (type): type is PublishedType => !['ClientState', 'OfficeLoad', 'Checkpoint'].includes(type),
);
const hop = rootTraceparent('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331');
const origin = rootTraceparent('0af7651916cd43dd8448eb211c80319c', '00f067aa0ba902b7');
const timeMs = Date.UTC(2026, 10, 24, 21, 29, 11, 7);

let codec: Codec;
let eventHeaders: EventHeaders;
beforeAll(async () => {
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  codec = await openCodec({ registry, types: WIRE_TYPES });
  eventHeaders = createEventHeaders({ codec, types: PUBLISHED });
});

function texts(headers: EncodedHeaders): Record<string, string> {
  const decoded = decodeHeaders(headers);
  if (typeof decoded === 'string') throw new Error(decoded);
  return Object.fromEntries([...decoded].map(([name, value]) => [name, value.toString()]));
}

test('an assignment carries the attributes of CloudEvents and both trace contexts', () => {
  const moment = { timeMs, traceparent: hop, originTraceparent: origin };

  expect(texts(eventHeaders(SAMPLES.CaseAssigned, moment))).toEqual({
    'content-type': 'application/avro',
    ce_specversion: '1.0',
    ce_type: 'nl.sociaal-medische-centra.case-assigned',
    ce_source: 'urn:nld:oin:00000099000000001000:systeem:zaakrouter',
    ce_dataschema: codec.schemaUrl('CaseAssigned'),
    ce_time: '2026-11-24T21:29:11.007Z',
    ce_id: 'smc.intake-3-1234567-0',
    ce_subject: 'case-0000001',
    traceparent: hop,
    ce_traceparent: origin,
  });
});

test('without a trace there are no trace headers, and the next event with one has its own', () => {
  const traced = eventHeaders(SAMPLES.CaseClosed, { timeMs, traceparent: hop });
  const untraced = texts(eventHeaders(SAMPLES.CaseClosed, { timeMs: timeMs + 1 }));

  expect(untraced).not.toHaveProperty('traceparent');
  expect(untraced['ce_time']).toBe('2026-11-24T21:29:11.008Z');
  expect(texts(traced)).toMatchObject({ traceparent: hop, ce_traceparent: hop });
  expect(texts(traced)['ce_time']).toBe('2026-11-24T21:29:11.007Z');
});

test('an answer goes on with the trace of its input, under a span of its own', () => {
  const inputHeaders = eventHeaders(SAMPLES.CaseClosed, {
    timeMs,
    traceparent: hop,
    originTraceparent: origin,
  });
  const spanId = { high: 0x0000_00ff, low: 0xdead_beef };

  expect(eventHeaders(SAMPLES.CaseAssigned, { timeMs, inputHeaders, spanId })).toEqual(
    eventHeaders(SAMPLES.CaseAssigned, {
      timeMs,
      traceparent: childTraceparent(hop, '000000ffdeadbeef'),
      originTraceparent: origin,
    }),
  );
  expect(() =>
    eventHeaders(SAMPLES.CaseAssigned, { timeMs, inputHeaders, spanId: { high: 0, low: 0 } }),
  ).toThrow('not all zero');
});

test('an answer to a record without a valid trace has none', () => {
  const inputHeaders = encodeHeaders([['traceparent', hop.toUpperCase()]]);
  const spanId = { high: 1, low: 2 };

  expect(eventHeaders(SAMPLES.CaseAssigned, { timeMs, inputHeaders, spanId })).toEqual(
    eventHeaders(SAMPLES.CaseAssigned, { timeMs }),
  );
});

test('headers are not touched by those that are composed after them', () => {
  const ids = Array.from({ length: 400 }, (_, i) => id<'EventId'>('x'.repeat(1 + (i % 64))));

  const composed = ids.map((eventId, i) =>
    eventHeaders({ ...SAMPLES.CaseClosed, eventId }, { timeMs: timeMs + i }),
  );

  for (const [i, headers] of composed.entries()) {
    const time = new Date(timeMs + i).toISOString();
    expect(texts(headers)).toMatchObject({ ce_id: ids[i], ce_time: time });
  }
});

test.each(PUBLISHED)('the schema named in the headers of a %s is that of its value', (type) => {
  const value = codec.encode(SAMPLES[type]);
  const headers = texts(eventHeaders(SAMPLES[type], { timeMs, traceparent: hop }));

  expect(headers['ce_dataschema']).toMatch(new RegExp(`/schemas/ids/${value.readInt32BE(1)}$`));
});

test.each(PUBLISHED)('the CloudEvents SDK reads the headers of a %s as a valid event', (type) => {
  const headers = texts(eventHeaders(SAMPLES[type], { timeMs, traceparent: hop }));

  const message: KafkaMessage = { headers, value: 'data', key: 'key', body: 'data', timestamp: '' };
  const read = Kafka.toEvent(message);

  expect(read instanceof CloudEvent && read.validate()).toBe(true);
  expect(read).toMatchObject({
    specversion: '1.0',
    type: headers['ce_type'],
    source: headers['ce_source'],
    id: headers['ce_id'],
    time: headers['ce_time'],
    dataschema: headers['ce_dataschema'],
    datacontenttype: 'application/avro',
    traceparent: hop,
  });
});

test.each(PUBLISHED)('the attributes of a %s keep the rules of the NL GOV profile', (type) => {
  const headers = texts(eventHeaders(SAMPLES[type], { timeMs, traceparent: hop }));

  for (const [name, value] of Object.entries(headers)) {
    expect(name).toMatch(/^(?:content-type|traceparent|ce_[a-z0-9]{1,20})$/);
    expect(value, name).toMatch(/^[\x20-\x7e]+$/);
    expect(value, name).not.toMatch(/(?<![0-9])[0-9]{9}(?![0-9])/);
  }
  expect(headers['ce_type']).toMatch(/^nl(\.[a-z0-9]+(-[a-z0-9]+)*){2,}$/);
  expect(headers['ce_source']).toMatch(/^urn:nld:oin:[0-9A-Z]{20}:systeem:[a-z0-9-]+$/);
});

test('the names of types are words with hyphens behind the prefix of the installation', () => {
  expect(eventTypeName('ClientHandedOver')).toBe('nl.sociaal-medische-centra.client-handed-over');
  expect(eventTypeName('DeadLetter', 'nl.voorbeeld.zaken')).toBe('nl.voorbeeld.zaken.dead-letter');
});

test('a source that is no Dutch URN and a prefix that is no domain are refused', () => {
  const types = ['CaseClosed'] as const;

  expect(() => createEventHeaders({ codec, types, source: 'https://example.nl' })).toThrow('URN');
  expect(() => createEventHeaders({ codec, types, typePrefix: 'case' })).toThrow('domain name');
});

test.each([63, 64])('an id of %i characters is read back whole', (characters) => {
  const event = { ...SAMPLES.CaseClosed, eventId: id<'EventId'>('x'.repeat(characters)) };

  expect(texts(eventHeaders(event, { timeMs }))['ce_id']).toBe(event.eventId);
});
