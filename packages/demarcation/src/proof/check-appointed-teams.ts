/** What the teams that a rule appoints have in common: those of the PW and of special groups. */
import type { LocalDate } from '@smc/domain';
import { handles } from '@smc/decision';
import type { TeamDocument } from '../document.ts';
import { combinationsOf, inWords, isByHand } from './combinations.ts';
import { changeDates, isThere, type Proof } from './proof.ts';
import type { RuleId } from './rules.ts';

/** Where the document appoints the team, and by which rules what is wrong is reported. */
export type Appointment = {
  readonly at: object;
  readonly field: string;
  readonly team: TeamDocument;
  readonly profile: TeamDocument['profile'];
  readonly rules: { readonly gone: RuleId; readonly profile: RuleId; readonly cases: RuleId };
};

export function teamsById({ offices }: Proof): ReadonlyMap<string, TeamDocument> {
  return new Map(offices.flatMap((office) => office.teams).map((team) => [team.id, team]));
}

/** The team has its profile, exists on every day of the version, and takes every kind of case. */
export function checkAppointment(proof: Proof, appointment: Appointment): void {
  const { at, field, team, rules } = appointment;
  const report = (message: string, rule: RuleId) => proof.problems.about(at, field, message, rule);
  if (team.profile !== appointment.profile) {
    report(`${team.id} has the profile ${team.profile}`, rules.profile);
  }
  const dates = datesOf(proof, team);
  const gone = dates.find((date) => !isThere(team, date));
  if (gone !== undefined) report(`${team.id} is not there on ${gone}`, rules.gone);
  const needed = combinationsOf(proof.organisation).filter(
    (combination) => !isByHand(proof.organisation, team.office, combination),
  );
  for (const date of dates.filter((day) => isThere(team, day))) {
    const missing = needed.filter((combination) => !handles(team, combination, date));
    if (missing.length === 0) continue;
    report(`on ${date} ${team.id} does not take ${inWords(missing)}`, rules.cases);
    return;
  }
}

function datesOf({ organisation, offices }: Proof, team: TeamDocument): readonly LocalDate[] {
  const office = offices.find(({ id }) => id === team.office);
  return office === undefined ? [organisation.effectiveFrom] : changeDates(organisation, office);
}
