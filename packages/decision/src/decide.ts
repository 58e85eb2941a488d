import {
  OPEN_CASES_MAX,
  unreachable,
  type AssignmentEvent,
  type CaseClosed,
  type CaseReclassified,
  type CaseRegistered,
  type ClientMoved,
  type ClientState,
  type ClientStatusChanged,
  type DeadLetterCode,
  type IntakeEvent,
  type OfficeEvent,
  type OfficeId,
  type Result,
  type SourcePosition,
  type TeamChosen,
} from '@smc/domain';
import { caseReleased } from './assignment-events.ts';
import type { Rulebook } from './demarcation.ts';
import { emit, officeEventId, type Draft } from './draft.ts';
import {
  UNKNOWN_CLIENT,
  withClosed,
  withFactsOf,
  withMove,
  withReclassified,
  withStatus,
} from './evolve.ts';
import { followFacts, placeAwaitingCases, placeCase, placeParkedCases } from './place-case.ts';
import { loadChanges } from './workload/counting.ts';

/** What came of one event: what the divisions are told, and what the router knows afterwards. */
export type Decision = {
  readonly events: readonly AssignmentEvent[];
  /** What offices that divide by workload are told and asked, in order. */
  readonly toOffices: readonly OfficeEvent[];
  /** Why a command was not acted on; undefined: it was, or the input is no command. */
  readonly skipped: string | undefined;
  /** The same object as before when nothing changed. */
  readonly state: ClientState | undefined;
};

/** A valid record that makes no sense for this client: it becomes a dead letter. */
export type DecisionRefusal = { readonly code: DeadLetterCode; readonly reason: string };

/** What intake tells of a client, or what an office answers. */
export type ClientInput = IntakeEvent | TeamChosen;

export type Decide = (
  input: { readonly event: ClientInput; readonly source: SourcePosition },
  state: ClientState | undefined,
  rulebook: Rulebook,
) => Result<Decision, DecisionRefusal>;

/**
 * What one event of one client leads to. The same input gives the same bytes on every replay:
 * there is no clock, no randomness and no store in here. A repeat of an event changes nothing, so
 * an input that comes twice is answered once.
 */
export const decide: Decide = ({ event, source }, state, rulebook) => {
  const before = state ?? UNKNOWN_CLIENT;
  const draft: Draft = { event, source, rulebook, client: before, events: [], requests: [] };
  const refusal = takeIn(draft, event);
  if (refusal !== undefined) return { ok: false, refusal };
  const { events } = draft;
  const toOffices = officeEvents(draft, before);
  const after = draft.client === before ? state : draft.client;
  const skipped = event.type === 'TeamChosen' && after === state ? NO_CASE_WAITS : undefined;
  return { ok: true, value: { events, toOffices, skipped, state: after } };
};

const NO_CASE_WAITS = 'no case of the client waits for a team';

function takeIn(draft: Draft, event: ClientInput): DecisionRefusal | undefined {
  switch (event.type) {
    case 'CaseRegistered':
      return registerCase(draft, event);
    case 'CaseClosed':
      return closeCase(draft, event);
    case 'CaseReclassified':
      return reclassifyCase(draft, event);
    case 'ClientMoved':
      return moveClient(draft, event);
    case 'ClientStatusChanged':
      return changeStatus(draft, event);
    case 'TeamChosen':
      placeAwaitingCases(draft, event);
      return undefined;
    default:
      return unreachable(event);
  }
}

function registerCase(draft: Draft, event: CaseRegistered): DecisionRefusal | undefined {
  const { caseId } = event;
  const { openCases, closedCases } = draft.client;
  if (openCases.some((open) => open.caseId === caseId) || closedCases.includes(caseId)) return;
  if (openCases.length >= OPEN_CASES_MAX) {
    const reason = `the client has ${OPEN_CASES_MAX} open cases, the most that one client can have`;
    return { code: 'TOO_MANY_OPEN_CASES', reason };
  }
  const before = draft.client;
  draft.client = withFactsOf(event, before);
  if (hasNewStatus(before, draft.client)) followStatus(draft, event);
  placeCase(draft, {
    caseId,
    law: event.law,
    product: event.product,
    employment: event.employment,
    receivedOn: event.receivedOn,
    receivedAtMs: event.receivedAtMs,
    dossierRef: event.dossierRef,
    category: event.category,
    activity: 'active',
    parked: undefined,
    awaiting: undefined,
  });
  // What a case tells of the client counts like a move or a change of status of its own.
  if (hasNewStatus(before, draft.client) || hasNewAddress(before, draft.client)) {
    placeParkedCases(draft);
  }
  return;
}

