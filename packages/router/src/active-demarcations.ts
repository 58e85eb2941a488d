import {
  ACTIVE_DEMARCATIONS_MAX,
  assert,
  type ActiveDemarcation,
  type LocalDate,
  type OfficeId,
} from '@smc/domain';
import { countedOffices, type Demarcation, type Rulebook } from '@smc/decision';

type Entry = { readonly active: ActiveDemarcation; readonly demarcation: Demarcation };

/**
 * The versions a partition decides by. A later activation wins on every day on which it holds, so
 * a version that begins on the same day or later than a newly activated one can never decide
 * again and is forgotten: the list is ascending by first day, and short.
 */
export class ActiveDemarcations implements Rulebook {
  readonly #entries: Entry[];
  #counted: ReadonlySet<OfficeId>;

  /** None, or those of another set, which stays as it is. */
  constructor(from?: ActiveDemarcations) {
    this.#entries = from === undefined ? [] : [...from.#entries];
    this.#counted = from === undefined ? new Set() : from.#counted;
  }

  /** As it stands in the checkpoint. */
  get list(): readonly ActiveDemarcation[] {
    return this.#entries.map((entry) => entry.active);
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  activate(
    { version, contentHash, effectiveFrom }: ActiveDemarcation,
    demarcation: Demarcation,
  ): void {
    const active = { version, contentHash, effectiveFrom };
    assert(contentHash === demarcation.contentHash, 'a demarcation under another hash');
    while ((this.#entries.at(-1)?.active.effectiveFrom ?? '') >= effectiveFrom) {
      this.#entries.pop();
    }
    this.#entries.push({ active, demarcation });
    // More than this many future and past switch days at once is no organisation.
    if (this.#entries.length > ACTIVE_DEMARCATIONS_MAX) this.#entries.shift();
    this.#counted = new Set(this.#entries.flatMap((entry) => countedOffices(entry.demarcation)));
  }

  /** Whether the office's load is counted by some version that is active. */
  counts(office: OfficeId): boolean {
    return this.#counted.has(office);
  }

  /** The offices whose load is counted. */
  get counted(): ReadonlySet<OfficeId> {
    return this.#counted;
  }

  demarcationOn(date: LocalDate): Demarcation | undefined {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i];
      if (entry !== undefined && entry.active.effectiveFrom <= date) return entry.demarcation;
    }
    return undefined;
  }
}
