/** How a client's state changes: each function takes in one fact and gives a new state. */
import {
  CLOSED_CASES_MAX,
  RECENT_EVENTS_MAX,
  type CaseClosed,
  type CaseId,
  type CaseReclassified,
  type CaseRegistered,
  type ClientMoved,
  type ClientState,
  type ClientStatusChanged,
  type LocalDate,
  type OpenCase,
} from '@smc/domain';
import type { Team } from './demarcation.ts';

/** Of whom nothing is known yet. */
export const UNKNOWN_CLIENT: ClientState = {
  bsnSuffix: undefined,
  addressKind: 'none',
  postcode: undefined,
  participatiewet: false,
  participatiewetEndedOn: undefined,
  groups: [],
  formerGroups: [],
  team: undefined,
  office: undefined,
  journey: 0,
  allClosedOn: undefined,
  sequence: 0,
  openCases: [],
  closedCases: [],
  recentEvents: [],
  addressAsOfMs: 0,
  statusAsOfMs: 0,
};

/** What a case tells of its client, as far as nothing newer is known. */
export function withFactsOf(event: CaseRegistered, client: ClientState): ClientState {
  const { receivedAtMs } = event;
  const newAddress = receivedAtMs >= client.addressAsOfMs;
  const newStatus = receivedAtMs >= client.statusAsOfMs;
  return {
    ...client,
    bsnSuffix: client.bsnSuffix ?? event.bsnSuffix,
    addressKind: newAddress ? event.addressKind : client.addressKind,
    postcode: newAddress ? event.postcode : client.postcode,
    addressAsOfMs: newAddress ? receivedAtMs : client.addressAsOfMs,
    participatiewet: newStatus ? event.participatiewet : client.participatiewet,
    participatiewetEndedOn: newStatus
      ? endOfParticipatiewet(client, event.participatiewet, event.receivedOn)
      : client.participatiewetEndedOn,
    groups: newStatus ? event.groups : client.groups,
    formerGroups: newStatus ? event.formerGroups : client.formerGroups,
    statusAsOfMs: newStatus ? receivedAtMs : client.statusAsOfMs,
  };
}

export function withReclassified(event: CaseReclassified, client: ClientState): ClientState {
  return {
    ...client,
    openCases: client.openCases.map((open) =>
      open.caseId === event.caseId
        ? {
            ...open,
            employment: event.employment ?? open.employment,
            category: event.category ?? open.category,
            activity: event.activity ?? open.activity,
          }
        : open,
    ),
    recentEvents: newest([...client.recentEvents, event.eventId], RECENT_EVENTS_MAX),
  };
}

export function withMove(event: ClientMoved, client: ClientState): ClientState {
  return {
    ...client,
    addressKind: event.addressKind,
    postcode: event.postcode,
    addressAsOfMs: event.receivedAtMs,
    recentEvents: newest([...client.recentEvents, event.eventId], RECENT_EVENTS_MAX),
  };
}

export function withStatus(event: ClientStatusChanged, client: ClientState): ClientState {
  return {
    ...client,
    participatiewet: event.participatiewet,
    participatiewetEndedOn: endOfParticipatiewet(client, event.participatiewet, event.changedOn),
    groups: event.groups,
    formerGroups: event.formerGroups,
    statusAsOfMs: event.receivedAtMs,
    recentEvents: newest([...client.recentEvents, event.eventId], RECENT_EVENTS_MAX),
  };
}

function endOfParticipatiewet(
  client: ClientState,
  receives: boolean,
  changedOn: LocalDate,
): LocalDate | undefined {
  if (receives) return undefined;
  return client.participatiewet ? changedOn : client.participatiewetEndedOn;
}

/** The case is with the team, and so are all others that are with a team. */
export function withPlaced(
  incoming: OpenCase,
  at: { readonly team: Team; readonly journey: number },
  client: ClientState,
): ClientState {
  const placed: OpenCase = { ...incoming, parked: undefined, awaiting: undefined };
  return {
    ...client,
    team: at.team.id,
    office: at.team.office,
    journey: at.journey,
    allClosedOn: undefined,
    openCases: withCase(placed, client.openCases),
  };
}

/** The client, with all cases that are with a team, is with this team now. */
export function withHandedOver(team: Team, client: ClientState): ClientState {
  return { ...client, team: team.id, office: team.office };
}

/** The case waits for the choice of an office. Of a journey that has ended the team is forgotten. */
export function withAwaiting(
  waiting: OpenCase,
  journeyEnded: boolean,
  client: ClientState,
): ClientState {
  return withParked(waiting, journeyEnded, client);
}

/** The case no longer waits for an office; what becomes of it is decided next. */
export function withoutAwaiting(caseId: CaseId, client: ClientState): ClientState {
  return {
    ...client,
    openCases: client.openCases.map((open) =>
      open.caseId === caseId ? { ...open, awaiting: undefined } : open,
    ),
  };
}

/** The case waits in a work list. Of a journey that has ended the team is forgotten. */
export function withParked(
  parked: OpenCase,
  journeyEnded: boolean,
  client: ClientState,
): ClientState {
  return {
    ...client,
    team: journeyEnded ? undefined : client.team,
    office: journeyEnded ? undefined : client.office,
    allClosedOn: undefined,
    openCases: withCase(parked, client.openCases),
  };
}

export function withClosed(event: CaseClosed, client: ClientState): ClientState {
  const openCases = client.openCases.filter(({ caseId }) => caseId !== event.caseId);
  return {
    ...client,
    allClosedOn: openCases.length === 0 ? event.closedOn : undefined,
    openCases,
    closedCases: newest([...client.closedCases, event.caseId], CLOSED_CASES_MAX),
  };
}

/** In its old place when it stands there already, else as the last. */
function withCase(changed: OpenCase, cases: readonly OpenCase[]): readonly OpenCase[] {
  return cases.some(({ caseId }) => caseId === changed.caseId)
    ? cases.map((other) => (other.caseId === changed.caseId ? changed : other))
    : [...cases, changed];
}

function newest<T>(oldestFirst: readonly T[], max: number): readonly T[] {
  return oldestFirst.length > max ? oldestFirst.slice(-max) : oldestFirst;
}
