/** Follows clients through events, and tells what happened in short lines. */
import {
  must,
  unreachable,
  type AssignmentEvent,
  type ClientState,
  type IntakeEvent,
  type OfficeEvent,
  type OfficeId,
  type OfficeLoad,
  type TeamChosen,
  type TeamRequested,
} from '@smc/domain';
import { decide, type ClientInput, type Decision, type DecisionRefusal } from '../decide.ts';
import type { Rulebook } from '../demarcation.ts';
import { decideOffice } from '../workload/decide-office.ts';

/**
 * A router in miniature: it keeps each client's state, gives each event the next offset, and plays
 * the offices that divide by workload. Their answers wait until `deliver` is called.
 */
export class Follower {
  readonly #rulebook: Rulebook;
  readonly #clients = new Map<string, ClientState>();
  readonly events: AssignmentEvent[] = [];
  readonly offices = new Map<OfficeId, OfficeLoad>();
  readonly #answers: TeamChosen[] = [];
  #offset = 0;
  #officeOffset = 0;

  constructor(rulebook: Rulebook) {
    this.#rulebook = rulebook;
  }

  client(key: string): ClientState | undefined {
    return this.#clients.get(key);
  }

  clients(): Iterable<ClientState> {
    return this.#clients.values();
  }

  take(event: ClientInput, rulebook = this.#rulebook): Decision | DecisionRefusal {
    const topic = event.type === 'TeamChosen' ? 'smc.commands' : 'smc.intake';
    const source = { topic, partition: 0, offset: this.#offset++ };
    const result = decide({ event, source }, this.#clients.get(event.clientKey), rulebook);
    if (!result.ok) return result.refusal;
    this.events.push(...result.value.events);
    if (result.value.state !== undefined) this.#clients.set(event.clientKey, result.value.state);
    for (const told of result.value.toOffices) this.#tellOffice(told, rulebook);
    return result.value;
  }

  /** The answers of offices that are under way. */
  get underWay(): readonly TeamChosen[] {
    return this.#answers;
  }

  /** The offices' answers reach their clients, in order, until none is under way. */
  deliver(rulebook = this.#rulebook): readonly AssignmentEvent[] {
    const events: AssignmentEvent[] = [];
    for (let next = this.#answers.shift(); next !== undefined; next = this.#answers.shift()) {
      const taken = this.take(next, rulebook);
      if ('events' in taken) events.push(...taken.events);
    }
    return events;
  }

  #tellOffice(event: OfficeEvent, rulebook: Rulebook): void {
    const source = { topic: 'smc.office-intake', partition: 0, offset: this.#officeOffset++ };
    const demarcation = 'on' in event ? rulebook.demarcationOn(event.on) : undefined;
    const before = this.offices.get(event.office);
    const { load, answer } = decideOffice({ event, source }, before, demarcation);
    this.offices.set(event.office, load);
    if (answer !== undefined) this.#answers.push(answer);
  }

  /** As `take`, told in words. */
  tell(event: IntakeEvent, rulebook = this.#rulebook): string {
    const taken = this.take(event, rulebook);
    if ('code' in taken) return `refused: ${taken.code}`;
    return tellAll([...taken.events, ...taken.toOffices.filter(isRequest)]);
  }

  /** As `deliver`, told in words. */
  tellDelivered(rulebook = this.#rulebook): string {
    return tellAll(this.deliver(rulebook));
  }
}

function isRequest(event: OfficeEvent): event is TeamRequested {
  return event.type === 'TeamRequested';
}

function tellAll(events: readonly (AssignmentEvent | TeamRequested)[]): string {
  return events.map(tell).join('; ') || 'nothing';
}

/** One event in words, as the tables in `test/vectors` write it. */
export function tell(event: AssignmentEvent | TeamRequested): string {
  switch (event.type) {
    case 'TeamRequested':
      return `${event.caseId} asks ${event.office} for one of ${event.teams.join('+')}`;
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
