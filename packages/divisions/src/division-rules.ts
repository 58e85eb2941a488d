import type { DatabaseSync } from 'node:sqlite';
import type {
  AssignmentEvent,
  ClientKey,
  DistrictId,
  Division,
  LocalDate,
  OfficeId,
  TeamId,
} from '@smc/domain';
import type { Handler } from '@smc/subscriber';

/** What one division does with its clients' events, and what it can say about a client. */
export type DivisionRules = {
  readonly division: Division;
  readonly handler: Handler;
  /** Prepares the questions; asked only about clients of whom an event has been taken in. */
  readonly prepareAnswers: (database: DatabaseSync) => Answer;
};

/**
 * The division's own part of `GET /clients/{clientKey}`, ready for JSON. `on` is the day that is
 * asked about; only Bezwaar & Beroep looks back, the others answer for now.
 */
export type Answer = (
  clientKey: ClientKey,
  on: LocalDate | undefined,
) => Readonly<Record<string, unknown>>;

/** Who helps a client from an event on. */
export type Placement = {
  readonly team: TeamId;
  readonly office: OfficeId;
  readonly district: DistrictId;
  readonly since: LocalDate;
};

/** Undefined: the event changes nobody's team. Parking and closing a case leave it as it is. */
export function placementOf(event: AssignmentEvent): Placement | undefined {
  if (event.type !== 'CaseAssigned' && event.type !== 'ClientHandedOver') return undefined;
  const { team, office, district, effectiveOn: since } = event;
  return { team, office, district, since };
}
