/**
 * A router without a log: the same `decide`, one event after the other, and the offices that count
 * their load beside it.
 *
 *   event ─► decide ─► what the divisions would be told
 *              ▲   └─► TeamRequested, LoadChanged ─► decideOffice
 *              └──────────────── TeamChosen ◄────────────┘
 *
 * In the live system an office's answer comes a moment later, and other clients may come in between;
 * here it is there at once, so no case is left waiting for one. Positions count per partition as
 * they would on the topics, so that for every other case the events are the router's, byte for byte.
 */
import {
  must,
  partitionOf,
  TOPICS,
  type AssignmentEvent,
  type ClientState,
  type IntakeEvent,
  type OfficeEvent,
  type OfficeId,
  type OfficeLoad,
  type Result,
  type SourcePosition,
  type TeamChosen,
} from '@smc/domain';
import {
  decide,
  decideOffice,
  type ClientInput,
  type DecisionRefusal,
  type Rulebook,
} from '@smc/decision';

/** As `infra/topics.json` has it. The number is seen in positions only. */
const PARTITIONS = 4;

export type Played = {
  readonly events: readonly AssignmentEvent[];
  readonly state: ClientState | undefined;
};

export class PlayedRouter {
  readonly #rulebook: Rulebook;
  readonly #loads = new Map<OfficeId, OfficeLoad>();
  /** By topic, the next offset of each partition. */
  readonly #next = new Map<string, number[]>();

  constructor(rulebook: Rulebook) {
    this.#rulebook = rulebook;
  }

  take(event: IntakeEvent, before: ClientState | undefined): Result<Played, DecisionRefusal> {
    const first = this.#decide(event, TOPICS.intake, before);
    // Most events are no office's business.
    if (!first.ok || first.value.toOffices.length === 0) return first;
    const events = [...first.value.events];
    let { state } = first.value;
    const toOffices = [...first.value.toOffices];
    for (let asked = toOffices.shift(); asked !== undefined; asked = toOffices.shift()) {
      const answer = this.#ask(asked);
      if (answer === undefined) continue;
      const decided = this.#decide(answer, TOPICS.commands, state);
      const then = must(decided.ok ? decided.value : undefined, 'an answer is never refused');
      events.push(...then.events);
      toOffices.push(...then.toOffices);
      state = then.state;
    }
    return { ok: true, value: { events, state } };
  }

  #decide(event: ClientInput, topic: string, before: ClientState | undefined) {
    return decide(
      { event, source: this.#position(topic, event.clientKey) },
      before,
      this.#rulebook,
    );
  }

  #ask(event: OfficeEvent): TeamChosen | undefined {
    const source = this.#position(TOPICS.officeIntake, event.office);
    const on = event.type === 'TeamRequested' ? event.on : undefined;
    const version = on === undefined ? undefined : this.#rulebook.demarcationOn(on);
    const decided = decideOffice({ event, source }, this.#loads.get(event.office), version);
    this.#loads.set(event.office, decided.load);
    return decided.answer;
  }

  #position(topic: string, key: string): SourcePosition {
    const partition = partitionOf(key, PARTITIONS);
    let next = this.#next.get(topic);
    if (next === undefined) this.#next.set(topic, (next = []));
    const offset = next[partition] ?? 0;
    next[partition] = offset + 1;
    return { topic, partition, offset };
  }
}
