import type { OfficeId } from '@smc/domain';
import type { Demarcation, Rulebook } from './demarcation.ts';

/** Before any demarcation is active: every case waits for one. */
export const emptyRulebook: Rulebook = { demarcationOn: () => undefined, counts: () => false };

/** Versions in the order in which they were activated: of those that hold, the last one wins. */
export function rulebookOf(activeInOrderOfActivation: readonly Demarcation[]): Rulebook {
  const counted = new Set(activeInOrderOfActivation.flatMap(countedOffices));
  return {
    demarcationOn: (date) =>
      activeInOrderOfActivation.findLast((demarcation) => demarcation.effectiveFrom <= date),
    counts: (office) => counted.has(office),
  };
}

/** The offices that divide by workload on any day of the version: their load is counted. */
export function countedOffices({ offices }: Demarcation): readonly OfficeId[] {
  return [...offices.values()]
    .filter(({ bases }) => bases.some(({ basis }) => basis === 'workload'))
    .map(({ id }) => id);
}
