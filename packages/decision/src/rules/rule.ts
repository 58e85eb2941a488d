/** What a rule is asked, and what it may answer. */
import type {
  Basis,
  ClientKey,
  ClientState,
  LocalDate,
  ParkedCode,
  Reason,
  Rule,
  TeamChosen,
  TeamId,
} from '@smc/domain';
import type { Area, Office, Team } from '../demarcation.ts';
import type { DemarcationIndex } from '../demarcation-index.ts';
import type { Journey } from '../journey.ts';

/** One case of one client, on the day whose rules decide. */
export type Question = {
  readonly law: string;
  readonly product: string;
  readonly employment: string;
  /** The line of the case (B12); undefined where the demarcation knows none for it. */
  readonly line: string | undefined;
  readonly clientKey: ClientKey;
  readonly client: ClientState;
  readonly journey: Journey;
  readonly on: LocalDate;
  readonly index: DemarcationIndex;
  /** Of the client's home address; undefined when there is none or its postcode is unknown. */
  readonly area: { readonly area: Area; readonly exception: boolean } | undefined;
  /** The answer of an office that divides by workload; undefined: none has come in. */
  readonly chosen: TeamChosen | undefined;
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

/** The office must choose: it alone knows what its teams have in hand (A09). */
export type AskOffice = {
  readonly kind: 'ask-office';
  readonly office: Office;
  /** The eligible teams, ascending; never none. */
  readonly teams: readonly TeamId[];
};

/** Does not apply. Reasons only where a fact of the client nearly made it apply. */
export type Passed = { readonly kind: 'passed'; readonly reasons: readonly Reason[] };

/** Does not apply, and there is nothing to say about it. */
export const PASSED: Passed = { kind: 'passed', reasons: [] };

export function passed(code: Reason['code'], parameters: readonly string[]): Passed {
  return { kind: 'passed', reasons: [{ code, parameters }] };
}

export function park(
  code: ParkedCode,
  office: Office | undefined,
  reasons: readonly Reason[],
): Parked {
  const last: Reason = { code: 'PARKED', parameters: [code] };
  return { kind: 'parked', code, office, reasons: [...reasons, last] };
}
