import { isPlaced, type LocalDate, type Reason } from '@smc/domain';
import type { Competence, Team } from './demarcation.ts';
import type { Question } from './rules/rule.ts';

type Work = { readonly law: string; readonly product: string };

/** The second parameter of `TEAM_INELIGIBLE`; the third is the date, law or product. */
export type Ineligibility = 'not-begun' | 'ended' | 'law' | 'product' | 'line' | 'capacity';

/** A team ends on its first day without it. */
export function hasEnded(team: Team, on: LocalDate): boolean {
  return team.until !== undefined && team.until <= on;
}

/** What the team may handle on the day; undefined: nothing yet (B34). */
export function competenceOn({ competences }: Team, on: LocalDate): Competence | undefined {
  return competences.findLast(({ from }) => from <= on);
}

/** Whether the team may handle both the law and the product (B02: by default everything). */
export function handles(team: Team, { law, product }: Work, on: LocalDate): boolean {
  const competence = competenceOn(team, on);
  return competence !== undefined && may(competence.laws, law) && may(competence.products, product);
}

/**
 * Why the team may not take the case; undefined: it may. The client goes as a whole (B09), so the
 * open cases that are with a team count as well.
 */
export function whyIneligible(team: Team, question: Question): Reason | undefined {
  const { on, client } = question;
  if (team.from > on) return ineligible(team, 'not-begun', team.from);
  if (team.until !== undefined && hasEnded(team, on)) return ineligible(team, 'ended', team.until);
  const beyond = beyondTeam(team, question, on);
  if (beyond !== undefined) return beyond;
  for (const open of client.openCases) {
    const other = isPlaced(open) ? beyondTeam(team, open, on) : undefined;
    if (other !== undefined) return other;
  }
  return undefined;
}

function beyondTeam(team: Team, work: Work, on: LocalDate): Reason | undefined {
  const competence = competenceOn(team, on);
  if (competence === undefined) return ineligible(team, 'not-begun', team.from);
  if (!may(competence.laws, work.law)) return ineligible(team, 'law', work.law);
  if (!may(competence.products, work.product)) return ineligible(team, 'product', work.product);
  return undefined;
}

function may(codes: readonly string[] | 'all', code: string): boolean {
  return codes === 'all' || codes.includes(code);
}

function ineligible(team: Team, why: Ineligibility, detail: string): Reason {
  return { code: 'TEAM_INELIGIBLE', parameters: [team.id, why, detail] };
}
