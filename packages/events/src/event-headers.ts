/**
 * CloudEvents 1.0 in Kafka's binary mode, by the NL GOV profile: the value is the data, every
 * attribute is a header `ce_...`, and `content-type` says Avro. Every record that a service writes
 * carries them, so they are composed where they lie: per type one buffer holds all that is the same
 * for a batch; a call copies it into the memory that is handed out and writes the few other parts.
 *
 *   count | content-type ce_specversion ce_type ce_source ce_dataschema
 *         | ce_time [traceparent ce_traceparent]      places of a fixed length
 *         | ce_id [ce_subject]                        ends
 */
import { assert, must } from '@smc/domain';
import { encodeHeaders, type EncodedHeaders, type Header } from '@smc/log';
import type { Codec, WireEventOf, WireType } from './codec.ts';
import { createSlab, makeRoom, takeUntil, type Slab } from './slab.ts';
import {
  locateTrace,
  TRACEPARENT_CHARACTERS,
  writeChild,
  writeTraceparent,
  type SpanId,
} from './located-trace.ts';
import type { Traceparent } from './traceparent.ts';

/** What leaves the router and intake as an event; state and positions are nobody's event. */
export type PublishedType = Exclude<WireType, 'ClientState' | 'OfficeLoad' | 'Checkpoint'>;
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

/** An event that answers a record goes on with its trace, if it has one, under a span of its own. */
export type AnswerMoment = {
  readonly timeMs: number;
  /** Of the record that is answered. */
  readonly inputHeaders: EncodedHeaders;
  readonly spanId: SpanId;
};

export type EventHeaders = (
  event: PublishedEvent,
  moment: EventMoment | AnswerMoment,
) => EncodedHeaders;

/** The name of a type on the wire: `nl.sociaal-medische-centra.case-assigned`. */
export function eventTypeName(type: WireType, prefix: string = EVENT_TYPE_PREFIX): string {
  const words = type.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
  return `${prefix}.${words}`;
}

export function createEventHeaders(options: EventHeadersOptions): EventHeaders {
  const { codec, types, source = EVENT_SOURCE, typePrefix = EVENT_TYPE_PREFIX } = options;
  assert(SOURCE.test(source), 'the source of events is a URN of the namespace nld');
  assert(TYPE_PREFIX.test(typePrefix), 'the prefix of event types is a reversed domain name');
  const templates = new Map<PublishedType, Templates>();
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

  const slab = createSlab();
  return (event, moment) => {
    const pair = must(templates.get(event.type), 'the headers were not made for this type');
    return 'inputHeaders' in moment
      ? answerHeaders(pair, slab, { event, moment })
      : eventHeaders(pair, slab, { event, moment });
  };
}

type Templates = { readonly traced: Template; readonly untraced: Template };

function eventHeaders(
  { traced, untraced }: Templates,
  slab: Slab,
  { event, moment }: { readonly event: PublishedEvent; readonly moment: EventMoment },
): EncodedHeaders {
  const { timeMs, traceparent, originTraceparent } = moment;
  const template = traceparent === undefined ? untraced : traced;
  begin(template, slab, timeMs);
  if (traceparent !== undefined) {
    const { bytes, at } = slab;
    bytes.write(traceparent, at + template.hopAt, 'latin1');
    bytes.write(originTraceparent ?? traceparent, at + template.originAt, 'latin1');
  }
  return finish(template, slab, event);
}

function answerHeaders(
  { traced, untraced }: Templates,
  slab: Slab,
  { event, moment }: { readonly event: PublishedEvent; readonly moment: AnswerMoment },
): EncodedHeaders {
  const { timeMs, inputHeaders: headers, spanId } = moment;
  const { hop, origin } = locateTrace(headers);
  const template = hop < 0 ? untraced : traced;
  begin(template, slab, timeMs);
  if (hop >= 0) {
    writeChild(slab.bytes, slab.at + template.hopAt, { headers, hop, spanId });
    writeTraceparent(slab.bytes, slab.at + template.originAt, { headers, from: origin });
  }
  return finish(template, slab, event);
}

/** The constant part at the slab's free place, with the time: the same for a whole batch. */
function begin(template: Template, slab: Slab, timeMs: number): void {
  if (timeMs !== template.timeMs) {
    writeAscii(template.bytes, template.timeAt, new Date(timeMs).toISOString());
    template.timeMs = timeMs;
  }
  makeRoom(slab, template.bytes.length + ENDS_BYTES_MAX);
  slab.bytes.set(template.bytes, slab.at);
}

type Place = { readonly name: string; readonly characters: number };
const TIME: Place = { name: 'ce_time', characters: TIME_CHARACTERS };
const HOP: Place = { name: 'traceparent', characters: TRACEPARENT_CHARACTERS };
const ORIGIN: Place = { name: 'ce_traceparent', characters: TRACEPARENT_CHARACTERS };

type Template = {
  /** The encoded headers with blank places, and the time that was written into theirs. */
  readonly bytes: Buffer;
  readonly headers: number;
  readonly timeAt: number;
  /** Where the value begins; of the two of a trace, nowhere in a template without one. */
  readonly hopAt: number;
  readonly originAt: number;
  timeMs: number;
};

function templateOf(constant: readonly Header[], places: readonly Place[]): Template {
  const headers = [...constant];
  const [timeAt = 0, hopAt = 0, originAt = 0] = places.map(({ name, characters }) => {
    headers.push([name, ' '.repeat(characters)]);
    return encodeHeaders(headers).length - characters;
  });
  const bytes = encodeHeaders(headers);
  return { bytes, headers: headers.length, timeAt, hopAt, originAt, timeMs: Number.NaN };
}

function finish(template: Template, slab: Slab, event: PublishedEvent): EncodedHeaders {
  const { bytes, at } = slab;
  const subject = subjectOf(event);
  let end = append(bytes, at + template.bytes.length, { name: ID, value: idOf(event) });
  if (subject !== undefined) end = append(bytes, end, { name: SUBJECT, value: subject });
  // Both counts are below 64: one byte, zig-zag.
  bytes[at] = 2 * (subject === undefined ? template.headers + 1 : template.headers + 2);
  return takeUntil(slab, end) as EncodedHeaders;
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
  return writeAscii(into, end, value);
}

/** A loop: for so few characters it is faster than the engine's conversion. */
function writeAscii(into: Buffer, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) into[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/** Source and id name the event for ever: a replay that decides the same gives the same id. */
function idOf(event: PublishedEvent): string {
  if ('eventId' in event) return event.eventId;
  switch (event.type) {
    case 'Acknowledgement':
      return `${event.division}-${event.clientKey}-${event.clientSequence}`;
    case 'DeadLetter':
      return `${event.source.topic}-${event.source.partition}-${event.source.offset}`;
    case 'CommandAnswered':
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
    case 'CaseReclassified':
    case 'TeamRequested':
    case 'TeamChosen':
      return event.caseId;
    case 'LoadChanged':
      return event.office;
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
    case 'CommandAnswered':
      return undefined;
  }
}
