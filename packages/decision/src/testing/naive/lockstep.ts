/**
 * The decision and the naive one side by side: the same clients, the same offices, the same
 * messages under way, compared after every step. The first difference is thrown.
 */
import {
  must,
  type AssignmentEvent,
  type ClientKey,
  type ClientState,
  type LoadEntry,
  type OfficeEvent,
  type OfficeId,
  type OfficeLoad,
  type TeamChosen,
} from '@smc/domain';
import { decide, type ClientInput } from '../../decide.ts';
import type { Demarcation } from '../../demarcation.ts';
import { countedOffices, rulebookOf } from '../../rulebook.ts';
import { stockChanges } from '../../workload/counting.ts';
import { decideOffice } from '../../workload/decide-office.ts';
import { messageOf, outcomeOf, stateAsText } from './as-outcome.ts';
import { naiveDecide } from './decide.ts';
import { countedCases, isCounted, loadChanges } from './load.ts';
import type { Message, NaiveClient } from './model.ts';
import { naiveOffice } from './office.ts';
import { same } from './same.ts';
import { PLAIN_AREAS } from './random-areas.ts';
import type { Step } from './random-life.ts';

export class Lockstep {
  readonly #versions: readonly Demarcation[];
  #activated = 1;
  readonly #states = new Map<ClientKey, ClientState>();
  readonly #naiveClients = new Map<ClientKey, NaiveClient>();
  readonly #loads = new Map<OfficeId, OfficeLoad>();
  readonly #naiveLoads = new Map<OfficeId, readonly LoadEntry[]>();
  /** Under way, in order per office and per client. */
  readonly #toOffices = new Map<OfficeId, OfficeEvent[]>();
  readonly #answers = new Map<ClientKey, TeamChosen[]>();
  #offset = 0;
  readonly events: AssignmentEvent[] = [];

  /** The versions in the order in which they are activated; the first is active at once. */
  constructor(versions: readonly Demarcation[]) {
    this.#versions = versions;
  }

  take(step: Step): void {
    switch (step.kind) {
      case 'input':
        return this.#decide(step.event);
      case 'activate':
        return this.#activate();
      case 'deliver':
        return this.#deliver(step.pick);
    }
  }

