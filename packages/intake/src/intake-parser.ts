/**
 * From what a sender wrote to an intake event. This is where the BSN ends: it is checked, becomes the
 * client key and two digits, and nothing behind this function has seen it.
 */
import { createHash } from 'node:crypto';
import {
  accept,
  isIdentifier,
  must,
  refuse,
  unreachable,
  type AddressKind,
  type Bsn,
  type EventId,
  type IntakeEvent,
  type Postcode,
  type Result,
} from '@smc/domain';
import { amsterdamDay } from './amsterdam-day.ts';
import { base32 } from './base32.ts';
import type { ClientKeyDeriver } from './client-key.ts';
import type { CodeLists } from './code-lists.ts';
import { readShape, type FieldProblem } from './field-rules.ts';
import { intakeShapes, type IntakeShapes } from './intake-shapes.ts';

export type IntakeKind = IntakeEvent['type'];
export const INTAKE_KINDS: readonly IntakeKind[] = [
  'CaseRegistered',
  'CaseClosed',
  'CaseReclassified',
  'ClientMoved',
  'ClientStatusChanged',
];

export type ParseContext = {
  readonly nowMs: number;
  /**
   * Where the event's id comes from when the sender gives none: from the key of an HTTP request, from
   * what the event says, or from nowhere (then it is a problem). Either way a repeat has the same id.
   */
  readonly withoutId: 'by-content' | 'refuse' | { readonly idempotencyKey: string };
};

export type IntakeParser = {
  readonly shapes: IntakeShapes;
  readonly parse: (kind: IntakeKind, body: unknown, context: ParseContext) => Parsed;
};

/** Clocks of senders may run ahead of ours by so much. */
const AHEAD_MS_MAX = 300_000;
const DERIVED_ID_BYTES = 16;

export function createIntakeParser(options: {
  readonly codeLists: CodeLists;
  readonly clientKeys: ClientKeyDeriver;
}): IntakeParser {
  const shapes = intakeShapes(options.codeLists);
  const parts = { shapes, clientKeys: options.clientKeys };
  return { shapes, parse: (kind, body, context) => parse({ kind, body, context, ...parts }) };
}

type Parsed = Result<IntakeEvent, readonly FieldProblem[]>;
type Parsing = {
  readonly kind: IntakeKind;
  readonly body: unknown;
  readonly context: ParseContext;
  readonly shapes: IntakeShapes;
  readonly clientKeys: ClientKeyDeriver;
};

function parse(parsing: Parsing): Parsed {
  const { kind, body, shapes } = parsing;
  switch (kind) {
    case 'CaseRegistered': {
      const read = readShape(shapes.CaseRegistered, body);
      return received(parsing, read, (facts, receipt, { suffix: bsnSuffix }) => {
        return { type: kind, ...receipt, ...facts, bsnSuffix };
      });
    }
    case 'CaseClosed': {
      const read = readShape(shapes.CaseClosed, body);
      return received(parsing, read, (facts, receipt) => ({ type: kind, ...receipt, ...facts }));
    }
    case 'CaseReclassified': {
      const read = readShape(shapes.CaseReclassified, body);
      return received(parsing, read, (facts, receipt) => ({ type: kind, ...receipt, ...facts }));
    }
    case 'ClientMoved': {
      const read = readShape(shapes.ClientMoved, body);
      return received(parsing, read, (facts, receipt) => ({ type: kind, ...receipt, ...facts }));
    }
    case 'ClientStatusChanged': {
      const read = readShape(shapes.ClientStatusChanged, body);
      return received(parsing, read, (facts, receipt) => ({ type: kind, ...receipt, ...facts }));
    }
    default:
      return unreachable(kind);
  }
}

/** What every body says besides its facts. */
type Given = {
  readonly eventId: EventId | undefined;
  readonly bsn: Bsn;
  readonly receivedAt: number | undefined;
};
type Receipt = Pick<IntakeEvent, 'eventId' | 'clientKey' | 'receivedAtMs' | 'receivedOn'>;

