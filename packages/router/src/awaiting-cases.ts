import type { ClientKey, ClientState } from '@smc/domain';

type Slices = AsyncGenerator<readonly (readonly [ClientKey, ClientState])[]>;
type Waiting = { readonly cases: number; readonly sinceMs: number };

/** Whose cases wait for an office's choice, and since when: for the metrics, nothing decides by it. */
export class AwaitingCases {
  readonly #clients = new Map<ClientKey, Waiting>();
  #cases = 0;
  #uncounted: Slices | undefined;

  /** After a restore nothing is known: it comes from all clients, slice by slice. */
  countAgain(clients: Slices): void {
    this.#uncounted = clients;
  }

  get isCounting(): boolean {
    return this.#uncounted !== undefined;
  }

  /** Counts one slice, between two fetches: no case has to wait for all of it. */
  async countSome(): Promise<void> {
    const slice = await this.#uncounted?.next();
    if (slice?.done) this.#uncounted = undefined;
    if (slice === undefined || slice.done) return;
    for (const [client, state] of slice.value) this.note(client, state);
  }

  has(client: ClientKey): boolean {
    return this.#clients.has(client);
  }

  /** Takes in the client's newest state. */
  note(client: ClientKey, state: ClientState | undefined): void {
    this.#cases -= this.#clients.get(client)?.cases ?? 0;
    const waiting = waitingOf(state);
    if (waiting === undefined) this.#clients.delete(client);
    else this.#clients.set(client, waiting);
    this.#cases += waiting?.cases ?? 0;
  }

  get cases(): number {
    return this.#cases;
  }

  /** When intake received the case that has waited longest; undefined: none waits. */
  get oldestMs(): number | undefined {
    let oldestMs: number | undefined;
    for (const { sinceMs } of this.#clients.values()) {
      if (oldestMs === undefined || sinceMs < oldestMs) oldestMs = sinceMs;
    }
    return oldestMs;
  }
}

function waitingOf(state: ClientState | undefined): Waiting | undefined {
  const waiting = state?.openCases.filter(({ awaiting }) => awaiting !== undefined) ?? [];
  if (waiting.length === 0) return undefined;
  const sinceMs = Math.min(...waiting.map(({ receivedAtMs }) => receivedAtMs));
  return { cases: waiting.length, sinceMs };
}
