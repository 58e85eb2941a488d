/**
 * Events of a file in which the BSN was replaced before: a client key and, where a case is
 * registered, the last two digits. All other fields are those of intake, read by its own rules.
 */
import { createHash } from 'node:crypto';
import {
  accept,
  isBsnSuffix,
  isClientKey,
  isIdentifier,
  must,
  refuse,
  unreachable,
  type BsnSuffix,
  type ClientKey,
  type EventId,
  type IntakeEvent,
  type Result,
} from '@smc/domain';
import {
  amsterdamDay,
  optional,
  problemsOfAddress,
  readShape,
  required,
  type FieldProblem,
  type FieldRule,
  type IntakeKind,
  type IntakeShapes,
} from '@smc/intake';

const clientKey: FieldRule<ClientKey> = required({
  expected: 'a client key: 26 characters of a-z and 2-7',
  schema: { type: 'string' },
  parse: (value) => (isClientKey(value) ? value : undefined),
});
const bsnSuffix: FieldRule<BsnSuffix> = required({
  expected: 'the last two digits of the BSN, as a text',
  schema: { type: 'string' },
  parse: (value) => (isBsnSuffix(value) ? value : undefined),
});

export type ToldShapes = ReturnType<typeof toldShapes>;

/** Intake's fields with the client key in the place of the BSN. */
export function toldShapes(shapes: IntakeShapes) {
  return {
    CaseRegistered: { ...withKey(shapes.CaseRegistered), bsnSuffix },
    CaseClosed: withKey(shapes.CaseClosed),
    CaseReclassified: withKey(shapes.CaseReclassified),
    ClientMoved: withKey(shapes.ClientMoved),
    ClientStatusChanged: withKey(shapes.ClientStatusChanged),
  };
}

function withKey<S extends { readonly bsn: unknown }>(shape: S) {
  const { bsn: _, ...rest } = shape;
  return { ...rest, clientKey, bsnSuffix: optional(bsnSuffix) };
}

type Parsed = Result<IntakeEvent, readonly FieldProblem[]>;

/** `nowMs`: when an event was received that does not say it. */
export function parseTold(
  kind: IntakeKind,
  body: unknown,
  by: { readonly shapes: ToldShapes; readonly nowMs: number },
): Parsed {
  const { shapes, nowMs } = by;
  switch (kind) {
    case 'CaseRegistered': {
      const read = readShape(shapes.CaseRegistered, body);
      if (!read.ok) return read;
      return checked({ type: kind, ...receipt(read.value, nowMs) });
    }
    case 'CaseClosed': {
      const read = readShape(shapes.CaseClosed, body);
      if (!read.ok) return read;
      return checked({ type: kind, ...withoutSuffix(receipt(read.value, nowMs)) });
    }
    case 'CaseReclassified': {
      const read = readShape(shapes.CaseReclassified, body);
      if (!read.ok) return read;
      return checked({ type: kind, ...withoutSuffix(receipt(read.value, nowMs)) });
    }
    case 'ClientMoved': {
      const read = readShape(shapes.ClientMoved, body);
      if (!read.ok) return read;
      return checked({ type: kind, ...withoutSuffix(receipt(read.value, nowMs)) });
    }
    case 'ClientStatusChanged': {
      const read = readShape(shapes.ClientStatusChanged, body);
      if (!read.ok) return read;
      return checked({ type: kind, ...withoutSuffix(receipt(read.value, nowMs)) });
    }
    default:
      return unreachable(kind);
  }
}

function checked(event: IntakeEvent): Parsed {
  const problems = 'addressKind' in event ? problemsOfAddress(event) : [];
  return problems.length > 0 ? refuse(problems) : accept(event);
}

type Received = { readonly eventId: EventId | undefined; readonly receivedAt: number | undefined };

/** An event without an id gets one of what it says, as intake gives it: a repeat has the same. */
function receipt<V extends Received>({ eventId, receivedAt, ...facts }: V, nowMs: number) {
  const receivedAtMs = receivedAt ?? nowMs;
  const receivedOn = amsterdamDay(receivedAtMs);
  return { ...facts, eventId: eventId ?? idOf({ facts, receivedAt }), receivedAtMs, receivedOn };
}

function withoutSuffix<V extends { readonly bsnSuffix: unknown }>(facts: V) {
  const { bsnSuffix: _, ...rest } = facts;
  return rest;
}

function idOf(content: object): EventId {
  const text = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
  return must(isIdentifier<'EventId'>(text) ? text : undefined, 'hex makes an identifier');
}
