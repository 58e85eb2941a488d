import type { Competence } from '@smc/decision';
import type { Organisation } from '../document.ts';
import type { Proof } from './proof.ts';

/** The law that may not be the only one of a team. */
const ZW = 'ZW';

/** "Een team met enkel ZW-cliënten is daarmee uitgesloten" (B14), the Participatiewet excepted. */
export function checkZwOnly({ organisation, offices, problems }: Proof): void {
  for (const team of offices.flatMap((office) => office.teams)) {
    if (team.profile === 'participatiewet') continue;
    for (const [i, competence] of team.competences.entries()) {
      const next = team.competences[i + 1];
      const isOver = next !== undefined && next.from <= organisation.effectiveFrom;
      const laws = lawsOf(organisation, competence);
      if (isOver || laws.length !== 1 || laws[0] !== ZW) continue;
      problems.about(
        competence,
        'laws',
        `from ${competence.from} on, ${team.id} takes only ZW`,
        'B14-ZW-ONLY',
      );
    }
  }
}

/** The laws of which a case can come: those of the team that lead to one of its lines. */
function lawsOf({ laws, lineTable }: Organisation, competence: Competence): readonly string[] {
  const { lines } = competence;
  return laws.filter(
    (law) =>
      (competence.laws === 'all' || competence.laws.includes(law)) &&
      (lines === 'all' || lineTable.some((row) => row.law === law && lines.includes(row.line))),
  );
}
