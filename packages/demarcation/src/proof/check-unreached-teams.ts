import type { Proof } from './proof.ts';

/** A team with a profile of its own is reached only by the rule that names it (B06, B22). */
export function checkUnreachedTeams({ organisation, offices, problems }: Proof): void {
  const { participatiewet, specialGroups } = organisation;
  const named: Readonly<Record<string, ReadonlySet<string | undefined>>> = {
    participatiewet: new Set([
      participatiewet?.team,
      ...(participatiewet?.byOffice.values() ?? []),
    ]),
    'special-group': new Set(specialGroups.map(({ team }) => team)),
  };
  for (const team of offices.flatMap((office) => office.teams)) {
    if (named[team.profile]?.has(team.id) !== false) continue;
    const message = `no rule leads to ${team.id}, whose profile is ${team.profile}`;
    problems.about(team, 'profile', message, 'B22-UNREACHED');
  }
}
