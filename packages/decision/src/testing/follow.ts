/** Follows clients through events, and tells what happened in short lines. */
import {
  must,
  unreachable,
  type AssignmentEvent,
  type ClientState,
  type IntakeEvent,
} from '@smc/domain';
import { decide, type Decision, type DecisionRefusal } from '../decide.ts';
import type { Rulebook } from '../demarcation.ts';

/** A router in miniature: it keeps each client's state and gives each event the next offset. */
export class Follower {
  readonly #rulebook: Rulebook;
  readonly #clients = new Map<string, ClientState>();
  readonly events: AssignmentEvent[] = [];
  #offset = 0;

  constructor(rulebook: Rulebook) {
    this.#rulebook = rulebook;
  }

  client(key: string): ClientState | undefined {
    return this.#clients.get(key);
  }

  take(event: IntakeEvent, rulebook = this.#rulebook): Decision | DecisionRefusal {
    const source = { topic: 'smc.intake', partition: 0, offset: this.#offset++ };
    const result = decide({ event, source }, this.#clients.get(event.clientKey), rulebook);
    if (!result.ok) return result.refusal;
    this.events.push(...result.value.events);
    if (result.value.state !== undefined) this.#clients.set(event.clientKey, result.value.state);
    return result.value;
  }

  /** As `take`, told in words. */
  tell(event: IntakeEvent, rulebook = this.#rulebook): string {
    const taken = this.take(event, rulebook);
    if ('code' in taken) return `refused: ${taken.code}`;
    return taken.events.map(tell).join('; ') || 'nothing';
  }
}

/** One event in words, as the tables in `test/vectors` write it. */
export function tell(event: AssignmentEvent): string {
  switch (event.type) {
    case 'CaseAssigned':
      return `${event.caseId} to ${event.team} (${event.rule}, journey ${event.journey})`;
    case 'ClientHandedOver': {
      const along = event.cases.map(({ caseId }) => caseId).join('+') || 'no case';
      return `client from ${event.fromTeam} to ${event.team} with ${along} (${event.cause})`;
    }
    case 'CaseParked':
      return `${event.caseId} waits, ${event.office ?? 'national'} (${event.code})`;
    case 'CaseReleased':
      return `${event.caseId} released by ${event.team ?? 'no team'}`;
    default:
      return unreachable(event);
  }
}

/** The reasons of the last event that carries an explanation, as codes in order. */
export function lastReasons(events: readonly AssignmentEvent[]): string {
  const explained = events.findLast((event) => event.type !== 'CaseReleased');
  return must(explained, 'no event is explained')
    .explanation.map(({ code }) => code)
    .join(' > ');
}
