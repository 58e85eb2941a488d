import { must, type Reason } from '@smc/domain';
import type { OfficeIndex } from '../demarcation-index.ts';
import { chooseTeam } from './choose-team.ts';
import type { Parked, Placed, Question } from './rule.ts';

/**
 * Basis `bsn` (A08, A20): the team in whose range the last two digits of the BSN lie. It needs no
 * table of postcodes: only the office comes from one.
 */
export function onBsn(
  question: Question,
  { office, byBsnSuffix }: OfficeIndex,
  reasons: readonly Reason[],
): Placed | Parked {
  const suffix = must(question.client.bsnSuffix, 'a client with a case has told its BSN suffix');
  const candidates = byBsnSuffix[Number(suffix)] ?? [];
  return chooseTeam(question, { basis: 'bsn', office, candidates, reasons });
}
