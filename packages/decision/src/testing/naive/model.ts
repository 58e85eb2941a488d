/**
 * The decision a second time, written from the requirements alone: no index, no cache, plain loops
 * and plain objects that are changed in place. It is slow and says what must come out; the
 * differential test compares the two. What is kept here is what the outcome depends on.
 */
import type {
  AddressKind,
  Basis,
  BsnSuffix,
  CaseActivity,
  CaseId,
  ClientKey,
  DemarcationVersion,
  EventId,
  HandoverCause,
  LoadEntry,
  LoadKind,
  LocalDate,
  OfficeId,
  ParkedCode,
  Postcode,
  Rule,
  TeamId,
} from '@smc/domain';

export type NaiveCase = {
  readonly caseId: CaseId;
  readonly law: string;
  readonly product: string;
  employment: string;
  readonly receivedOn: LocalDate;
  readonly receivedAtMs: number;
  category: string | undefined;
  activity: CaseActivity;
  /** Stays while a parked case awaits an office: it has been told and is not told again. */
  parked: ParkedCode | undefined;
  awaiting: OfficeId | undefined;
  /** It has just come in, or its office has just answered: it is with nobody yet. */
  isUndecided: boolean;
};

export type NaiveClient = {
  readonly key: ClientKey;
  bsnSuffix: BsnSuffix | undefined;
  addressKind: AddressKind;
  postcode: Postcode | undefined;
  addressAsOfMs: number;
  participatiewet: boolean;
  participatiewetEndedOn: LocalDate | undefined;
  groups: readonly string[];
  formerGroups: readonly string[];
  statusAsOfMs: number;
  team: TeamId | undefined;
  office: OfficeId | undefined;
  journey: number;
  allClosedOn: LocalDate | undefined;
  sequence: number;
  readonly open: NaiveCase[];
  readonly closed: CaseId[];
  readonly taken: EventId[];
};

/** What the divisions are told, without the words of the explanation. */
export type Outcome =
  | {
      readonly type: 'CaseAssigned';
      readonly sequence: number;
      readonly effectiveOn: LocalDate;
      readonly version: DemarcationVersion;
      readonly caseId: CaseId;
      readonly team: TeamId;
      readonly office: OfficeId;
      readonly rule: Rule;
      readonly basis: Basis | undefined;
      readonly line: string | undefined;
      readonly journey: number;
    }
  | {
      readonly type: 'ClientHandedOver';
      readonly sequence: number;
      readonly effectiveOn: LocalDate;
      readonly version: DemarcationVersion;
      readonly fromTeam: TeamId;
      readonly fromOffice: OfficeId;
      readonly team: TeamId;
      readonly office: OfficeId;
      readonly cause: HandoverCause;
      readonly journey: number;
      readonly cases: readonly CaseId[];
    }
  | {
      readonly type: 'CaseParked';
      readonly sequence: number;
      readonly effectiveOn: LocalDate;
      readonly version: DemarcationVersion | undefined;
      readonly caseId: CaseId;
      readonly code: ParkedCode;
      readonly office: OfficeId | undefined;
    }
  | {
      readonly type: 'CaseReleased';
      readonly sequence: number;
      readonly caseId: CaseId;
      readonly team: TeamId | undefined;
      readonly office: OfficeId | undefined;
      readonly closedOn: LocalDate;
    };

/** What an office is told or asked. */
export type Message =
  | (LoadKind & {
      readonly type: 'TeamRequested';
      readonly clientKey: ClientKey;
      readonly caseId: CaseId;
      readonly office: OfficeId;
      readonly on: LocalDate;
      readonly version: DemarcationVersion;
      readonly teams: readonly TeamId[];
    })
  | {
      readonly type: 'LoadChanged';
      readonly office: OfficeId;
      readonly changes: readonly LoadEntry[];
    };

export function isPlaced(one: NaiveCase): boolean {
  return one.parked === undefined && one.awaiting === undefined && !one.isUndecided;
}

export function placedCases(client: NaiveClient): NaiveCase[] {
  return client.open.filter(isPlaced);
}

/** A client of whom nothing is known. */
export function newClient(key: ClientKey): NaiveClient {
  return {
    key,
    bsnSuffix: undefined,
    addressKind: 'none',
    postcode: undefined,
    addressAsOfMs: -Infinity,
    participatiewet: false,
    participatiewetEndedOn: undefined,
    groups: [],
    formerGroups: [],
    statusAsOfMs: -Infinity,
    team: undefined,
    office: undefined,
    journey: 0,
    allClosedOn: undefined,
    sequence: 0,
    open: [],
    closed: [],
    taken: [],
  };
}
