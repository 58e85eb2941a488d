/** Something that happens when so many events have been sent. */
export type Item = { readonly at: number; readonly act: () => Promise<void> };

/**
 * Runs what is due while events are being sent. Items of one lane follow each other, lanes run
 * side by side; `alone` keeps two items of different lanes apart.
 */
export class Agenda {
  #sent = 0;
  readonly #waiting = new Set<{ readonly at: number; readonly go: () => void }>();
  readonly #lanes: Promise<unknown>;
  #turn: Promise<unknown> = Promise.resolve();
  #failure: unknown;
  #isDone = false;

  constructor(lanes: readonly (readonly Item[])[]) {
    this.#lanes = Promise.all(lanes.map((lane) => this.#run(lane)));
    this.#lanes.then(
      () => (this.#isDone = true),
      (error: unknown) => (this.#failure = error),
    );
  }

  /** Whether every item has been acted on. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Tells how many events have been sent; throws when an item has failed. */
  reached(sent: number): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#sent = sent;
    for (const waiting of this.#waiting) {
      if (sent < waiting.at) continue;
      this.#waiting.delete(waiting);
      waiting.go();
    }
  }

  /** Acts when nobody else who asked for this is acting. */
  alone(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #run(lane: readonly Item[]): Promise<void> {
    for (const { at, act } of lane.toSorted((a, b) => a.at - b.at)) {
      await this.#until(at);
      await act();
    }
  }

  #until(at: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#sent >= at) resolve();
    else this.#waiting.add({ at, go: resolve });
    return promise;
  }
}
