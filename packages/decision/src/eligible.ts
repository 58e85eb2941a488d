import { isPlaced, type LocalDate, type Reason } from '@smc/domain';
import type { Competence, Team } from './demarcation.ts';
import type { Question } from './rules/rule.ts';

/** `line` is that of the case by the line table (B12); undefined: none is known for it. */
type Work = { readonly law: string; readonly product: string; readonly line: string | undefined };

/** The second parameter of `TEAM_INELIGIBLE`; the third is the date, law, product or line. */
export type Ineligibility = 'not-begun' | 'ended' | 'law' | 'product' | 'line' | 'capacity';

/** A team ends on its first day without it. */
export function hasEnded(team: Team, on: LocalDate): boolean {
  return team.until !== undefined && team.until <= on;
}

/** What the team may handle on the day; undefined: nothing yet (B34). */
export function competenceOn({ competences }: Team, on: LocalDate): Competence | undefined {
  return competences.findLast(({ from }) => from <= on);
}

/** The team's available minutes a week on the day: zero where no hours are known (C16, C17). */
export function minutesOn({ capacity }: Team, on: LocalDate): number {
  let sum = 0;
  for (const { from, until, minutes } of capacity) {
    if (from <= on && (until === undefined || on < until)) sum += minutes;
  }
  return sum;
}

/** Whether the team may handle law, product and line on the day (B02: by default everything). */
export function handles(team: Team, work: Work, on: LocalDate): boolean {
  const competence = competenceOn(team, on);
  return competence !== undefined && beyond(competence, work) === undefined;
}

/**
 * Why the team may not take the case; undefined: it may. The client goes as a whole (B09), so the
 * open cases that are with a team count as well.
 */
export function whyIneligible(team: Team, question: Question): Reason | undefined {
  const { on, client, index } = question;
  if (team.from > on) return ineligible(team, 'not-begun', team.from);
  if (team.until !== undefined && hasEnded(team, on)) return ineligible(team, 'ended', team.until);
  const competence = competenceOn(team, on);
  if (competence === undefined) return ineligible(team, 'not-begun', team.from);
  const what = beyond(competence, question);
  if (what !== undefined) return ineligible(team, what, detailOf(what, question));
  for (const open of client.openCases) {
    if (!isPlaced(open)) continue;
    const work = { ...open, line: index.lineOf(open.law, open.employment) };
    const ofOther = beyond(competence, work);
    if (ofOther !== undefined) return ineligible(team, ofOther, detailOf(ofOther, work));
  }
  return undefined;
}

type Beyond = 'law' | 'product' | 'line';

function beyond({ laws, products, lines }: Competence, work: Work): Beyond | undefined {
  if (!may(laws, work.law)) return 'law';
  if (!may(products, work.product)) return 'product';
  if (lines === 'all' || (work.line !== undefined && lines.includes(work.line))) return undefined;
  return 'line';
}

function detailOf(what: Beyond, work: Work): string {
  return what === 'line' ? (work.line ?? '-') : work[what];
}

function may(codes: readonly string[] | 'all', code: string): boolean {
  return codes === 'all' || codes.includes(code);
}

function ineligible(team: Team, why: Ineligibility, detail: string): Reason {
  return { code: 'TEAM_INELIGIBLE', parameters: [team.id, why, detail] };
}
