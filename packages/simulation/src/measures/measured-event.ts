import type {
  ArbeidsmarktregioId,
  AssignmentEvent,
  ClientState,
  IntakeEvent,
  LocalDate,
  WerkbedrijfOfficeId,
} from '@smc/domain';
import type { Demarcation, Office } from '@smc/decision';
import type { ClientMarks } from '../client-marks.ts';

/** One event that was taken, what came of it, and the client before and after. */
export type MeasuredEvent = {
  readonly event: IntakeEvent;
  readonly events: readonly AssignmentEvent[];
  readonly before: ClientState | undefined;
  readonly after: ClientState | undefined;
  readonly marks: ClientMarks;
};

/** What measures need of the organisation besides what the decision needs. */
export type OrganisationFacts = {
  /** The version that holds on a day; undefined: none does. */
  readonly demarcationOn: (day: LocalDate) => Demarcation | undefined;
  readonly laws: readonly string[];
  readonly werkbedrijfOf: ReadonlyMap<ArbeidsmarktregioId, WerkbedrijfOfficeId>;
  readonly characterOf: ReadonlyMap<ArbeidsmarktregioId, Character>;
};

/** Country and town apart (A13), as far as the document says it of the arbeidsmarktregio. */
export type Character = 'rural' | 'urban';

/** The basis by which the office divides on the day (A08, A21). */
export function basisOf({ bases }: Office, on: LocalDate) {
  return bases.findLast(({ from }) => from <= on)?.basis;
}
