/** What the router tells the divisions, in order per client. */
import type {
  ArbeidsmarktregioId,
  CaseId,
  ClientKey,
  ContentHash,
  DemarcationVersion,
  DistrictId,
  DossierRef,
  EventId,
  OfficeId,
  TeamId,
} from './identifiers.ts';
import type { LocalDate } from './local-date.ts';

/** How an office divides its clients over its teams on a date (A08). */
export type Basis = 'postcode' | 'bsn' | 'workload' | 'manual';

/** The rule that decided. A closed set: each has its own function and its own explanation. */
export type Rule =
  | 'participatiewet'
  /** A special group (B19-B23). */
  | 'group'
  | 'journey'
  | 'exclusion'
  | 'postcode'
  | 'bsn'
  | 'workload';

/** Why a valid case can't be placed and waits for a person. */
export type ParkedCode =
  | 'MANUAL_BASIS'
  | 'POSTCODE_UNKNOWN'
  | 'ADDRESS_POSTBUS'
  | 'ADDRESS_FOREIGN'
  | 'ADDRESS_SECRET'
  | 'ADDRESS_NONE'
  | 'NO_DEMARCATION_ON_DATE'
  | 'NO_BASIS_ON_DATE'
  | 'NO_TEAM_FOR_CASE'
  | 'GROUPS_CONTRADICT'
  | 'GROUP_UNDECIDED'
  | 'PARTICIPATIEWET_UNDECIDED'
  | 'EXCLUDED';

/** Why a client goes to another team. */
export type HandoverCause =
  | 'team-ended'
  | 'team-cannot-handle'
  /** The client receives Participatiewet benefit by now (B07). */
  | 'samenloop'
  /** The time after it, in which the PW SMC kept the client, is over (B08). */
  | 'naloop-ended'
  /** The client belongs to a special group by now (B19-B23). */
  | 'special-group'
  | 'group-ended'
  /** Only where the document puts exclusions before the running journey. */
  | 'exclusion'
  /** Only where the document lets a client follow the address. */
  | 'moved';

/** One step of an explanation: a code and the values its sentence needs. No name, no BSN (B37). */
export type Reason = { readonly code: ReasonCode; readonly parameters: readonly string[] };
export const REASONS_MAX = 16;
export const REASON_PARAMETERS_MAX = 8;

/** Each code's sentence, in Dutch and English, stands in `packages/decision/src/explain.ts`. */
export type ReasonCode =
  | 'JOURNEY_KEEPS_TEAM'
  | 'JOURNEY_NONE_RUNNING'
  | 'JOURNEY_ENDED'
  | 'JOURNEY_TEAM_ENDED'
  | 'JOURNEY_TEAM_CANNOT_HANDLE'
  | 'OFFICE_BY_POSTCODE'
  | 'OFFICE_BY_POSTCODE_EXCEPTION'
  | 'OFFICE_BY_ROUTE'
  | 'BASIS_OF_OFFICE'
  | 'TEAM_BY_POSTCODE'
  | 'TEAM_BY_BSN'
  | 'TEAM_INELIGIBLE'
  | 'PARKED'
  | 'PLACED_AFTER_PARKING'
  | 'RULES_PASSED'
  | 'PARTICIPATIEWET_CLIENT'
  | 'PARTICIPATIEWET_NALOOP'
  | 'PARTICIPATIEWET_NALOOP_ENDED'
  | 'PARTICIPATIEWET_TEAM'
  | 'GROUP_MEMBER'
  | 'GROUP_FORMER_MEMBER'
  | 'GROUP_FORMER_NOT_COUNTED'
  | 'GROUPS_CONTRADICT'
  | 'GROUP_TEAM'
  | 'EXCLUDED_FROM_DISTRIBUTION'
  | 'EXCLUSION_ENDED'
  | 'JOURNEY_NALOOP_ENDED'
  | 'JOURNEY_GROUP_ENDED'
  | 'JOURNEY_CLIENT_MOVED'
  | 'LINE_OF_CASE'
  | 'LINE_UNKNOWN'
  | 'TEAM_BY_SHARE'
  | 'TEAM_BY_WORKLOAD'
  | 'NEXT_BY_WORKLOAD'
  | 'BAND_ABOVE'
  | 'BAND_BELOW';

