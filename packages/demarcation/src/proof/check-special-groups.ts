import { checkAppointment, teamsById } from './check-appointed-teams.ts';
import type { Proof } from './proof.ts';

/** "Zij krijgen dienstverlening op één locatie" (B21): decided, there, and for all their cases. */
export function checkSpecialGroups(proof: Proof): void {
  const teams = teamsById(proof);
  const seen = new Set<string>();
  for (const group of proof.organisation.specialGroups) {
    if (seen.has(group.group)) {
      proof.problems.about(group, 'group', `${group.group} has a team already`, 'B21-LOCATION');
    }
    seen.add(group.group);
    if (group.team === undefined) {
      const message = `it is not decided where ${group.group} is helped`;
      proof.problems.about(group, 'team', message, 'B21-UNDECIDED');
      continue;
    }
    const team = teams.get(group.team);
    if (team === undefined) continue;
    const rules = {
      gone: 'B21-LOCATION',
      profile: 'B21-PROFILE',
      cases: 'B21-COMBINATION',
    } as const;
    checkAppointment(proof, { at: group, field: 'team', team, profile: 'special-group', rules });
  }
}
