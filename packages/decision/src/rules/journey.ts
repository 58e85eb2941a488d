import { must, type HandoverCause, type Reason, type ReasonCode } from '@smc/domain';
import type { Team } from '../demarcation.ts';
import { handles, hasEnded } from '../eligible.ts';
import { countingGroups } from './group.ts';
import { officeOfClient } from './office-of-client.ts';
import { belongsToParticipatiewet } from './participatiewet.ts';
import { passed, PASSED, type Passed, type Placed, type Question } from './rule.ts';

/**
 * "Waarbij een cliënt altijd door hetzelfde team wordt geholpen gedurende de gehele cliëntreis"
 * (B10, RvB 23-245): whatever the address says by now, the team of the running journey keeps the
 * client, unless something stands in the way.
 */
export function byJourney(question: Question): Placed | Passed {
  const { journey, index } = question;
  if (journey.kind === 'none') return PASSED;
  if (journey.kind === 'ended') {
    return passed('JOURNEY_ENDED', [journey.lastClosedOn, String(journey.months)]);
  }
  const obstacle = obstacleTo(question);
  if (obstacle !== undefined) {
    const { law, product } = question;
    const work = obstacle === 'team-cannot-handle' ? [law, product] : [];
    return passed(OBSTACLE_CODES[obstacle], [journey.team, ...work]);
  }
  const team = must(index.team(journey.team), 'a team that goes on is known');
  const reasons: readonly Reason[] = [{ code: 'JOURNEY_KEEPS_TEAM', parameters: [team.id] }];
  return { kind: 'team', team, rule: 'journey', basis: undefined, reasons };
}

/** What can stand in the way of a running journey, in the order in which it is looked at. */
export type Obstacle = Extract<
  HandoverCause,
  'team-ended' | 'naloop-ended' | 'group-ended' | 'team-cannot-handle' | 'moved'
>;

const OBSTACLE_CODES: Readonly<Record<Obstacle, ReasonCode>> = {
  'team-ended': 'JOURNEY_TEAM_ENDED',
  'naloop-ended': 'JOURNEY_NALOOP_ENDED',
  'group-ended': 'JOURNEY_GROUP_ENDED',
  'team-cannot-handle': 'JOURNEY_TEAM_CANNOT_HANDLE',
  moved: 'JOURNEY_CLIENT_MOVED',
};

/** Why the team of the running journey can't take the case; undefined: it can, or none runs. */
export function obstacleTo(question: Question): Obstacle | undefined {
  if (question.journey.kind !== 'running') return undefined;
  const team = question.index.team(question.journey.team);
  // A team that has yet to begin is no obstacle: the client is with it already.
  if (team === undefined || hasEnded(team, question.on)) return 'team-ended';
  if (team.profile === 'participatiewet' && !belongsToParticipatiewet(question)) {
    return 'naloop-ended';
  }
  if (team.profile === 'special-group' && !servesGroupOf(team, question)) return 'group-ended';
  if (!handles(team, question, question.on)) return 'team-cannot-handle';
  return hasMovedAway(team, question) ? 'moved' : undefined;
}

function servesGroupOf(team: Team, question: Question): boolean {
  return countingGroups(question).some((group) => group.team === team.id);
}

function hasMovedAway(team: Team, question: Question): boolean {
  if (question.index.demarcation.settings.onMove === 'keep-team') return false;
  if (team.profile !== 'regular') return false;
  const office = officeOfClient(question);
  return office !== undefined && office !== team.office;
}
