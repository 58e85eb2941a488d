import type { Reason } from '@smc/domain';
import type { Office } from '../demarcation.ts';
import type { Candidate } from '../demarcation-index.ts';
import { competenceOn, whyIneligible } from '../eligible.ts';
import { park, type Parked, type Placed, type Question } from './rule.ts';
import { share } from './share.ts';

/** More teams than this that can't take a case are not named one by one: explanations are short. */
export const INELIGIBLE_NAMED_MAX = 8;

/**
 * Of the candidates that may take the case those that rank best: one is the team, several share the
 * clients between them. Candidates that were passed over are named with their reason.
 */
export function chooseTeam(
  question: Question,
  choice: {
    readonly basis: 'postcode' | 'bsn';
    readonly office: Office;
    /** Best first; those of one tier rank the same. */
    readonly candidates: readonly Candidate[];
    readonly reasons: readonly Reason[];
  },
): Placed | Parked {
  const { basis, office, candidates } = choice;
  const reasons = [...choice.reasons, ...reasonsOfLine(question, candidates)];
  const eligible: Candidate[] = [];
  let ineligible = 0;
  for (const candidate of candidates) {
    const best = eligible[0];
    if (best !== undefined && best.tier !== candidate.tier) break;
    const why = whyIneligible(candidate.team, question);
    if (why === undefined) eligible.push(candidate);
    else if (best === undefined && ineligible++ < INELIGIBLE_NAMED_MAX) reasons.push(why);
  }
  const [first, second] = eligible;
  if (first === undefined) return park('NO_TEAM_FOR_CASE', office, reasons);
  if (second === undefined) {
    reasons.push(first.reason);
    return { kind: 'team', team: first.team, rule: basis, basis, reasons };
  }
  const { team, reason } = share(eligible, question);
  const shared: Reason = {
    code: 'TEAM_BY_SHARE',
    parameters: [team.id, String(new Set(eligible.map((candidate) => candidate.team)).size)],
  };
  reasons.push(reason, shared);
  return { kind: 'team', team, rule: basis, basis, reasons };
}

/** The line is worth a sentence where a team takes some lines only (B13). */
function reasonsOfLine(question: Question, candidates: readonly Candidate[]): readonly Reason[] {
  const { line, law, employment, on } = question;
  const isDecisive = candidates.some(({ team }) => {
    const lines = competenceOn(team, on)?.lines;
    return lines !== undefined && lines !== 'all';
  });
  if (!isDecisive) return NO_REASONS;
  return line === undefined
    ? [{ code: 'LINE_UNKNOWN', parameters: [law, employment] }]
    : [{ code: 'LINE_OF_CASE', parameters: [line] }];
}

const NO_REASONS: readonly Reason[] = [];