function closeCase(draft: Draft, event: CaseClosed): DecisionRefusal | undefined {
  const { openCases, closedCases } = draft.client;
  if (closedCases.includes(event.caseId)) return;
  const closed = openCases.find(({ caseId }) => caseId === event.caseId);
  if (closed === undefined) {
    return { code: 'CASE_UNKNOWN', reason: 'caseId: this client has no such case' };
  }
  emit(draft, caseReleased(draft, event, closed));
  draft.client = withClosed(event, draft.client);
  return;
}

/** E22: a case judged anew may change line and weight; the client keeps the team. */
function reclassifyCase(draft: Draft, event: CaseReclassified): DecisionRefusal | undefined {
  const { openCases, closedCases, recentEvents } = draft.client;
  if (closedCases.includes(event.caseId) || recentEvents.includes(event.eventId)) return;
  if (!openCases.some(({ caseId }) => caseId === event.caseId)) {
    return { code: 'CASE_UNKNOWN', reason: 'caseId: this client has no such case' };
  }
  draft.client = withReclassified(event, draft.client);
  placeParkedCases(draft);
  return;
}

/** A move tells where the client lives by now; the client stays with the team (B10), or follows. */
function moveClient(draft: Draft, event: ClientMoved): undefined {
  const { recentEvents, addressAsOfMs } = draft.client;
  if (event.receivedAtMs < addressAsOfMs || recentEvents.includes(event.eventId)) return;
  draft.client = withMove(event, draft.client);
  followFacts(draft, {
    on: event.receivedOn,
    accepts: ({ basis, team }, now) =>
      now.index.demarcation.settings.onMove === 'by-address' &&
      basis !== undefined &&
      team.office !== draft.client.office,
  });
  placeParkedCases(draft);
}

function changeStatus(draft: Draft, event: ClientStatusChanged): undefined {
  const { recentEvents, statusAsOfMs } = draft.client;
  if (event.receivedAtMs < statusAsOfMs || recentEvents.includes(event.eventId)) return;
  draft.client = withStatus(event, draft.client);
  followStatus(draft, event);
  placeParkedCases(draft);
}

/** The client's status decides, whatever the law of the cases (B07); groups likewise (B23). */
function followStatus(draft: Draft, { receivedOn }: IntakeEvent): void {
  followFacts(draft, {
    on: receivedOn,
    accepts: ({ rule }) => rule === 'participatiewet' || rule === 'group',
  });
}

function hasNewStatus(before: ClientState, after: ClientState): boolean {
  return (
    before.participatiewet !== after.participatiewet ||
    !sameCodes(before.groups, after.groups) ||
    !sameCodes(before.formerGroups, after.formerGroups)
  );
}

function hasNewAddress(before: ClientState, after: ClientState): boolean {
  return before.addressKind !== after.addressKind || before.postcode !== after.postcode;
}

function sameCodes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((code, i) => code === b[i]);
}

/**
 * Tells each office that counts its load what has changed in it, and then asks: an office that
 * chooses has counted what this very input changed (A09).
 */
function officeEvents(draft: Draft, before: ClientState): readonly OfficeEvent[] {
  const { event, rulebook, source, requests } = draft;
  const told: OfficeEvent[] = [];
  const nextId = () => officeEventId(source, told.length + 1);
  const chosen = event.type === 'TeamChosen' ? event : undefined;
  const counts = (office: OfficeId) => rulebook.counts(office);
  for (const { office, changes } of loadChanges(before, draft.client, { counts, chosen })) {
    told.push({ type: 'LoadChanged', eventId: nextId(), source, office, changes });
  }
  for (const request of requests) told.push({ ...request, eventId: nextId() });
  return told;
}
