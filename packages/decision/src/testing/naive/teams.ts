/** What a team may do on a day. */
import type { LocalDate } from '@smc/domain';
import type { Demarcation, Team } from '../../demarcation.ts';
import { placedCases, type NaiveClient } from './model.ts';

/** What a rule must know of a case. */
export type CaseFacts = {
  readonly law: string;
  readonly product: string;
  readonly employment: string;
};

export function lineOf(book: Demarcation, facts: CaseFacts): string | undefined {
  for (const { law, employment, line } of book.lines) {
    if (law === facts.law && employment === facts.employment) return line;
  }
  return undefined;
}

export function hasEnded(team: Team, day: LocalDate): boolean {
  return team.until !== undefined && team.until <= day;
}

/** Whether its competence of that day allows the law, the product and the line (B03-B05, B34). */
export function mayHandle(
  team: Team,
  facts: CaseFacts,
  day: LocalDate,
  book: Demarcation,
): boolean {
  let competence: Team['competences'][number] | undefined;
  for (const one of team.competences) if (one.from <= day) competence = one;
  if (competence === undefined) return false;
  const { laws, products, lines } = competence;
  if (laws !== 'all' && !laws.includes(facts.law)) return false;
  if (products !== 'all' && !products.includes(facts.product)) return false;
  if (lines === 'all') return true;
  const line = lineOf(book, facts);
  return line !== undefined && lines.includes(line);
}

/** The client goes as a whole: the team must be able to take this case and every placed one. */
export function mayTake(
  team: Team,
  client: NaiveClient,
  facts: CaseFacts,
  day: LocalDate,
  book: Demarcation,
): boolean {
  if (day < team.from || hasEnded(team, day)) return false;
  return [facts, ...placedCases(client)].every((one) => mayHandle(team, one, day, book));
}

export function minutesOf(team: Team, day: LocalDate): number {
  let minutes = 0;
  for (const part of team.capacity) {
    const holds = part.from <= day && (part.until === undefined || day < part.until);
    if (holds) minutes += part.minutes;
  }
  return minutes;
}
