/**
 * The cases of the benchmark, by number: the same number gives the same case in every run and in
 * every process, so that all workers get the same bytes. A case's number stands in its id, and the
 * moment at which it was to be sent in `receivedAtMs`.
 */
import {
  isBsnSuffix,
  isClientKey,
  isIdentifier,
  isLocalDate,
  isPostcode,
  must,
  partitionOf,
  TOPICS,
  type AddressKind,
  type Brand,
  type BsnSuffix,
  type CaseRegistered,
  type ClientKey,
  type Postcode,
} from '@smc/domain';
import { createEventHeaders, isTraceparent, type Codec } from '@smc/events';
import type { OutgoingRecord } from '@smc/log';

/** A client has so many cases on average, as in the demonstration. */
const CASES_PER_CLIENT = 2.5;
/** Enough clients that they do not all stay in the processor's caches. */
const CLIENTS_MIN = 1_000;
const RECEIVED_ON = must(dateOf('2026-09-15'), 'a day on which the example decides');
const RECEIVED_FROM_MS = Date.UTC(2026, 8, 15, 6);
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const CASE_PREFIX = 'bench-';

/** Of a hundred clients so many have another address than a Dutch one. */
const OTHER_ADDRESSES: readonly AddressKind[] = [
  'postbus',
  'postbus',
  'foreign',
  'foreign',
  'secret',
  'none',
];

const KINDS = [
  ['ZW', 'zw-beoordeling'],
  ['WIA', 'wia-aanvraag'],
  ['WIA', 'herbeoordeling'],
  ['ZW', 'herbeoordeling'],
] as const;

type Client = {
  readonly clientKey: ClientKey;
  readonly bsnSuffix: BsnSuffix;
  readonly addressKind: AddressKind;
  readonly postcode: Postcode | undefined;
};

export type Workload = {
  /** The case with this number, received at its own fixed moment or at the one given. */
  caseOf(n: number, receivedAtMs?: number): CaseRegistered;
};

/** `cases` is how many there are at first; it decides how many clients they belong to. */
export function createWorkload(cases: number): Workload {
  const clients = Array.from(
    { length: Math.max(CLIENTS_MIN, Math.round(cases / CASES_PER_CLIENT)) },
    (_, n) => clientOf(n),
  );
  return {
    caseOf(n, receivedAtMs = RECEIVED_FROM_MS + n) {
      const chance = mix(n);
      const client = must(clients[chance % clients.length], 'a client for every case');
      const [law, product] = KINDS[(chance >>> 24) % KINDS.length] ?? KINDS[0];
      return {
        type: 'CaseRegistered',
        ...client,
        eventId: id<'EventId'>(`bench-event-${n}`),
        caseId: id<'CaseId'>(`${CASE_PREFIX}${n}`),
        receivedAtMs,
        receivedOn: RECEIVED_ON,
        law,
        product,
        employment: 'tijdelijk-dienstverband',
        participatiewet: false,
        groups: [],
        formerGroups: [],
        category: undefined,
        employerKey: undefined,
        dossierRef: id<'DossierRef'>(`dossier-${n}`),
        channel: 'central',
      };
    },
  };
}

/** The number of a case of the workload; undefined for any other. */
export function caseNumber(caseId: string): number | undefined {
  return caseId.startsWith(CASE_PREFIX) ? Number(caseId.slice(CASE_PREFIX.length)) : undefined;
}

/** All postcodes that occur: one in each four digits. */
export function workloadPostcodes(): readonly Postcode[] {
  return Array.from({ length: 9_000 }, (_, n) => postcodeOf(n));
}

/** The record as intake writes it: framed Avro, CloudEvents attributes and a trace as headers. */
export function createRecordOf(codec: Codec, partitions: number) {
  const headersOf = createEventHeaders({ codec, types: ['CaseRegistered'] });
  return (event: CaseRegistered, n: number): OutgoingRecord => {
    const trace = (n + 1).toString(16);
    const text = `00-${trace.padStart(32, '0')}-${trace.padStart(16, '0')}-01`;
    const traceparent = must(isTraceparent(text) ? text : undefined, 'a trace for every case');
    return {
      topic: TOPICS.intake,
      partition: partitionOf(event.clientKey, partitions),
      key: Buffer.from(event.clientKey, 'latin1'),
      value: codec.encode(event),
      headers: headersOf(event, { timeMs: event.receivedAtMs, traceparent }),
    };
  };
}

function clientOf(n: number): Client {
  let key = '';
  for (let i = 0; key.length < 26; i++) key += letters(mix(n * 8 + i));
  const clientKey = key.slice(0, 26);
  const suffix = String(mix(n) % 100).padStart(2, '0');
  const addressKind = OTHER_ADDRESSES[n % 100] ?? 'dutch';
  const hasPostcode = addressKind === 'dutch' || addressKind === 'postbus';
  return {
    clientKey: must(isClientKey(clientKey) ? clientKey : undefined, 'a client key'),
    bsnSuffix: must(isBsnSuffix(suffix) ? suffix : undefined, 'two digits'),
    addressKind,
    postcode: hasPostcode ? postcodeOf(mix(n ^ 0x5bd1e995) % 9_000) : undefined,
  };
}

function postcodeOf(n: number): Postcode {
  const letterPair = `A${'ABCDEFGH'[n % 8] ?? 'A'}`;
  const text = `${1_000 + n}${letterPair}`;
  return must(isPostcode(text) ? text : undefined, 'a postcode');
}

/** Six characters of base32 out of thirty bits. */
function letters(bits: number): string {
  let text = '';
  for (let shift = 0; shift < 30; shift += 5) text += ALPHABET[(bits >>> shift) & 31] ?? '';
  return text;
}

/** 32 bits that look like chance and are the same every time. */
function mix(n: number): number {
  let mixed = Math.imul(n + 0x9e37, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function id<Name extends string>(text: string): Brand<string, Name> {
  return must(isIdentifier<Name>(text) ? text : undefined, 'an identifier');
}

function dateOf(text: string) {
  return isLocalDate(text) ? text : undefined;
}
