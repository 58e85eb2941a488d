import type { Demarcation, Rulebook } from './demarcation.ts';

/** Before any demarcation is active: every case waits for one. */
export const emptyRulebook: Rulebook = { demarcationOn: () => undefined };

/** Versions in the order in which they were activated: of those that hold, the last one wins. */
export function rulebookOf(activeInOrderOfActivation: readonly Demarcation[]): Rulebook {
  return {
    demarcationOn: (date) =>
      activeInOrderOfActivation.findLast((demarcation) => demarcation.effectiveFrom <= date),
  };
}
