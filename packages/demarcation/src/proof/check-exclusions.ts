import { teamsById } from './check-appointed-teams.ts';
import type { Proof } from './proof.ts';

/** An exclusion holds for some day of the version, and its team exists as long as it holds (C27). */
export function checkExclusions(proof: Proof): void {
  const { organisation, problems } = proof;
  const teams = teamsById(proof);
  const { effectiveFrom } = organisation;
  for (const exclusion of organisation.exclusions) {
    if (exclusion.until !== undefined && exclusion.until <= effectiveFrom) {
      const message = `${exclusion.id} has ended before ${effectiveFrom}`;
      problems.about(exclusion, 'until', message, 'C05-ENDED');
      continue;
    }
    const team = exclusion.team === undefined ? undefined : teams.get(exclusion.team);
    if (team === undefined) continue;
    const endsBefore =
      team.until !== undefined && (exclusion.until === undefined || team.until < exclusion.until);
    if (team.from <= effectiveFrom && !endsBefore) continue;
    const message = `${team.id} is there from ${team.from}${team.until === undefined ? '' : ` until ${team.until}`} only`;
    problems.about(exclusion, 'team', message, 'C05-TEAM');
  }
}
