import type { ActiveDemarcation } from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import { ActiveDemarcations } from '@smc/router';
import type { Findings } from './findings.ts';

type Tools = {
  /** undefined: the version is not, or not wholly, on `smc.demarcations`. */
  readonly demarcation: (contentHash: string) => Promise<Demarcation | undefined>;
  readonly findings: Findings;
};

/**
 * The versions that a partition decides by, as the walk over its inputs meets them.
 *
 * Where its answer says when an activation was taken, that is the moment. Older routers wrote no
 * answer: such an activation was taken in its order, at a moment that follows from what was
 * written, so the walk tries the sets that are possible, and settles on one when it fits.
 */
export class Rulebooks {
  readonly #tools: Tools;
  /** The set that decides, and those that may have taken over since. */
  #candidates: readonly ActiveDemarcations[] = [new ActiveDemarcations()];

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Never none; the first is the one that was settled on. */
  get candidates(): readonly ActiveDemarcations[] {
    const some = this.#candidates.filter((set) => !set.isEmpty);
    return some.length > 0 ? some : this.#candidates;
  }

  /** The set that decides when every activation met so far has been taken. */
  get latest(): ActiveDemarcations {
    return this.#candidates.at(-1) ?? new ActiveDemarcations();
  }

  settle(on: ActiveDemarcations): void {
    this.#candidates = this.#candidates.slice(Math.max(0, this.#candidates.indexOf(on)));
  }

  /** The activation was taken at this moment. */
  async take(activation: ActiveDemarcation, where: string): Promise<void> {
    this.#candidates = [await this.#with(activation, where)];
  }

  /** The activation may have been taken at this moment, or will have been later. */
  async allow(activation: ActiveDemarcation, where: string): Promise<void> {
    this.#candidates = [...this.#candidates, await this.#with(activation, where)];
  }

  async #with(activation: ActiveDemarcation, where: string): Promise<ActiveDemarcations> {
    const next = new ActiveDemarcations(this.latest);
    const demarcation = await this.#tools.demarcation(activation.contentHash);
    if (demarcation !== undefined) next.activate(activation, demarcation);
    else {
      const what = `${activation.version} is not whole`;
      this.#tools.findings.add('DEMARCATION_MISSING', where, what);
    }
    return next;
  }
}
