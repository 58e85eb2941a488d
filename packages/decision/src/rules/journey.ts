import type { HandoverCause, Reason } from '@smc/domain';
import { handles, hasEnded } from '../eligible.ts';
import type { Passed, Placed, Question } from './rule.ts';

const NONE_RUNNING: Passed = {
  kind: 'passed',
  reasons: [{ code: 'JOURNEY_NONE_RUNNING', parameters: [] }],
};

/**
 * "Een cliënt [wordt] altijd door hetzelfde team geholpen gedurende de gehele cliëntreis"
 * (B10, RvB 23-245): whatever the address says by now, the team of the running journey keeps the
 * client, unless it no longer exists or may not handle the law or the product.
 */
export function byJourney(question: Question): Placed | Passed {
  const { journey, index } = question;
  if (journey.kind === 'none') return NONE_RUNNING;
  if (journey.kind === 'ended') {
    return pass('JOURNEY_ENDED', [journey.lastClosedOn, String(journey.months)]);
  }
  const obstacle = obstacleTo(question);
  const team = index.team(journey.team);
  if (obstacle === undefined && team !== undefined) {
    const reasons: Reason[] = [{ code: 'JOURNEY_KEEPS_TEAM', parameters: [team.id] }];
    return { kind: 'team', team, rule: 'journey', basis: undefined, reasons };
  }
  return obstacle === 'team-cannot-handle'
    ? pass('JOURNEY_TEAM_CANNOT_HANDLE', [journey.team, question.law, question.product])
    : pass('JOURNEY_TEAM_ENDED', [journey.team]);
}

/** Why the team of the running journey can't take the case; undefined: it can, or none runs. */
export function obstacleTo({ journey, index, ...question }: Question): HandoverCause | undefined {
  if (journey.kind !== 'running') return undefined;
  const team = index.team(journey.team);
  // A team that has yet to begin is no obstacle: the client is with it already.
  if (team === undefined || hasEnded(team, question.on)) return 'team-ended';
  return handles(team, question) ? undefined : 'team-cannot-handle';
}

function pass(code: Reason['code'], parameters: readonly string[]): Passed {
  return { kind: 'passed', reasons: [{ code, parameters }] };
}