/** Gives the event its client, its time and its id, and checks what fields say of each other. */
function received<V extends Given>(
  { context, clientKeys }: Parsing,
  read: Result<V, readonly FieldProblem[]>,
  complete: (facts: Omit<V, keyof Given>, receipt: Receipt, bsn: Bsn) => IntakeEvent,
): Parsed {
  if (!read.ok) return read;
  const { eventId, bsn, receivedAt, ...facts } = read.value;
  const clientKey = clientKeys.derive(bsn);
  const receivedAtMs = receivedAt ?? context.nowMs;
  const receivedOn = amsterdamDay(receivedAtMs);
  const receipt = { eventId: eventId ?? NO_ID, clientKey, receivedAtMs, receivedOn };
  const event = complete(facts, receipt, bsn);
  const problems = [
    ...problemsOfIds(event, bsn),
    ...('addressKind' in event ? problemsOfAddress(event) : []),
  ];
  if (receivedAtMs > context.nowMs + AHEAD_MS_MAX) {
    problems.push({ field: 'receivedAt', expected: 'a moment that is not in the future' });
  }
  if (eventId === undefined && context.withoutId === 'refuse') {
    const expected = 'an identifier, or the header Idempotency-Key instead';
    problems.push({ field: 'eventId', expected });
  }
  if (problems.length > 0) return refuse(problems);
  if (eventId !== undefined) return accept(event);
  return accept({ ...event, eventId: derivedId(event, context, receivedAt) });
}

const NO_ID = identifierOf('none');

/** No identifier may be the BSN in disguise, also not in the eight digits of old forms. */
function problemsOfIds(event: IntakeEvent, bsn: Bsn): FieldProblem[] {
  const digits = bsn.reveal().replace(/^0/, '');
  const ids: Readonly<Record<string, string | undefined>> = {
    eventId: event.eventId,
    caseId: 'caseId' in event ? event.caseId : undefined,
    employerKey: 'employerKey' in event ? event.employerKey : undefined,
    dossierRef: 'dossierRef' in event ? event.dossierRef : undefined,
  };
  return Object.entries(ids)
    .filter(([, id]) => id?.replace(/[._:-]/g, '').includes(digits))
    .map(([field]) => ({ field, expected: 'an identifier without the BSN in it' }));
}

/** A postcode belongs to the kinds of address that have one, and only to those. */
export function problemsOfAddress(event: {
  readonly addressKind: AddressKind;
  readonly postcode: Postcode | undefined;
}): FieldProblem[] {
  const { addressKind, postcode } = event;
  const needsPostcode = addressKind === 'dutch' || addressKind === 'postbus';
  if (needsPostcode === (postcode !== undefined)) return [];
  const expected = needsPostcode
    ? `a Dutch postcode, because the address kind is ${addressKind}`
    : `left out, because the address kind is ${addressKind}`;
  return [{ field: 'postcode', expected }];
}

/**
 * The same id for a repeat: of the same key and client, or of the same content. Time belongs to the
 * content only where the sender wrote it: ours differs at every repeat.
 */
function derivedId(
  event: IntakeEvent,
  { withoutId }: ParseContext,
  receivedAt: number | undefined,
): EventId {
  const hash = createHash('sha256');
  if (typeof withoutId === 'object') {
    hash.update(JSON.stringify(['key', event.type, event.clientKey, withoutId.idempotencyKey]));
  } else {
    const { receivedAtMs: _, receivedOn: __, ...content } = event;
    hash.update(JSON.stringify(['content', content, receivedAt]));
  }
  return identifierOf(`d-${base32(hash.digest().subarray(0, DERIVED_ID_BYTES))}`);
}

function identifierOf(text: string): EventId {
  return must(isIdentifier<'EventId'>(text) ? text : undefined, 'base32 makes an identifier');
}
