import { addMonths, isPlaced, type ClientState, type LocalDate, type TeamId } from '@smc/domain';

/** A client's journey on a day. */
export type Journey =
  | { readonly kind: 'none' }
  | { readonly kind: 'ended'; readonly lastClosedOn: LocalDate; readonly months: number }
  | { readonly kind: 'running'; readonly team: TeamId };

const NONE: Journey = { kind: 'none' };

/**
 * A journey begins when a case is placed and runs while one is open; it has ended `endMonths`
 * after the last one closed (default and its reason: decisions.md).
 */
export function journeyOn(client: ClientState, on: LocalDate, endMonths: number): Journey {
  const { team, allClosedOn } = client;
  if (team === undefined) return NONE;
  return allClosedOn !== undefined && addMonths(allClosedOn, endMonths) <= on
    ? { kind: 'ended', lastClosedOn: allClosedOn, months: endMonths }
    : { kind: 'running', team };
}

/**
 * The day whose rules decide a case: the day on which intake received it (A10, A21). A case that
 * comes in late for a client whose later case was placed already is judged by that later day:
 * otherwise an old demarcation would hand the client back to a team of the past.
 */
export function decidingDay(client: ClientState, receivedOn: LocalDate): LocalDate {
  let day = receivedOn;
  if (client.team === undefined) return day;
  if (client.allClosedOn !== undefined && client.allClosedOn > day) day = client.allClosedOn;
  for (const open of client.openCases) {
    if (isPlaced(open) && open.receivedOn > day) day = open.receivedOn;
  }
  return day;
}
