/**
 * CloudEvents 1.0 in Kafka's binary mode, by the NL GOV profile: the value is the data, every
 * attribute is a header `ce_...`, and `content-type` says Avro. Every record that a service writes
 * carries them, so they are composed where they lie: per type one buffer that holds all that never
 * changes, into which a call writes the few parts that do, and from which it copies once.
 *
 *   count | content-type ce_specversion ce_type ce_source ce_dataschema
 *         | ce_time [traceparent ce_traceparent]      places of a fixed length
 *         | ce_id [ce_subject]                        ends
 */
import { assert, must } from '@smc/domain';
import { encodeHeaders, type EncodedHeaders, type Header } from '@smc/log';
import type { Codec, WireEventOf, WireType } from './codec.ts';
import { TRACEPARENT_CHARACTERS, type Traceparent } from './traceparent.ts';

/** What leaves the router and intake as an event; state and positions are nobody's event. */
export type PublishedType = Exclude<WireType, 'ClientState' | 'Checkpoint'>;
export type PublishedEvent = WireEventOf<PublishedType>;

/** The prefix 00000099 of an OIN may be used by anyone: an installation sets its own. */
export const EVENT_SOURCE = 'urn:nld:oin:00000099000000001000:systeem:zaakrouter';
/** The domain in the plural and no organisation, whose name may change (NL GOV). */
export const EVENT_TYPE_PREFIX = 'nl.sociaal-medische-centra';

