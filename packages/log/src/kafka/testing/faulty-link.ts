import type { Step } from '../../conformance/index.ts';
import type { Dial } from '../dial.ts';
import { unavailable } from '../error-codes.ts';
import type { Link } from '../link.ts';
import { API, type Request } from '../wire.ts';

/** A request of which the next one meets a fault. */
type Awaited = {
  readonly step: Step;
  readonly meet: (link: Link, request: Request) => Promise<Buffer>;
};

const KEY_OF: Readonly<Record<Step, number>> = {
  'open-task': API.initProducerId.key,
  produce: API.produce.key,
  publish: API.produce.key,
  commit: API.endTxn.key,
};

/** The network between one client and its brokers, as a test wants it. */
export class FaultyNetwork {
  readonly #awaited: Awaited[] = [];
  readonly #links = new Set<Link>();
  isDead = false;
  #corruptsFetch = false;

  /** Every link that `dial` opens, with this network in between. */
  readonly between = (dial: Dial): Dial => {
    return async (to) => {
      if (this.isDead) throw unavailable('the network is dead');
      const link = await dial(to);
      this.#links.add(link);
      return this.#faulty(link);
    };
  };

  /** The next request of this step does not arrive, or its answer does not. */
  lose(part: 'request' | 'answer', step: Step): void {
    const meet = async (link: Link, request: Request) => {
      if (part === 'answer') await link.request(request);
      link.close();
      throw unavailable(`the ${part} was lost`);
    };
    this.#awaited.push({ step, meet });
  }

  /** The next request of this step waits until `release`. */
  hold(step: Step) {
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const meet = async (link: Link, request: Request) => {
      reached.resolve();
      await released.promise;
      return link.request(request);
    };
    this.#awaited.push({ step, meet });
    return { reached: reached.promise, release: () => released.resolve() };
  }

  /** One bit of the next fetch that brings something is wrong. */
  corruptFetch(): void {
    this.#corruptsFetch = true;
  }

  /** From now on nothing leaves and nothing arrives. */
  die(): void {
    this.isDead = true;
    for (const link of this.#links) link.close();
  }

  #faulty(link: Link): Link {
    return {
      request: (request, options) => this.#request(link, request, options),
      muted: (ms) => link.muted(ms),
      close: () => link.close(),
      get isOpen() {
        return link.isOpen;
      },
      get isIdle() {
        return link.isIdle;
      },
      get isWorn() {
        return link.isWorn;
      },
    };
  }

  async #request(
    link: Link,
    request: Request,
    options?: { readonly timeoutMs?: number },
  ): Promise<Buffer> {
    const { key } = request.api;
    const next = this.#awaited.findIndex(({ step }) => KEY_OF[step] === key);
    const [met] = next < 0 ? [] : this.#awaited.splice(next, 1);
    if (met !== undefined) return met.meet(link, request);
    const answer = await link.request(request, options);
    if (key !== API.fetch.key || !this.#corruptsFetch) return answer;
    const last = answer.length - 1;
    // The bytes of the last partition end the answer; an empty one ends with the zeroes of its length.
    if (answer[last] === 0 && answer.length < 100) return answer;
    this.#corruptsFetch = false;
    answer[last] = (answer[last] ?? 0) ^ 1;
    return answer;
  }
}
