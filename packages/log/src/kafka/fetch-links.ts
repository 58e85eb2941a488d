import type { FetchRequest } from '../txn-log.ts';
import type { Cluster } from './cluster.ts';
import { CODE, faultOf } from './error-codes.ts';
import type { LinkSet } from './link-set.ts';
import { fetchRequest, readFetch, type Fetched } from './wire-read.ts';

/** A long poll holds its connection; more than this at once to one broker wait in a line. */
const POLLS_PER_LEADER_MAX = 8;
/** One answer is held in memory whole. */
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

type Slot = { readonly links: LinkSet<number>; readonly busy: Set<number> };

/** The connections on which a reader's long polls wait, apart from everything else. */
export class FetchLinks {
  readonly #cluster: Cluster;
  readonly #requestTimeoutMs: number;
  readonly #slots: Slot[] = [];

  constructor(cluster: Cluster, requestTimeoutMs: number) {
    this.#cluster = cluster;
    this.#requestTimeoutMs = requestTimeoutMs;
  }

  /** One Fetch to one leader, on a connection on which no other of this reader is waiting. */
  async fetch(
    leader: number,
    requests: readonly FetchRequest[],
    maxWaitMs: number,
  ): Promise<Fetched> {
    const slot = this.#idleSlot(leader);
    slot.busy.add(leader);
    try {
      const link = await slot.links.get(leader);
      const wanted = requests.reduce((sum, { maxBytes }) => sum + maxBytes, 0);
      const maxBytes = Math.min(wanted, ANSWER_BYTES_MAX);
      const request = fetchRequest(requests, { maxWaitMs: Math.ceil(maxWaitMs), maxBytes });
      const timeoutMs = maxWaitMs + this.#requestTimeoutMs;
      const fetched = readFetch(await link.request(request, { timeoutMs }));
      link.muted(fetched.throttleMs);
      if (fetched.errorCode !== CODE.none) throw faultOf(fetched.errorCode, 'Fetch');
      return fetched;
    } finally {
      slot.busy.delete(leader);
    }
  }

  close(): void {
    for (const { links } of this.#slots) links.close();
  }

  #idleSlot(leader: number): Slot {
    const idle = this.#slots.find(({ busy }) => !busy.has(leader));
    if (idle !== undefined) return idle;
    const [first] = this.#slots;
    if (first !== undefined && this.#slots.length >= POLLS_PER_LEADER_MAX) return first;
    const slot = { links: this.#cluster.links(), busy: new Set<number>() };
    this.#slots.push(slot);
    return slot;
  }
}
