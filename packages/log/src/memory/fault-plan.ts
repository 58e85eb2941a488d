import { LogFault, type LogFaultCode } from '../log-fault.ts';

/** What a client asks of the broker. */
export type Operation =
  | 'open-task'
  | 'run'
  | 'publish'
  | 'fetch'
  | 'range'
  | 'offset-at'
  | 'join-group'
  | 'commit-group-offsets'
  | 'partition-counts';

/**
 * Where in an operation something happens: before it has any effect; `between` producing and
 * committing (of a run only: the transaction stays open); after it took effect, the answer lost.
 */
export type Stage = 'before' | 'between' | 'after';

/** Who asks; a selector matches when each field that it names is equal. */
export type Caller = { readonly clientId: string; readonly taskId?: string };

export type Selector = {
  readonly operation: Operation;
  readonly stage?: Stage;
  readonly clientId?: string;
  readonly taskId?: string;
};

export type Hold = {
  /** Resolves when an operation has come to the gate and waits there. */
  readonly reached: Promise<void>;
  /** Lets it go on. */
  release(): void;
};

type Trap = { readonly on: Selector; left: number; readonly act: () => void | Promise<void> };

/**
 * The faults that a test has planned. Every operation passes here at each of its stages; without a
 * plan that costs one comparison.
 */
export class FaultPlan {
  readonly #traps: Trap[] = [];
  readonly #outages = new Set<{ readonly clientId: string | undefined }>();
  readonly #onOutage = new Set<() => void>();

  /** Nothing is planned: every `pass` succeeds at once. */
  get quiet(): boolean {
    return this.#traps.length === 0 && this.#outages.size === 0;
  }

  fail(on: Selector, options: { readonly code: LogFaultCode; readonly times: number }): void {
    const { code, times } = options;
    const text = `planned fault ${on.stage ?? 'before'} ${on.operation}`;
    this.#traps.push({
      on,
      left: times,
      act: () => {
        throw new LogFault(code, text);
      },
    });
  }

  hold(on: Selector): Hold {
    const reached = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const act = () => {
      reached.resolve();
      return gate.promise;
    };
    this.#traps.push({ on, left: 1, act });
    return { reached: reached.promise, release: () => gate.resolve() };
  }

  /** Nobody, or this client only, reaches the broker until the answer is called. */
  outage(clientId: string | undefined): () => void {
    const outage = { clientId };
    this.#outages.add(outage);
    for (const interrupt of this.#onOutage) interrupt();
    return () => this.#outages.delete(outage);
  }

  /** Tells who waits for the broker that it may have gone; the answer ends that. */
  onOutage(interrupt: () => void): () => void {
    this.#onOutage.add(interrupt);
    return () => this.#onOutage.delete(interrupt);
  }

  /** Throws the planned fault, waits at a planned gate, or lets the caller through. */
  async pass(operation: Operation, stage: Stage, caller: Caller): Promise<void> {
    this.refuseWhenOut(caller);
    const index = this.#traps.findIndex(({ on }) => matches(on, { operation, stage, caller }));
    const trap = this.#traps[index];
    if (trap === undefined) return;
    trap.left--;
    if (trap.left <= 0) this.#traps.splice(index, 1);
    await trap.act();
    this.refuseWhenOut(caller);
  }

  /** Throws while the caller is cut off. */
  refuseWhenOut(caller: Caller): void {
    for (const { clientId } of this.#outages) {
      if (clientId !== undefined && clientId !== caller.clientId) continue;
      throw new LogFault('UNAVAILABLE', 'the broker cannot be reached');
    }
  }
}

function matches(
  on: Selector,
  at: { readonly operation: Operation; readonly stage: Stage; readonly caller: Caller },
): boolean {
  if (on.operation !== at.operation || (on.stage ?? 'before') !== at.stage) return false;
  if (on.clientId !== undefined && on.clientId !== at.caller.clientId) return false;
  return on.taskId === undefined || on.taskId === at.caller.taskId;
}
