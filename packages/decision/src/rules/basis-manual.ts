import type { Reason } from '@smc/domain';
import type { Office } from '../demarcation.ts';
import { park, type Parked } from './rule.ts';

/** Basis `manual` (A08, "een handmatige verdeling"): a person of the office chooses the team. */
export function onManual(office: Office, reasons: readonly Reason[]): Parked {
  return park('MANUAL_BASIS', office, reasons);
}
