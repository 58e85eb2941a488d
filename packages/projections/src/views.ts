/** What the read models hold of a client and of a case: JSON in the store, so plain data only. */
import type {
  Basis,
  CaseId,
  ClientKey,
  ContentHash,
  DemarcationVersion,
  DistrictId,
  Division,
  LocalDate,
  OfficeId,
  ParkedCode,
  Reason,
  Rule,
  TeamId,
} from '@smc/domain';

export type ClientView = {
  readonly team?: TeamId;
  readonly office?: OfficeId;
  readonly district?: DistrictId;
  readonly journey: number;
  /** The newest of the client's events that the view has taken in. */
  readonly sequence: number;
  /** Open cases with the team. */
  readonly placed: readonly CaseId[];
  /** Open cases that wait for a person. */
  readonly parked: readonly CaseId[];
  /** When the newest event was written to the log, milliseconds since 1970. */
  readonly changedAtMs: number;
  /** Since when the divisions do not all know what the view knows; absent: they do. */
  readonly pendingSinceMs?: number;
  readonly acknowledged: Partial<Readonly<Record<Division, Acknowledged>>>;
};

export type Acknowledged = {
  readonly sequence: number;
  readonly team?: TeamId;
  readonly atMs: number;
};

export type CaseView = {
  readonly clientKey: ClientKey;
  readonly status: 'assigned' | 'parked' | 'closed';
  readonly law: string;
  readonly product: string;
  /** Why it is parked, and in whose work list; no office: the national one. */
  readonly code?: ParkedCode;
  readonly worklist?: OfficeId;
  /** When intake received the case (or what first parked it), milliseconds since 1970. */
  readonly receivedAtMs: number;
  /** When the newest event about it was written to the log. */
  readonly changedAtMs: number;
  readonly closedOn?: LocalDate;
  /** The team of a closed case; an open one is with its client's team. */
  readonly closedBy?: TeamId;
  /** Of the newest decision about it: */
  readonly rule?: Rule;
  readonly basis?: Basis;
  readonly demarcation?: DemarcationVersion;
  readonly demarcationHash?: ContentHash;
  readonly effectiveOn: LocalDate;
  readonly explanation: readonly Reason[];
};

export const UNKNOWN_CLIENT: ClientView = {
  journey: 0,
  sequence: 0,
  placed: [],
  parked: [],
  changedAtMs: 0,
  acknowledged: {},
};
