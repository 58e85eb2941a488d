import { BugError, must, type HandoverCause, type Reason } from '@smc/domain';
import { handles, hasEnded } from '../eligible.ts';
import type { Passed, Placed, Question } from './rule.ts';

const NONE_RUNNING: Passed = {
  kind: 'passed',
  reasons: [{ code: 'JOURNEY_NONE_RUNNING', parameters: [] }],
};

/**
 * "Waarbij een cliënt altijd door hetzelfde team wordt geholpen gedurende de gehele cliëntreis"
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
  switch (obstacle) {
    case 'team-ended':
      return pass('JOURNEY_TEAM_ENDED', [journey.team]);
    case 'team-cannot-handle':
      return pass('JOURNEY_TEAM_CANNOT_HANDLE', [journey.team, question.law, question.product]);
    case 'samenloop':
    case 'naloop-ended':
    case 'special-group':
    case 'group-ended':
    case 'moved':
      throw new BugError(`${obstacle} is no obstacle to the journey yet`);
    case undefined: {
      const team = must(index.team(journey.team), 'a team that goes on is known');
      const reasons: Reason[] = [{ code: 'JOURNEY_KEEPS_TEAM', parameters: [team.id] }];
      return { kind: 'team', team, rule: 'journey', basis: undefined, reasons };
    }
  }
}

/** Why the team of the running journey can't take the case; undefined: it can, or none runs. */
export function obstacleTo(question: Question): HandoverCause | undefined {
  if (question.journey.kind !== 'running') return undefined;
  const team = question.index.team(question.journey.team);
  // A team that has yet to begin is no obstacle: the client is with it already.
  if (team === undefined || hasEnded(team, question.on)) return 'team-ended';
  return handles(team, question, question.on) ? undefined : 'team-cannot-handle';
}

function pass(code: Reason['code'], parameters: readonly string[]): Passed {
  return { kind: 'passed', reasons: [{ code, parameters }] };
}
