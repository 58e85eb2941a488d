import { LogFault } from '../log-fault.ts';
import type { Link } from './link.ts';

/**
 * The links of one owner, at most one per peer, opened when first asked for. A lost link and one
 * whose session nears its end (while idle) are replaced at the next `get`. A broker works on one
 * request of a connection at a time: owners that must not wait for each other have a set each.
 */
export class LinkSet<Peer> {
  readonly #dial: (peer: Peer) => Promise<Link>;
  readonly #links = new Map<Peer, { readonly opening: Promise<Link>; link?: Link }>();
  readonly #onClose: ((set: LinkSet<Peer>) => void) | undefined;
  #closed = false;

  constructor(dial: (peer: Peer) => Promise<Link>, onClose?: (set: LinkSet<Peer>) => void) {
    this.#dial = dial;
    this.#onClose = onClose;
  }

  /** An open link to the peer. Rejects with UNAVAILABLE, NOT_AUTHORISED or CLOSED. */
  async get(peer: Peer): Promise<Link> {
    if (this.#closed) throw closed();
    const known = this.#links.get(peer);
    if (known?.link?.isWorn === true && known.link.isIdle) known.link.close();
    if (known !== undefined && known.link?.isOpen !== false) return known.opening;
    return this.#open(peer);
  }

  /** Closes every link: what waits for an answer is rejected with CLOSED, and so is every `get`. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { link } of this.#links.values()) link?.close();
    this.#links.clear();
    this.#onClose?.(this);
  }

  async #open(peer: Peer): Promise<Link> {
    const entry: { readonly opening: Promise<Link>; link?: Link } = { opening: this.#dial(peer) };
    this.#links.set(peer, entry);
    try {
      entry.link = await entry.opening;
    } catch (thrown) {
      if (this.#links.get(peer) === entry) this.#links.delete(peer);
      throw thrown;
    }
    if (!this.#closed) return entry.link;
    entry.link.close();
    throw closed();
  }
}

function closed(): LogFault {
  return new LogFault('CLOSED', 'its owner has closed the link');
}
