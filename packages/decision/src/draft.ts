import type {
  AssignmentEvent,
  CaseId,
  ClientKey,
  ClientState,
  EventId,
  IntakeEvent,
  LoadKind,
  LocalDate,
  SourcePosition,
  TeamChosen,
  TeamRequested,
} from '@smc/domain';
import type { Demarcation, Rulebook } from './demarcation.ts';
import type { AskOffice } from './rules/rule.ts';

/** A decision while it is being made; it never outlives the call of `decide` that began it. */
export type Draft = {
  readonly event: IntakeEvent | TeamChosen;
  readonly source: SourcePosition;
  readonly rulebook: Rulebook;
  client: ClientState;
  readonly events: AssignmentEvent[];
  /** What an office that divides by workload is asked. */
  readonly requests: Request[];
};

type Request = Omit<TeamRequested, 'eventId'>;

/** Asks an office for a team: once per input, however many cases wait for it. */
export function askOffice(
  draft: Draft,
  request: LoadKind & {
    readonly caseId: CaseId;
    readonly on: LocalDate;
    readonly demarcation: Demarcation;
    readonly asked: AskOffice;
  },
): void {
  const { asked, demarcation, caseId, on, product, category, activity } = request;
  draft.requests.push({
    type: 'TeamRequested',
    source: draft.source,
    clientKey: draft.event.clientKey,
    caseId,
    office: asked.office.id,
    on,
    demarcation: demarcation.version,
    demarcationHash: demarcation.contentHash,
    product,
    category,
    activity,
    teams: asked.teams,
  });
}

/** The position of the input and a number of its own series: the same on every replay. */
export function officeEventId({ topic, partition, offset }: SourcePosition, n: number): EventId {
  return `${topic}-${partition}-${offset}-o${n}` as EventId;
}

/** What every event begins with. Each event is put down before the next one is made. */
export type Fact = {
  readonly eventId: EventId;
  readonly clientKey: ClientKey;
  readonly clientSequence: number;
  readonly source: SourcePosition;
};

/** The id and number of the draft's next event: the same on every replay. */
export function nextFact({ event, source, client, events }: Draft): Fact {
  const { topic, partition, offset } = source;
  return {
    eventId: `${topic}-${partition}-${offset}-${events.length + 1}` as EventId,
    clientKey: event.clientKey,
    clientSequence: client.sequence + 1,
    source,
  };
}

/** Puts down an event and counts it for the client. */
export function emit(draft: Draft, event: AssignmentEvent): void {
  draft.events.push(event);
  draft.client = { ...draft.client, sequence: event.clientSequence };
}