  /** Delivers all that is under way, and what comes of it. */
  drain(): void {
    while (this.#underWay().length > 0) this.#deliver(0);
  }

  /** With nothing under way no case waits for an office, and each office has counted its own. */
  checkAtRest(): void {
    const clients = [...this.#naiveClients.values()];
    const awaiting = clients.flatMap(({ open }) =>
      open.filter((one) => one.awaiting !== undefined),
    );
    same('cases that wait for nobody', 'the end', awaiting, []);
    const cases = clients.flatMap((client) => countedCases(client, this.#naiveActive));
    const counted = [...this.#loads].flatMap(([office, { entries }]): Message[] =>
      entries.length === 0 ? [] : [{ type: 'LoadChanged', office, changes: entries }],
    );
    counted.sort((a, b) => (a.office < b.office ? -1 : 1));
    same('counters and a recount', 'the end', counted, loadChanges([], cases));
  }

  get #active(): readonly Demarcation[] {
    return this.#versions.slice(0, this.#activated);
  }

  get #naiveActive(): readonly Demarcation[] {
    return this.#active.map((version) => ({ ...version, areas: PLAIN_AREAS }));
  }

  #decide(event: ClientInput): void {
    const key = event.clientKey;
    const topic = event.type === 'TeamChosen' ? 'smc.commands' : 'smc.intake';
    const source = { topic, partition: 0, offset: this.#offset++ };
    const result = decide({ event, source }, this.#states.get(key), rulebookOf(this.#active));
    const naive = naiveDecide(event, this.#naiveClients.get(key), this.#naiveActive);
    if (!result.ok || 'refused' in naive) {
      const refused = result.ok ? undefined : result.refusal.code;
      same('refusal', event, refused, 'refused' in naive ? naive.refused : undefined);
      return;
    }
    const { events, toOffices, state } = result.value;
    same('events', event, events.map(outcomeOf), naive.events);
    same('messages', event, toOffices.map(messageOf), naive.toOffices);
    const known = naive.events.length > 0 || this.#naiveClients.has(key) || state !== undefined;
    if (known) this.#naiveClients.set(key, naive.client);
    if (state !== undefined) this.#states.set(key, state);
    same('state', event, stateAsText(state), stateAsText(this.#naiveClients.get(key)));
    this.events.push(...events);
    for (const told of toOffices) push(this.#toOffices, told.office, told);
  }

  /** An office that begins to be counted is told what its teams have in hand. */
  #activate(): void {
    if (this.#activated === this.#versions.length) return;
    const before = this.#naiveActive;
    const counted = () => new Set(this.#active.flatMap(countedOffices));
    const countedBefore = counted();
    this.#activated++;
    const after = counted();
    const stock = stockChanges(this.#states.values(), { before: countedBefore, after });
    const told = stock.map(({ office, changes }): OfficeEvent => {
      const source = { topic: 'smc.commands', partition: 0, offset: this.#offset++ };
      const eventId = `stock-${this.#offset}` as OfficeEvent['eventId'];
      return { type: 'LoadChanged', eventId, source, office, changes };
    });
    const naive = this.#naiveStock(before);
    same('stock', 'activation', told.map(messageOf), naive);
    for (const event of told) push(this.#toOffices, event.office, event);
  }

  #naiveStock(before: readonly Demarcation[]): Message[] {
    const all = [...this.#naiveClients.values()].flatMap((client) =>
      countedCases(client, this.#naiveActive),
    );
    return loadChanges(
      [],
      all.filter(({ office }) => !isCounted(office, before)),
    );
  }

  #underWay(): readonly (() => void)[] {
    return [
      ...[...this.#toOffices].map(
        ([office, queue]) =>
          () =>
            this.#tellOffice(office, queue),
      ),
      ...[...this.#answers].map(
        ([key, queue]) =>
          () =>
            this.#answerClient(key, queue),
      ),
    ];
  }

  #deliver(pick: number): void {
    const ways = this.#underWay();
    ways[pick % ways.length]?.();
  }

  #answerClient(key: ClientKey, queue: TeamChosen[]): void {
    const answer = must(queue.shift(), 'no empty queue is kept');
    if (queue.length === 0) this.#answers.delete(key);
    this.#decide(answer);
  }

  #tellOffice(office: OfficeId, queue: OfficeEvent[]): void {
    const event = must(queue.shift(), 'no empty queue is kept');
    if (queue.length === 0) this.#toOffices.delete(office);
    const source = { topic: 'smc.office-intake', partition: 0, offset: this.#offset++ };
    const demarcation = this.#active.find(
      ({ version }) => event.type === 'TeamRequested' && version === event.demarcation,
    );
    const { load, answer } = decideOffice({ event, source }, this.#loads.get(office), demarcation);
    const before = this.#naiveLoads.get(office) ?? [];
    const naive = naiveOffice(messageOf(event), before, this.#naiveActive);
    same('counters', event, load.entries, naive.entries);
    const { caseId, team, load: weighted, minutes, counted, compared, next } = answer ?? {};
    const facts = { team, load: weighted, minutes, caseId, office, counted, compared, next };
    same('answer', event, answer === undefined ? undefined : facts, naive.answer);
    this.#loads.set(office, load);
    this.#naiveLoads.set(office, naive.entries);
    if (answer !== undefined) push(this.#answers, answer.clientKey, answer);
  }
}

function push<K, V>(queues: Map<K, V[]>, key: K, value: V): void {
  const queue = queues.get(key);
  if (queue === undefined) queues.set(key, [value]);
  else queue.push(value);
}
