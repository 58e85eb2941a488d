import type { Reason } from '@smc/domain';
import type { Office } from '../demarcation.ts';
import type { Candidate } from '../demarcation-index.ts';
import { whyIneligible } from '../eligible.ts';
import { park, type Parked, type Placed, type Question } from './rule.ts';

/** More teams than this that can't take a case are not named one by one: explanations are short. */
export const INELIGIBLE_NAMED_MAX = 8;

/** The first candidate that may take the case; the ones before it are named with their reason. */
export function chooseTeam(
  question: Question,
  choice: {
    readonly basis: 'postcode' | 'bsn';
    readonly office: Office;
    /** Best first. */
    readonly candidates: readonly Candidate[];
    readonly reasons: readonly Reason[];
  },
): Placed | Parked {
  const { basis, office, candidates } = choice;
  const reasons = [...choice.reasons];
  let ineligible = 0;
  for (const { team, reason } of candidates) {
    const why = whyIneligible(team, question);
    if (why === undefined) {
      reasons.push(reason);
      return { kind: 'team', team, rule: basis, basis, reasons };
    }
    if (ineligible++ < INELIGIBLE_NAMED_MAX) reasons.push(why);
  }
  return park('NO_TEAM_FOR_CASE', office, reasons);
}
