/** All that the router knows of a client: the value of `smc.router-state`, keyed by client. */
import type { ParkedCode } from './assignment-event.ts';
import type { BsnSuffix } from './bsn.ts';
import type { CaseId, DossierRef, EventId, OfficeId, TeamId } from './identifiers.ts';
import type { AddressKind, CaseActivity } from './intake-event.ts';
import type { LocalDate } from './local-date.ts';
import type { Postcode } from './postcode.ts';

export type OpenCase = {
  readonly caseId: CaseId;
  readonly law: string;
  readonly product: string;
  readonly employment: string;
  readonly receivedOn: LocalDate;
  readonly receivedAtMs: number;
  readonly dossierRef: DossierRef | undefined;
  readonly category: string | undefined;
  readonly activity: CaseActivity;
  /** Why it is parked; absent: it is with the client's team, or awaits one. */
  readonly parked: ParkedCode | undefined;
  /** The office that is choosing a team for the client by workload; absent: nothing is awaited. */
  readonly awaiting: OfficeId | undefined;
};

export type ClientState = {
  readonly bsnSuffix: BsnSuffix | undefined;
  readonly addressKind: AddressKind;
  readonly postcode: Postcode | undefined;
  readonly participatiewet: boolean;
  /** The day on which the client's last Participatiewet benefit ended: the naloop counts from it. */
  readonly participatiewetEndedOn: LocalDate | undefined;
  readonly groups: readonly string[];
  readonly formerGroups: readonly string[];
  /** The team of the running (or last) journey and its office; absent until a case is placed. */
  readonly team: TeamId | undefined;
  readonly office: OfficeId | undefined;
  /** How many journeys have begun. */
  readonly journey: number;
  /** The day on which the last open case was closed; absent while one is open or none ever was. */
  readonly allClosedOn: LocalDate | undefined;
  /** How many events of this client stand on `smc.assignments`. */
  readonly sequence: number;
  readonly openCases: readonly OpenCase[];
  /** Closed cases, oldest first: a late repeat of one of them gives nothing new. */
  readonly closedCases: readonly CaseId[];
  /** The last moves and status changes taken in, oldest first: a repeat gives nothing new. */
  readonly recentEvents: readonly EventId[];
  /** `receivedAtMs` of the newest address and status known: an older one does not overwrite it. */
  readonly addressAsOfMs: number;
  readonly statusAsOfMs: number;
};

/** Whether the case is with the client's team: neither parked nor waiting for an office's choice. */
export function isPlaced({ parked, awaiting }: OpenCase): boolean {
  return parked === undefined && awaiting === undefined;
}

/** One client with more open cases than this is no client; the case is refused. */
export const OPEN_CASES_MAX = 256;
export const CLOSED_CASES_MAX = 256;
export const RECENT_EVENTS_MAX = 32;
