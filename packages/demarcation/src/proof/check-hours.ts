import { endingWithin } from '@smc/capacity';
import type { Hours, TeamDocument } from '../document.ts';
import { netOfContract } from '../team-form.ts';
import { basisOn, changeDates, minutesOn, regularTeams, type Proof } from './proof.ts';

/** Whoever takes over must be found before hours end (C17). */
const LOOK_AHEAD_DAYS = 90;

/** Hours make sense (C12), are of a line of the team (B16), go on (C17), and are there (A09). */
export function checkHours(proof: Proof): void {
  for (const team of proof.offices.flatMap((office) => office.teams)) {
    for (const hours of team.capacity) {
      checkNet(proof, hours);
      checkLine(proof, team, hours);
    }
    const ending = endingWithin(team.capacity, { on: proof.on, days: LOOK_AHEAD_DAYS });
    for (const { capacity, daysLeft } of ending) {
      const message = `${capacity.role} of ${team.id} ends in ${daysLeft} days, on ${capacity.until}`;
      proof.problems.about(capacity, 'until', message, 'C17-ENDS');
    }
  }
  checkWorkload(proof);
}

function checkNet({ problems }: Proof, hours: Hours): void {
  const net = netOfContract(hours);
  if (net.ok) return;
  const message = `side tasks and exempt days take ${net.refusal.minutes} minutes more than there are`;
  problems.about(hours, 'hours', message, 'C12-NET');
}

function checkLine({ problems }: Proof, team: TeamDocument, hours: Hours): void {
  const { line } = hours;
  if (line === undefined) return;
  const hasLine = team.competences.some((competence, i) => {
    const next = team.competences[i + 1];
    const isOver = next !== undefined && next.from <= hours.from;
    const isLater = hours.until !== undefined && competence.from >= hours.until;
    return !isOver && !isLater && (competence.lines === 'all' || competence.lines.includes(line));
  });
  if (hasLine) return;
  problems.about(hours, 'line', `${team.id} does not work for ${line} in that time`, 'B16-LINE');
}

/** A team without hours gets nothing where load per hour decides (A09). */
function checkWorkload(proof: Proof): void {
  for (const office of proof.offices) {
    const reported = new Set<string>();
    for (const date of changeDates(proof.organisation, office)) {
      if (basisOn(office, date)?.basis !== 'workload') continue;
      for (const team of regularTeams(office, date)) {
        if (minutesOn(team, date) > 0 || reported.has(team.id)) continue;
        reported.add(team.id);
        const message = `from ${date} on, ${team.id} has no hours`;
        proof.problems.about(team, 'capacity', message, 'A09-TEAM-HOURS');
      }
    }
  }
}
