import type { Reason, TeamChosen } from '@smc/domain';
import type { Office, Team } from '../demarcation.ts';
import type { OfficeIndex } from '../demarcation-index.ts';
import { minutesOn, whyIneligible } from '../eligible.ts';
import { weightOf } from '../workload/weight.ts';
import { INELIGIBLE_NAMED_MAX } from './choose-team.ts';
import { park, type AskOffice, type Parked, type Placed, type Question } from './rule.ts';

/**
 * Basis `workload` (A08, A09): the eligible team with the lowest weighted open load per available
 * hour. What the teams have in hand is known to the one writer of the office alone, so the client's
 * task asks, and asks these rules again when the answer is there.
 */
export function onWorkload(
  question: Question,
  { office, regular }: OfficeIndex,
  reasons: readonly Reason[],
): Placed | Parked | AskOffice {
  const { chosen, index } = question;
  if (chosen?.office === office.id) {
    const team = index.team(chosen.team);
    if (team !== undefined && whyNotByLoad(team, question) === undefined) {
      return placed(question, { team, chosen, reasons });
    }
  }
  const why: Reason[] = [];
  const teams = regular.filter((team) => {
    const ineligible = whyNotByLoad(team, question);
    if (ineligible !== undefined) why.push(ineligible);
    return ineligible === undefined;
  });
  if (teams.length === 0)
    return noTeam(office, [...reasons, ...why.slice(0, INELIGIBLE_NAMED_MAX)]);
  return { kind: 'ask-office', office, teams: teams.map(({ id }) => id) };
}

function noTeam(office: Office, reasons: readonly Reason[]): Parked {
  return park('NO_TEAM_FOR_CASE', office, reasons);
}

/** A team without hours on the day has no load per hour. */
function whyNotByLoad(team: Team, question: Question): Reason | undefined {
  const why = whyIneligible(team, question);
  if (why !== undefined || minutesOn(team, question.on) > 0) return why;
  return { code: 'TEAM_INELIGIBLE', parameters: [team.id, 'capacity', question.on] };
}

function placed(
  question: Question,
  of: { readonly team: Team; readonly chosen: TeamChosen; readonly reasons: readonly Reason[] },
): Placed {
  const { team, chosen } = of;
  const { next } = chosen;
  const reasons: Reason[] = [
    ...of.reasons,
    {
      code: 'TEAM_BY_WORKLOAD',
      parameters: [team.id, ...inWords(chosen), String(chosen.compared)],
    },
  ];
  if (next !== undefined) {
    reasons.push({ code: 'NEXT_BY_WORKLOAD', parameters: [next.team, ...inWords(next)] });
  }
  const signal = bandSignal(question, team, chosen);
  if (signal !== undefined) reasons.push(signal);
  return { kind: 'team', team, rule: 'workload', basis: 'workload', reasons };
}

/** Weighted cases and hours a week. */
function inWords({ load, minutes }: TeamChosen['next'] & object): readonly [string, string] {
  return [thousandths(load), String(Math.round(minutes / 6) / 10)];
}

function thousandths(amount: number): string {
  return String(amount / 1000);
}

/** Above or below its band, with this case: a reason to talk, never a refusal (D04, D16). */
function bandSignal({ index }: Question, team: Team, chosen: TeamChosen): Reason | undefined {
  const { weights, bands } = index.demarcation;
  const band = team.band === undefined ? undefined : bands.get(team.band);
  if (band === undefined) return undefined;
  const load = chosen.load + weightOf(chosen.counted, weights);
  const perHour = Math.floor((load * 60) / chosen.minutes);
  const isAbove = perHour > band.max;
  if (!isAbove && perHour >= band.min) return undefined;
  const figures = [perHour, band.min, band.max].map(thousandths);
  return { code: isAbove ? 'BAND_ABOVE' : 'BAND_BELOW', parameters: [team.id, ...figures] };
}
