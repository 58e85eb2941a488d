import { checkAppointment, teamsById } from './check-appointed-teams.ts';
import type { Proof } from './proof.ts';

/**
 * "De Participatiewet [blijft] apart georganiseerd in een eigen SMC" (B06), which handles all that
 * its clients meet, samenloop with ZW and WIA included (B07).
 */
export function checkParticipatiewet(proof: Proof): void {
  const { participatiewet } = proof.organisation;
  if (participatiewet === undefined) {
    const message = 'no SMC is named for clients of the Participatiewet';
    proof.problems.about(proof.organisation, 'participatiewet', message, 'B06-PW');
    return;
  }
  const teams = teamsById(proof);
  const appointed: readonly (readonly [object, string, string])[] = [
    [participatiewet, 'team', participatiewet.team],
    ...[...participatiewet.byOffice].map(
      ([office, team]) => [participatiewet.byOffice, office, team] as const,
    ),
  ];
  for (const [at, field, id] of appointed) {
    const team = teams.get(id);
    if (team === undefined) continue;
    const rules = { gone: 'B06-PW', profile: 'B06-PROFILE', cases: 'B07-SAMENLOOP' } as const;
    checkAppointment(proof, { at, field, team, profile: 'participatiewet', rules });
  }
}
