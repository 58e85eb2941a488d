import type {
  AssignmentEvent,
  ClientKey,
  ClientState,
  EventId,
  IntakeEvent,
  SourcePosition,
} from '@smc/domain';
import type { Rulebook } from './demarcation.ts';

/** A decision while it is being made; it never outlives the call of `decide` that began it. */
export type Draft = {
  readonly event: IntakeEvent;
  readonly source: SourcePosition;
  readonly rulebook: Rulebook;
  client: ClientState;
  readonly events: AssignmentEvent[];
};

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
