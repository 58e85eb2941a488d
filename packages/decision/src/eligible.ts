import type { LocalDate, Reason } from '@smc/domain';
import type { Team } from './demarcation.ts';
import type { Question } from './rules/rule.ts';

type Work = { readonly law: string; readonly product: string };

/** The second parameter of `TEAM_INELIGIBLE`; the third is the date, law or product. */
export type Ineligibility = 'not-begun' | 'ended' | 'law' | 'product';

/** A team ends on its first day without it. */
export function hasEnded(team: Team, on: LocalDate): boolean {
  return team.until !== undefined && team.until <= on;
}

/** Whether the team may handle both the law and the product (B02: by default everything). */
export function handles(team: Team, { law, product }: Work): boolean {
  return may(team.laws, law) && may(team.products, product);
}

/**
 * Why the team may not take the case; undefined: it may. The client goes as a whole (B09), so the
 * open cases that are with a team count as well.
 */
export function whyIneligible(team: Team, question: Question): Reason | undefined {
  const { on, client } = question;
  if (team.from > on) return ineligible(team, 'not-begun', team.from);
  if (team.until !== undefined && hasEnded(team, on)) return ineligible(team, 'ended', team.until);
  const beyond = beyondTeam(team, question);
  if (beyond !== undefined) return beyond;
  for (const open of client.openCases) {
    const other = open.parked === undefined ? beyondTeam(team, open) : undefined;
    if (other !== undefined) return other;
  }
  return undefined;
}

function beyondTeam(team: Team, work: Work): Reason | undefined {
  if (!may(team.laws, work.law)) return ineligible(team, 'law', work.law);
  if (!may(team.products, work.product)) return ineligible(team, 'product', work.product);
  return undefined;
}

function may(codes: readonly string[] | 'all', code: string): boolean {
  return codes === 'all' || codes.includes(code);
}

function ineligible(team: Team, why: Ineligibility, detail: string): Reason {
  return { code: 'TEAM_INELIGIBLE', parameters: [team.id, why, detail] };
}
