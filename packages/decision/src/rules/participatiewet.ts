import { addMonths, must, type LocalDate, type Reason } from '@smc/domain';
import { whyIneligible } from '../eligible.ts';
import { officeOfClient } from './office-of-client.ts';
import {
  park,
  passed,
  PASSED,
  type Parked,
  type Passed,
  type Placed,
  type Question,
} from './rule.ts';

/** Whether the client's own status makes the client one of the PW SMC, and since or until when. */
type Claim =
  | { readonly kind: 'no' }
  | { readonly kind: 'receives' }
  | {
      readonly kind: 'naloop' | 'naloop-ended';
      readonly endedOn: LocalDate;
      readonly months: number;
    };

const RECEIVES: Reason = { code: 'PARTICIPATIEWET_CLIENT', parameters: [] };
const NO: Claim = { kind: 'no' };
const YES: Claim = { kind: 'receives' };

/**
 * "Handelt alle Participatiewet (PW)-aanvragen en verzoeken van de PW-cliënt af inclusief alle
 * samenloop situaties met ZW en WIA die deze PW-cliënt meemaakt" (B06-B08, RvB 23-245): it is the
 * status of the client that decides, not the law of the case; and for a while after the benefit has
 * ended the PW SMC keeps what comes (naloop).
 */
export function byParticipatiewet(question: Question): Placed | Parked | Passed {
  const claim = claimOf(question);
  if (claim.kind === 'no') return PASSED;
  if (claim.kind === 'naloop-ended') {
    return passed('PARTICIPATIEWET_NALOOP_ENDED', [claim.endedOn, String(claim.months)]);
  }
  const why: Reason =
    claim.kind === 'receives'
      ? RECEIVES
      : { code: 'PARTICIPATIEWET_NALOOP', parameters: [claim.endedOn, String(claim.months)] };
  const { index } = question;
  const appointed = index.demarcation.participatiewet;
  if (appointed === undefined) return park('PARTICIPATIEWET_UNDECIDED', undefined, [why]);
  const office = appointed.byOffice.size === 0 ? undefined : officeOfClient(question);
  const id = (office && appointed.byOffice.get(office)) ?? appointed.team;
  const team = must(index.team(id), `the demarcation names the unknown team ${id}`);
  const reasons: readonly Reason[] = [why, { code: 'PARTICIPATIEWET_TEAM', parameters: [id] }];
  const ineligible = whyIneligible(team, question);
  return ineligible === undefined
    ? { kind: 'team', team, rule: 'participatiewet', basis: undefined, reasons }
    : park('NO_TEAM_FOR_CASE', index.office(team.office).office, [...reasons, ineligible]);
}

/** Whether the client is one of the PW SMC on the day: receives benefit, or did until recently. */
export function belongsToParticipatiewet(question: Question): boolean {
  const { kind } = claimOf(question);
  return kind === 'receives' || kind === 'naloop';
}

function claimOf({ client, on, index }: Question): Claim {
  if (client.participatiewet) return YES;
  const endedOn = client.participatiewetEndedOn;
  const months = index.demarcation.participatiewet?.naloopMonths;
  if (endedOn === undefined || months === undefined) return NO;
  const kind = on < addMonths(endedOn, months) ? 'naloop' : 'naloop-ended';
  return { kind, endedOn, months };
}
