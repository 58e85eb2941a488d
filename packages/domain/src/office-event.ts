/**
 * The conversation with an office that divides by workload (A08, A09): clients' tasks tell it what
 * its teams have in hand and ask it for a team; the one task that counts the office answers. The
 * first two stand on `smc.office-intake`, keyed by office; the answer on `smc.commands`, keyed by
 * client; the counters on `smc.router-state`, under the office.
 */
import type { SourcePosition } from './assignment-event.ts';
import type {
  CaseId,
  ClientKey,
  ContentHash,
  DemarcationVersion,
  EventId,
  OfficeId,
  TeamId,
} from './identifiers.ts';
import type { CaseActivity } from './intake-event.ts';
import type { LocalDate } from './local-date.ts';

/** What the weight of an open case depends on (D11, D14, E38). */
export type LoadKind = {
  readonly product: string;
  readonly category: string | undefined;
  readonly activity: CaseActivity;
};

/** Cases of one kind with one team. */
export type LoadEntry = LoadKind & { readonly team: TeamId; readonly count: number };

/** A client needs a team of this office. The first chosen team is counted for the case at once. */
export type TeamRequested = LoadKind & {
  readonly type: 'TeamRequested';
  readonly eventId: EventId;
  readonly source: SourcePosition;
  readonly clientKey: ClientKey;
  readonly caseId: CaseId;
  readonly office: OfficeId;
  /** The day and the version whose capacity and weights decide. */
  readonly on: LocalDate;
  readonly demarcation: DemarcationVersion;
  readonly demarcationHash: ContentHash;
  /** The eligible teams, ascending: never none. */
  readonly teams: readonly TeamId[];
};

/** Open cases that came to, left or changed with the teams of an office: `count` is a difference. */
export type LoadChanged = {
  readonly type: 'LoadChanged';
  readonly eventId: EventId;
  readonly source: SourcePosition;
  readonly office: OfficeId;
  readonly changes: readonly LoadEntry[];
};

export type OfficeEvent = TeamRequested | LoadChanged;

/** A team and the load that was compared: weighted open cases (thousandths) and minutes a week. */
export type ComparedTeam = {
  readonly team: TeamId;
  readonly load: number;
  readonly minutes: number;
};

/** The office's answer: a command to the client's own task. */
export type TeamChosen = ComparedTeam & {
  readonly type: 'TeamChosen';
  readonly eventId: EventId;
  /** The request that it answers. */
  readonly source: SourcePosition;
  readonly clientKey: ClientKey;
  readonly caseId: CaseId;
  readonly office: OfficeId;
  /** What was counted for the case: the kind that the request named. */
  readonly counted: LoadKind;
  /** How many teams were compared, and the one that would have been next. */
  readonly compared: number;
  readonly next: ComparedTeam | undefined;
};

/** The counters of an office: no entry is zero; ascending by team, product, category, activity. */
export type OfficeLoad = {
  readonly office: OfficeId;
  readonly entries: readonly LoadEntry[];
};
export const LOAD_ENTRIES_MAX = 4096;
export const ELIGIBLE_TEAMS_MAX = 64;

/** The key of an office's counters on `smc.router-state`: no client key looks like it. */
export const OFFICE_KEY_PREFIX = '@office/';
