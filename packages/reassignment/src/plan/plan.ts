/**
 * A plan: who would get another team, why, and what it comes to. It is complete and never changes;
 * whoever approves it approves its hash. It holds client keys, codes and counts: no name, no BSN and
 * no postcode (B37).
 *
 *   header, moves and clients who wait (by client key), teams, regions, summary, seal
 *
 * Clients who stay where they are stand in the counts only.
 */
import type {
  ArbeidsmarktregioId,
  ClientKey,
  ContentHash,
  DemarcationVersion,
  DistrictId,
  HandoverCause,
  LocalDate,
  OfficeId,
  ParkedCode,
  Reason,
  Rule,
  TeamId,
} from '@smc/domain';
import type { Claim, TeamProfile } from '@smc/decision';
import type { OpenWork } from '../flow/fewest-moves.ts';
import type { Objective } from './objective.ts';
import type { Scope } from './scope.ts';
import type { SetOutcome } from './team-set.ts';

export const PLAN_FORMAT = 1;

export type PlanHeader = {
  readonly kind: 'plan';
  readonly format: typeof PLAN_FORMAT;
  /** The version by which the rules were asked. */
  readonly demarcation: {
    readonly version: DemarcationVersion;
    readonly contentHash: ContentHash;
    readonly decisionReference: string;
    readonly effectiveFrom: LocalDate;
  };
  readonly asOf: LocalDate;
  readonly objective: Objective;
  readonly scope: Scope;
  /** Teams that share their clients across offices; undefined: those of each office do. */
  readonly teams: readonly TeamId[] | undefined;
  /** Up to where the state had answered the log when the plan was computed; empty: not from a log. */
  readonly positions: readonly LogPosition[];
  readonly askedBy: string;
  readonly why: string;
  /** Of the decision that asks for the reassignment (B38). */
  readonly decisionReference: string;
  readonly createdAtMs: number;
};

export type LogPosition = {
  readonly partition: number;
  readonly intakeNext: number;
  readonly commandsNext: number;
};

export type Place = { readonly team: TeamId; readonly office: OfficeId };

/** A cause that the rules know, or that only a plan has. */
export type MoveCause = HandoverCause | 'demarcation' | 'balance';
export const MOVE_CAUSES = ['demarcation', 'balance'] as const;

/** An open case that goes along with its client. */
export type MovedCase = {
  readonly law: string;
  readonly product: string;
  readonly line: string | undefined;
  /** Whether it refers to a dossier (B35, E32). */
  readonly dossier: boolean;
};

/** A client would get another team. */
export type MoveRow = {
  readonly kind: 'move';
  readonly client: ClientKey;
  readonly from: Place;
  readonly to: Place;
  readonly cause: MoveCause;
  /** The rule that chose the team; undefined: the teams' numbers did. */
  readonly rule: Rule | undefined;
  readonly explanation: readonly Reason[];
  readonly cases: readonly MovedCase[];
  readonly work: OpenWork;
  readonly region: ArbeidsmarktregioId | undefined;
  /** How many events the client had: another number means that something has happened since. */
  readonly sequence: number;
};

/** No rule gives the client a team under this version: the client stays, and a person has to look. */
export type WaitRow = {
  readonly kind: 'uncovered' | 'parked';
  readonly client: ClientKey;
  /** The team that the client stays with; undefined for `parked`: no case has a team. */
  readonly from: Place | undefined;
  /** Whether that team is there on the day. */
  readonly teamEnded: boolean;
  readonly code: ParkedCode;
  /** Whose work list it would be; undefined: the national one. */
  readonly office: OfficeId | undefined;
  readonly explanation: readonly Reason[];
};

export type PlanRow = MoveRow | WaitRow;

export type Counted = readonly (readonly [code: string, count: number])[];

/** What a team has in hand. */
export type TeamLoad = {
  /** Whose journey runs with the team. */
  readonly clients: number;
  readonly withoutOpenCase: number;
  readonly cases: number;
  /** Weighted open cases, in thousandths. */
  readonly load: number;
  /** Cases by `LAW product`, cases by line, clients by region; ascending by code. */
  readonly mix: Counted;
  readonly lines: Counted;
  readonly regions: Counted;
};

export type TeamLine = {
  readonly kind: 'team';
  readonly team: TeamId;
  readonly office: OfficeId;
  readonly district: DistrictId | undefined;
  /** Undefined: the version does not know the team. */
  readonly profile: TeamProfile | undefined;
  /** Available minutes a week on the day; 0: none are known. */
  readonly minutes: number;
  /** Weighted cases an hour, in thousandths (D01). */
  readonly band: { readonly min: number; readonly max: number } | undefined;
  readonly before: TeamLoad;
  readonly after: TeamLoad;
};

/** What reports need to know of the regions that clients live in. */
export type RegionLine = {
  readonly kind: 'region';
  readonly region: ArbeidsmarktregioId;
  readonly character: 'rural' | 'urban' | undefined;
  /** Werkbedrijf's office for it (A05). */
  readonly werkbedrijf: string | undefined;
};

export type StayReason =
  | 'right-team'
  | 'no-open-case'
  /** No open case to ask by, and the team is not there on the day: the next case gets another. */
  | 'no-open-case-team-ended'
  | 'not-needed';
export type FixedReason = Claim | 'approved-handover';

export type PlanSummary = {
  readonly kind: 'summary';
  /** All clients of the state, those whose journey runs, and of those the ones in scope. */
  readonly clients: number;
  readonly running: number;
  readonly inScope: number;
  readonly moves: number;
  readonly stays: Counted;
  /** Clients whom a rule keeps where they are, or an approved handover; by reason. */
  readonly fixed: Counted;
  /** By code. */
  readonly uncovered: Counted;
  readonly parked: Counted;
  /** Clients who wait for a person now and whom this version could place. */
  readonly placeable: number;
  /** An office is choosing a team for them at this moment: they were not judged. */
  readonly choosing: number;
  /** Proof per set of teams; empty for `follow-demarcation`. */
  readonly sets: readonly SetOutcome[];
};

/** What a plan file is made of, but for its seal. */
export type PlanLine = PlanHeader | PlanRow | TeamLine | RegionLine | PlanSummary;
