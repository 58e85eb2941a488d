/** What a rule is asked, and what it may answer. */
import type { Basis, ClientState, LocalDate, ParkedCode, Reason, Rule } from '@smc/domain';
import type { Area, Office, Team } from '../demarcation.ts';
import type { DemarcationIndex } from '../demarcation-index.ts';
import type { Journey } from '../journey.ts';

/** One case of one client, on the day whose rules decide. */
export type Question = {
  readonly law: string;
  readonly product: string;
  readonly client: ClientState;
  readonly journey: Journey;
  readonly on: LocalDate;
  readonly index: DemarcationIndex;
  /** Of the client's home address; undefined when there is none or its postcode is unknown. */
  readonly area: { readonly area: Area; readonly exception: boolean } | undefined;
};

/** A team, with the rule that chose it. */
export type Placed = {
  readonly kind: 'team';
  readonly team: Team;
  readonly rule: Rule;
  readonly basis: Basis | undefined;
  readonly reasons: readonly Reason[];
};

/** A work list: of this office, or the national one where `office` is undefined. */
export type Parked = {
  readonly kind: 'parked';
  readonly code: ParkedCode;
  readonly office: Office | undefined;
  readonly reasons: readonly Reason[];
};

/** Does not apply, and why: the next rule is asked. */
export type Passed = { readonly kind: 'passed'; readonly reasons: readonly Reason[] };

export function park(
  code: ParkedCode,
  office: Office | undefined,
  reasons: readonly Reason[],
): Parked {
  const last: Reason = { code: 'PARKED', parameters: [code] };
  return { kind: 'parked', code, office, reasons: [...reasons, last] };
}
