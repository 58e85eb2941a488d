import type { ClientState } from '@smc/domain';

/** Clients who fare otherwise under another scenario than under the first, at the end of the file. */
export type Moved = {
  /** A team in both, and not the same. */
  readonly otherTeam: number;
  /** A team in one of the two only. */
  readonly onlyOneHasTeam: number;
};

type States = { readonly before: ClientState | undefined; readonly after: ClientState | undefined };

/** Counts from event to event, so that no client has to be looked at again in the end. */
export class OtherTeams {
  #otherTeam = 0;
  #onlyOne = 0;

  add(first: States, other: States): void {
    this.#count(first.before, other.before, -1);
    this.#count(first.after, other.after, 1);
  }

  get moved(): Moved {
    return { otherTeam: this.#otherTeam, onlyOneHasTeam: this.#onlyOne };
  }

  #count(a: ClientState | undefined, b: ClientState | undefined, by: 1 | -1): void {
    if (a?.team === b?.team) return;
    if (a?.team === undefined || b?.team === undefined) this.#onlyOne += by;
    else this.#otherTeam += by;
  }
}
