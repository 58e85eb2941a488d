import type { Proof } from './proof.ts';

/** Where there are lines, every law and employment has one, and one only (B12). */
export function checkLines({ organisation, offices, problems }: Proof): void {
  const { lines, lineTable, laws, employments } = organisation;
  const keyOf = (law: string, employment: string) => `${law} ${employment}`;
  const known = new Set<string>();
  for (const row of lineTable) {
    const key = keyOf(row.law, row.employment);
    if (known.has(key)) {
      problems.about(
        row,
        'line',
        `${row.law} with ${row.employment} has a line already`,
        'B12-TWICE',
      );
    }
    known.add(key);
  }
  const competences = offices.flatMap((o) => o.teams.flatMap((team) => team.competences));
  const hasLines =
    lines.length > 0 || lineTable.length > 0 || competences.some((one) => one.lines !== 'all');
  if (!hasLines) return;
  if (employments.length === 0) {
    problems.about(organisation, 'employments', 'there are lines, but no employments', 'B12-LINE');
  }
  for (const law of laws) {
    for (const employment of employments) {
      if (known.has(keyOf(law, employment))) continue;
      problems.about(
        organisation,
        'lineTable',
        `${law} with ${employment} has no line`,
        'B12-LINE',
      );
    }
  }
}
