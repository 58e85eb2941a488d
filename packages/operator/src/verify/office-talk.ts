import {
  partitionOf,
  type CaseId,
  type ClientKey,
  type ClientState,
  type OfficeEvent,
  type TeamChosen,
} from '@smc/domain';
import type { Codec } from '@smc/events';
import type { Exchange } from './exchange.ts';
import { isAnswered, type Snapshot } from './snapshot.ts';

export type TalkTools = {
  readonly codec: Codec;
  /** All partitions, each at its moment. */
  readonly snapshots: readonly Snapshot[];
  /** What deciding again foresees that clients' tasks write to offices. */
  readonly toOffices: Exchange;
  /** What offices' tasks have written to clients. */
  readonly toClients: Exchange;
};

/** What one partition's clients and all offices say to each other, for the walk over the offices. */
export class OfficeTalk {
  readonly #tools: TalkTools;
  readonly #partition: number;
  /** How many questions of a client no answer has come back for. */
  readonly #asked = new Map<ClientKey, number>();

  constructor(tools: TalkTools, partition: number) {
    this.#tools = tools;
    this.#partition = partition;
  }

  /** Deciding again told or asked an office this: the walk over the offices must find it. */
  foresee(event: OfficeEvent): void {
    if (event.type === 'TeamRequested') this.#count(event.clientKey, 1);
    const { codec, snapshots, toOffices } = this.#tools;
    const office = partitionOf(event.office, snapshots.length);
    toOffices.between(this.#partition, office).add(event.eventId, codec.encode(event));
  }

  /** An office's answer stands on the log: the walk over the offices must foresee it. */
  meet(answer: TeamChosen): void {
    const { codec, snapshots, toClients } = this.#tools;
    const { source, eventId } = answer;
    if (!isAnswered(snapshots, source)) return;
    toClients.between(source.partition, this.#partition).add(eventId, codec.encode(answer));
  }

  /** The client's task has taken an office's answer. */
  taken(answer: TeamChosen): void {
    this.#count(answer.clientKey, -1);
  }

  /** The cases that wait for an office, and the clients among them whom no office owes an answer. */
  waiting(states: ReadonlyMap<ClientKey, ClientState>): {
    readonly cases: ReadonlySet<CaseId>;
    readonly forgotten: readonly ClientKey[];
  } {
    const cases = new Set<CaseId>();
    const forgotten: ClientKey[] = [];
    for (const [client, { openCases }] of states) {
      const waiting = openCases.filter(({ awaiting }) => awaiting !== undefined);
      for (const { caseId } of waiting) cases.add(caseId);
      if (waiting.length > 0 && (this.#asked.get(client) ?? 0) <= 0) forgotten.push(client);
    }
    return { cases, forgotten };
  }

  #count(client: ClientKey, questions: 1 | -1): void {
    const asked = (this.#asked.get(client) ?? 0) + questions;
    if (asked === 0) this.#asked.delete(client);
    else this.#asked.set(client, asked);
  }
}
