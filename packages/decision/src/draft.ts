import type {
  AssignmentEvent,
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

/** Puts down an event and counts it in the client's sequence. */
export function emit(draft: Draft, event: AssignmentEvent): void {
  draft.events.push(event);
  draft.client = { ...draft.client, sequence: event.clientSequence };
}

/** What the next event of the draft has in common with all others. Its id is the same on replay. */
export function nextFact({ event, source, client, events }: Draft): {
  readonly eventId: EventId;
  readonly clientKey: IntakeEvent['clientKey'];
  readonly clientSequence: number;
  readonly source: SourcePosition;
} {
  const { topic, partition, offset } = source;
  return {
    eventId: `${topic}-${partition}-${offset}-${events.length + 1}` as EventId,
    clientKey: event.clientKey,
    clientSequence: client.sequence + 1,
    source,
  };
}