const SOURCE = /^urn:nld:[a-z0-9]+(?::[A-Za-z0-9-]+)+$/;
const TYPE_PREFIX = /^nl(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$/;
/** `2026-11-24T21:29:11.000Z`. */
const TIME_CHARACTERS = 24;
const VALUE_CHARACTERS_MAX = 255;
/** Room for the longest id and the longest subject, with their names and lengths. */
const ENDS_BYTES_MAX = 2 * (VALUE_CHARACTERS_MAX + 16);

export type EventHeadersOptions = {
  readonly codec: Pick<Codec, 'schemaUrl'>;
  readonly types: readonly PublishedType[];
  readonly source?: string;
  readonly typePrefix?: string;
};

export type EventMoment = {
  /** When the event was recorded: `ce_time`, in UTC. */
  readonly timeMs: number;
  readonly traceparent?: Traceparent | undefined;
  /** Where the trace began; `traceparent` itself when left out. */
  readonly originTraceparent?: Traceparent | undefined;
};

export type EventHeaders = (event: PublishedEvent, moment: EventMoment) => EncodedHeaders;

/** The name of a type on the wire: `nl.sociaal-medische-centra.case-assigned`. */
export function eventTypeName(type: WireType, prefix: string = EVENT_TYPE_PREFIX): string {
  const words = type.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
  return `${prefix}.${words}`;
}

export function createEventHeaders(options: EventHeadersOptions): EventHeaders {
  const { codec, types, source = EVENT_SOURCE, typePrefix = EVENT_TYPE_PREFIX } = options;
  assert(SOURCE.test(source), 'the source of events is a URN of the namespace nld');
  assert(TYPE_PREFIX.test(typePrefix), 'the prefix of event types is a reversed domain name');
  const templates = new Map<PublishedType, { traced: Template; untraced: Template }>();
  for (const type of types) {
    const constant: readonly Header[] = [
      ['content-type', 'application/avro'],
      ['ce_specversion', '1.0'],
      ['ce_type', eventTypeName(type, typePrefix)],
      ['ce_source', source],
      ['ce_dataschema', codec.schemaUrl(type)],
    ];
    templates.set(type, {
      untraced: templateOf(constant, [TIME]),
      traced: templateOf(constant, [TIME, HOP, ORIGIN]),
    });
  }

  return (event, { timeMs, traceparent, originTraceparent }) => {
    const pair = must(templates.get(event.type), 'the headers were not made for this type');
    const template = traceparent === undefined ? pair.untraced : pair.traced;
    place(template, 0, timeOf(timeMs));
    if (traceparent !== undefined) {
      place(template, 1, traceparent);
      place(template, 2, originTraceparent ?? traceparent);
    }
    return finish(template, event);
  };
}

type Place = { readonly name: string; readonly characters: number };
const TIME: Place = { name: 'ce_time', characters: TIME_CHARACTERS };
const HOP: Place = { name: 'traceparent', characters: TRACEPARENT_CHARACTERS };
const ORIGIN: Place = { name: 'ce_traceparent', characters: TRACEPARENT_CHARACTERS };

type Template = {
  /** The encoded headers with blank places, and room for the ends. */
  readonly bytes: Buffer;
  /** Where the constant headers and the places end, and how many they are. */
  readonly end: number;
  readonly headers: number;
  /** Where the value of each place begins. */
  readonly places: readonly number[];
};

function templateOf(constant: readonly Header[], places: readonly Place[]): Template {
  const headers = [...constant];
  const begins = places.map(({ name, characters }) => {
    headers.push([name, ' '.repeat(characters)]);
    return encodeHeaders(headers).length - characters;
  });
  const encoded = encodeHeaders(headers);
  const bytes = Buffer.alloc(encoded.length + ENDS_BYTES_MAX);
  encoded.copy(bytes);
  return { bytes, end: encoded.length, headers: headers.length, places: begins };
}

function place(template: Template, which: number, value: string): void {
  template.bytes.write(value, template.places[which] ?? 0, 'latin1');
}

function finish({ bytes, end, headers }: Template, event: PublishedEvent): EncodedHeaders {
  const subject = subjectOf(event);
  let length = append(bytes, end, { name: ID, value: idOf(event) });
  if (subject !== undefined) length = append(bytes, length, { name: SUBJECT, value: subject });
  // Both counts are below 64: one byte, zig-zag.
  bytes[0] = 2 * (subject === undefined ? headers + 1 : headers + 2);
  return copyOf(bytes, length);
}

function copyOf(bytes: Buffer, length: number): EncodedHeaders {
  const copy = Buffer.allocUnsafe(length);
  bytes.copy(copy, 0, 0, length);
  return copy as EncodedHeaders;
}

const ID = encodedName('ce_id');
const SUBJECT = encodedName('ce_subject');

function encodedName(name: string): Buffer {
  return Buffer.from([name.length * 2, ...Buffer.from(name)]);
}

/** Appends one header with an ASCII value and gives the new end. */
function append(into: Buffer, at: number, header: { name: Buffer; value: string }): number {
  const { name, value } = header;
  assert(value.length <= VALUE_CHARACTERS_MAX, 'an id or subject has at most 255 characters');
  let end = at;
  for (const byte of name) into[end++] = byte;
  const length = value.length * 2;
  if (length >= 0x80) into[end++] = (length & 0x7f) | 0x80;
  into[end++] = length >= 0x80 ? length >>> 7 : length;
  return end + into.write(value, end, 'latin1');
}

/** The events of one batch have one time. */
let lastTime = { timeMs: 0, text: new Date(0).toISOString() };

function timeOf(timeMs: number): string {
  if (timeMs !== lastTime.timeMs) lastTime = { timeMs, text: new Date(timeMs).toISOString() };
  return lastTime.text;
}

/** Source and id name the event for ever: a replay that decides the same gives the same id. */
function idOf(event: PublishedEvent): string {
  if ('eventId' in event) return event.eventId;
  switch (event.type) {
    case 'Acknowledgement':
      return `${event.division}-${event.clientKey}-${event.clientSequence}`;
    case 'DeadLetter':
      return `${event.source.topic}-${event.source.partition}-${event.source.offset}`;
    case 'DemarcationPart':
      return `${event.version}-${event.sha256}`;
    case 'DemarcationManifest':
      return `${event.version}-${event.contentHash}`;
  }
}

/** The case, else the client by its pseudonym, else the demarcation; a dead letter has none. */
function subjectOf(event: PublishedEvent): string | undefined {
  switch (event.type) {
    case 'CaseRegistered':
    case 'CaseClosed':
    case 'CaseAssigned':
    case 'CaseParked':
    case 'CaseReleased':
      return event.caseId;
    case 'ClientMoved':
    case 'ClientStatusChanged':
    case 'ClientHandedOver':
    case 'Acknowledgement':
      return event.clientKey;
    case 'DemarcationActivated':
    case 'DemarcationPart':
    case 'DemarcationManifest':
      return event.version;
    case 'DeadLetter':
      return undefined;
  }
}