/** Where in the log the input of a decision stands. */
export type SourcePosition = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
};

type AssignmentFact = {
  /** `topic-partition-offset-n` of the input and the how-many-eth event it gave: stable on replay. */
  readonly eventId: EventId;
  readonly clientKey: ClientKey;
  /** 1, 2, 3 ... per client without gaps, over all kinds of event of this topic. */
  readonly clientSequence: number;
  readonly source: SourcePosition;
};

type Decided = AssignmentFact & {
  /** The day whose rules decided. */
  readonly effectiveOn: LocalDate;
  readonly explanation: readonly Reason[];
  /** When intake received what this answers, milliseconds since 1970: the start of the latency. */
  readonly receivedAtMs: number;
};

/** The version that decided: the content hash says that it is the very same document. */
type ByDemarcation = {
  readonly demarcation: DemarcationVersion;
  readonly demarcationHash: ContentHash;
};

/** A case has its team. */
export type CaseAssigned = Decided &
  ByDemarcation & {
    readonly type: 'CaseAssigned';
    readonly caseId: CaseId;
    readonly team: TeamId;
    readonly office: OfficeId;
    readonly district: DistrictId;
    /** Of the client's address; absent when no Dutch address is known. Werkbedrijf finds its office by it. */
    readonly arbeidsmarktregio: ArbeidsmarktregioId | undefined;
    readonly law: string;
    readonly product: string;
    /** The line of the case (B12), where the demarcation has lines. */
    readonly line: string | undefined;
    readonly rule: Rule;
    /** The basis on which the team was chosen at the start of the journey; absent for `journey`. */
    readonly basis: Basis | undefined;
    /** 1 for a client's first journey, 2 for the next. */
    readonly journey: number;
    readonly dossierRef: DossierRef | undefined;
  };

/** A client, with all open cases, goes to another team (B35: the dossier goes along). */
export type ClientHandedOver = Decided &
  ByDemarcation & {
    readonly type: 'ClientHandedOver';
    readonly fromTeam: TeamId;
    readonly fromOffice: OfficeId;
    readonly team: TeamId;
    readonly office: OfficeId;
    readonly district: DistrictId;
    readonly arbeidsmarktregio: ArbeidsmarktregioId | undefined;
    readonly cause: HandoverCause;
    readonly journey: number;
    /** The open cases that go along. */
    readonly cases: readonly {
      readonly caseId: CaseId;
      readonly dossierRef: DossierRef | undefined;
    }[];
  };

/** No rule can place the case: it waits in a work list, of an office or the national one. */
export type CaseParked = Decided & {
  readonly type: 'CaseParked';
  readonly caseId: CaseId;
  readonly code: ParkedCode;
  /** Both absent when it is parked because no version holds on that day. */
  readonly demarcation: DemarcationVersion | undefined;
  readonly demarcationHash: ContentHash | undefined;
  /** The office whose work list it is in; absent: the national one. */
  readonly office: OfficeId | undefined;
  readonly district: DistrictId | undefined;
  readonly law: string;
  readonly product: string;
  readonly dossierRef: DossierRef | undefined;
};

/** A closed case releases its team's capacity (D15). */
export type CaseReleased = AssignmentFact & {
  readonly type: 'CaseReleased';
  readonly caseId: CaseId;
  readonly team: TeamId | undefined;
  readonly office: OfficeId | undefined;
  readonly closedOn: LocalDate;
};

export type AssignmentEvent = CaseAssigned | ClientHandedOver | CaseParked | CaseReleased;
