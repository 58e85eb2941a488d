import type { Reason } from '@smc/domain';
import type { OfficeIndex } from '../demarcation-index.ts';
import { chooseTeam } from './choose-team.ts';
import type { Parked, Placed, Question } from './rule.ts';

/**
 * Basis `postcode` (A08, B01): the team in whose range the client's postcode lies; a range of
 * whole postcodes beats a range of four digits. An address that was routed to the office without
 * a postcode lies in no range.
 */
export function onPostcode(
  question: Question,
  { office, byPostcode }: OfficeIndex,
  reasons: readonly Reason[],
): Placed | Parked {
  const { postcode } = question.client;
  const candidates = postcode === undefined ? [] : byPostcode(postcode);
  return chooseTeam(question, { basis: 'postcode', office, candidates, reasons });
}
