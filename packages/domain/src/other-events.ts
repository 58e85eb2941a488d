import type { ClientKey, ContentHash, DemarcationVersion, EventId, TeamId } from './identifiers.ts';
import type { LocalDate } from './local-date.ts';
import type { SourcePosition } from './assignment-event.ts';

/** UWV's divisions that follow who helps whom (B24, B26, B27, B41). */
export type Division =
  | 'uitkeren'
  | 'werkbedrijf'
  | 'klant-en-service'
  | 'bezwaar-en-beroep'
  | 'handhaving';
export const DIVISIONS: readonly Division[] = [
  'uitkeren',
  'werkbedrijf',
  'klant-en-service',
  'bezwaar-en-beroep',
  'handhaving',
];

/** A division has taken over a client's events up to `clientSequence` and knows this team (B43). */
export type Acknowledgement = {
  readonly type: 'Acknowledgement';
  readonly division: Division;
  readonly clientKey: ClientKey;
  readonly clientSequence: number;
  readonly team: TeamId | undefined;
  readonly acknowledgedAtMs: number;
};

/** From this record's offset on, its partition decides by this demarcation (design section 3). */
export type DemarcationActivated = {
  readonly type: 'DemarcationActivated';
  readonly eventId: EventId;
  readonly version: DemarcationVersion;
  readonly contentHash: ContentHash;
  /** The first day on which it holds; cases received earlier stay with the version before it. */
  readonly effectiveFrom: LocalDate;
  readonly activatedBy: string;
};

/** A version that a partition decides by, in the order in which they were activated. */
export type ActiveDemarcation = {
  readonly version: DemarcationVersion;
  readonly contentHash: ContentHash;
  readonly effectiveFrom: LocalDate;
};
export const ACTIVE_DEMARCATIONS_MAX = 64;

/**
 * What became of a command, once for each: who sent it can see it, and the order in which the task
 * took its inputs can be rebuilt (`intakeNext` is where it stood in `smc.intake` at that moment).
 */
export type CommandAnswered = {
  readonly type: 'CommandAnswered';
  readonly source: SourcePosition;
  readonly command: 'DemarcationActivated' | 'TeamChosen';
  readonly intakeNext: number;
  readonly outcome: 'taken' | 'skipped' | 'refused';
  /** Why it was skipped or refused; empty when it was taken. */
  readonly reason: string;
};

/** Where a router task stands: written in the same transaction as what it put out. */
export type Checkpoint = {
  readonly type: 'Checkpoint';
  /** The next offset of `smc.intake`, `smc.commands` and `smc.office-intake` in this partition. */
  readonly intakeNext: number;
  readonly commandsNext: number;
  readonly officeIntakeNext: number;
  readonly active: readonly ActiveDemarcation[];
};

/** Why a record is no valid event. Stable codes: operators search and count by them. */
export type DeadLetterCode =
  | 'NOT_FRAMED'
  | 'UNKNOWN_SCHEMA'
  | 'UNEXPECTED_SCHEMA'
  | 'NOT_AVRO'
  | 'ARRAY_TOO_LONG'
  | 'TOO_MANY_HEADERS'
  | 'HEADERS_TOO_LARGE'
  | 'HEADERS_DAMAGED'
  | 'VALUE_TOO_LARGE'
  | 'VALUE_MISSING'
  | 'KEY_MISMATCH'
  | 'FIELD_INVALID'
  | 'CASE_UNKNOWN'
  | 'TOO_MANY_OPEN_CASES';

/** A record that is no valid event, kept whole but for digits that could be a BSN. */
export type DeadLetter = {
  readonly type: 'DeadLetter';
  readonly code: DeadLetterCode;
  /** What exactly is wrong: which field, what was expected. Never the value itself. */
  readonly reason: string;
  readonly source: SourcePosition;
  readonly key: Uint8Array | undefined;
  readonly value: Uint8Array | undefined;
  readonly headers: Uint8Array;
  /** Nine digits that pass the elfproef were overwritten with `X`. */
  readonly masked: boolean;
};
