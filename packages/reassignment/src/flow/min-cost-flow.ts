/**
 * The cheapest flow through a small network, in whole numbers, and a proof that none is cheaper.
 *
 * It looks for the cheapest way that still has room and fills it, until no way is left (successive
 * shortest paths). Each way is filled as far as it goes, so what it costs depends on the number of
 * ways, not on the number of clients. Costs may be below zero as long as no circle is.
 *
 * The proof is a price per node. When no arc with room left leads from a price to a lower one by
 * less than the difference, no rearrangement saves anything; `provenCost` sums what the prices alone
 * say that any flow of this size must cost. Where it equals the cost of the flow, that is optimal.
 */
import { assert, must } from '@smc/domain';

export type Flow = { readonly amount: number; readonly cost: number; readonly provenCost: number };

export class Network {
  readonly #nodes: number;
  /** Arc `i` and its way back `i ^ 1`. */
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #room: number[] = [];
  readonly #capacity: number[] = [];
  readonly #cost: number[] = [];

  constructor(nodes: number) {
    this.#nodes = nodes;
  }

  /** Gives the arc's number, by which `through` tells what flows in the end. */
  arc(
    ends: { readonly from: number; readonly to: number },
    capacity: number,
    cost: number,
  ): number {
    assert(capacity >= 0 && Number.isSafeInteger(capacity), 'a capacity is a whole number');
    const arc = this.#to.length;
    this.#add(ends.from, ends.to, capacity, cost);
    this.#add(ends.to, ends.from, 0, -cost);
    return arc;
  }

  through(arc: number): number {
    return must(this.#room[arc ^ 1], 'an arc of this network');
  }

  /** As much as fits from source to sink, as cheaply as that can be. */
  fill(source: number, sink: number): Flow {
    let amount = 0;
    let cost = 0;
    for (let way = this.#cheapest(source, sink); way !== undefined;) {
      let room = Infinity;
      for (const arc of way.arcs) room = Math.min(room, this.#at(this.#room, arc));
      for (const arc of way.arcs) {
        this.#room[arc] = this.#at(this.#room, arc) - room;
        this.#room[arc ^ 1] = this.#at(this.#room, arc ^ 1) + room;
      }
      amount += room;
      cost += room * way.cost;
      way = this.#cheapest(source, sink);
    }
    assert(Number.isSafeInteger(cost), 'costs stay whole numbers');
    return { amount, cost, provenCost: this.#provenCost(source, sink, amount) };
  }

  #add(from: number, to: number, capacity: number, cost: number): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#room.push(capacity);
    this.#capacity.push(capacity);
    this.#cost.push(cost);
  }

  #perNode(value: number): number[] {
    return Array.from({ length: this.#nodes }, () => value);
  }

  #at(list: readonly number[], arc: number): number {
    return must(list[arc], 'an arc of this network');
  }

  #cheapest(source: number, sink: number) {
    const price = this.#perNode(Infinity);
    price[source] = 0;
    const reachedBy = this.#settle(price);
    const cost = this.#at(price, sink);
    if (cost === Infinity) return undefined;
    const arcs: number[] = [];
    for (
      let node = sink;
      node !== source;
      node = this.#at(this.#from, this.#at(arcs, arcs.length - 1))
    ) {
      arcs.push(must(reachedBy[node], 'a node on the way was reached'));
    }
    return { arcs, cost };
  }

  /** Lowers prices along arcs with room until none can be lowered (Bellman-Ford). */
  #settle(price: number[]): readonly (number | undefined)[] {
    const reachedBy: (number | undefined)[] = [];
    for (let round = 0; ; round++) {
      assert(round <= this.#nodes, 'no circle of arcs costs less than nothing');
      let isSettled = true;
      for (let arc = 0; arc < this.#to.length; arc++) {
        if (this.#at(this.#room, arc) === 0) continue;
        const to = this.#at(this.#to, arc);
        const reached = this.#at(price, this.#at(this.#from, arc)) + this.#at(this.#cost, arc);
        if (reached >= this.#at(price, to)) continue;
        price[to] = reached;
        reachedBy[to] = arc;
        isSettled = false;
      }
      if (isSettled) return reachedBy;
    }
  }

  /** What the prices say that any flow of this amount costs at least. */
  #provenCost(source: number, sink: number, amount: number): number {
    const price = this.#perNode(0);
    this.#settle(price);
    let proven = amount * (this.#at(price, sink) - this.#at(price, source));
    for (let arc = 0; arc < this.#to.length; arc += 2) {
      const from = this.#at(price, this.#at(this.#from, arc));
      const reduced = this.#at(this.#cost, arc) + from - this.#at(price, this.#at(this.#to, arc));
      if (reduced < 0) proven += reduced * this.#at(this.#capacity, arc);
    }
    return proven;
  }
}
