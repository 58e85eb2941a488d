/** A question to the rules and what they can answer. */
import {
  addMonths,
  type Basis,
  type LocalDate,
  type OfficeId,
  type ParkedCode,
  type Rule,
  type TeamId,
} from '@smc/domain';
import type { Demarcation, Team } from '../../demarcation.ts';
import { placedCases, type NaiveClient } from './model.ts';
import type { CaseFacts } from './teams.ts';

export type Question = {
  readonly client: NaiveClient;
  readonly facts: CaseFacts;
  readonly day: LocalDate;
  readonly book: Demarcation;
  /** The team that an office has chosen for the client, when it has just answered. */
  readonly chosen: { readonly office: OfficeId; readonly team: TeamId } | undefined;
};

export type Answer =
  | {
      readonly kind: 'team';
      readonly team: Team;
      readonly rule: Rule;
      readonly basis: Basis | undefined;
    }
  | ParkAnswer
  | { readonly kind: 'ask'; readonly office: OfficeId; readonly teams: readonly TeamId[] };

export type ParkAnswer = {
  readonly kind: 'park';
  readonly code: ParkedCode;
  readonly office: OfficeId | undefined;
};

export function park(code: ParkedCode, office?: OfficeId): ParkAnswer {
  return { kind: 'park', code, office };
}

/** The last activated version that has begun. */
export function versionOn(
  versions: readonly Demarcation[],
  day: LocalDate,
): Demarcation | undefined {
  let found: Demarcation | undefined;
  for (const version of versions) if (version.effectiveFrom <= day) found = version;
  return found;
}

/** A late case never hands a client back to the rules of an older day. */
export function decidingDay(client: NaiveClient, receivedOn: LocalDate): LocalDate {
  if (client.team === undefined) return receivedOn;
  const days = [receivedOn, ...placedCases(client).map((one) => one.receivedOn)];
  if (client.allClosedOn !== undefined) days.push(client.allClosedOn);
  return days.reduce((latest, day) => (day > latest ? day : latest));
}

export function journeyHasEnded(client: NaiveClient, day: LocalDate, book: Demarcation): boolean {
  if (client.allClosedOn === undefined) return false;
  return day >= addMonths(client.allClosedOn, book.settings.journeyEndMonths);
}
