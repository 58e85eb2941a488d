import { hoursText } from '@smc/capacity';
import type { LocalDate } from '@smc/domain';
import type { OfficeDocument, RoleFloor, TeamDocument } from '../document.ts';
import { changeDates, minutesOn, regularTeams, type Proof } from './proof.ts';

/** Roles that must be there are there on every day (verzekeringsarts B33, intaker C24, C25). */
export function checkRoleFloors(proof: Proof): void {
  for (const floor of proof.organisation.roleFloors) {
    for (const office of proof.offices) {
      if (floor.per === 'office') checkOffice(proof, office, floor);
      else for (const team of office.teams) checkTeam(proof, { office, team }, floor);
    }
  }
}

function checkOffice(proof: Proof, office: OfficeDocument, floor: RoleFloor): void {
  const date = changeDates(proof.organisation, office).find(
    (day) => sum(regularTeams(office, day), day, floor) < floor.minutes,
  );
  if (date === undefined) return;
  const there = sum(regularTeams(office, date), date, floor);
  proof.problems.about(office, 'id', words(office.id, { floor, date, there }), 'B33-FLOOR');
}

function checkTeam(
  proof: Proof,
  of: { readonly office: OfficeDocument; readonly team: TeamDocument },
  floor: RoleFloor,
): void {
  const { office, team } = of;
  const date = changeDates(proof.organisation, office).find(
    (day) => regularTeams(office, day).includes(team) && sum([team], day, floor) < floor.minutes,
  );
  if (date === undefined) return;
  const there = sum([team], date, floor);
  proof.problems.about(team, 'capacity', words(team.id, { floor, date, there }), 'B33-FLOOR');
}

function sum(teams: readonly TeamDocument[], date: LocalDate, { role }: RoleFloor): number {
  return teams.reduce((all, team) => all + minutesOn(team, date, (one) => one.role === role), 0);
}

function words(
  of: string,
  on: { readonly floor: RoleFloor; readonly date: LocalDate; readonly there: number },
): string {
  const { role, minutes } = on.floor;
  return `from ${on.date} on, ${of} has ${hoursText(on.there)} hours of ${role}, fewer than ${hoursText(minutes)}`;
}
