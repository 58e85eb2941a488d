import type { LocalDate } from '@smc/domain';
import type { Demarcation, Team } from '@smc/decision';

/** "Uitgezonderd Participatiewet" (B18). */
const PARTICIPATIEWET = 'PW';

/**
 * How many of the regular teams that exist on the day work fully meerwettig (B15): for every law
 * but the Participatiewet, and for all lines.
 */
export function meerwettigTeams(
  { teams }: Demarcation,
  laws: readonly string[],
  on: LocalDate,
): { readonly meerwettig: number; readonly of: number } {
  const needed = laws.filter((law) => law !== PARTICIPATIEWET);
  const regular = [...teams.values()].filter((team) => isRegular(team, on));
  const meerwettig = regular.filter(({ competences }) => {
    const competence = competences.findLast(({ from }) => from <= on);
    if (competence?.lines !== 'all') return false;
    const { laws: own } = competence;
    return own === 'all' || needed.every((law) => own.includes(law));
  });
  return { meerwettig: meerwettig.length, of: regular.length };
}

/** Whether the team is one of those that the basis of an office divides over, on the day. */
export function isRegular({ profile, from, until }: Team, on: LocalDate): boolean {
  return profile === 'regular' && from <= on && (until === undefined || on < until);
}
