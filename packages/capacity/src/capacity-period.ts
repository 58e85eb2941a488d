import { toEpochDay, type LocalDate } from '@smc/domain';

/** The days on which capacity is there (C16, C17). */
export type Period = {
  /** The first day; absent: it always was there. */
  readonly from: LocalDate | undefined;
  /** The first day on which it is there no longer; absent: no end is known. */
  readonly until: LocalDate | undefined;
};

export function isThereOn({ from, until }: Period, date: LocalDate): boolean {
  return (from === undefined || from <= date) && (until === undefined || date < until);
}

/**
 * What is there today and ends within so many days, the soonest first: whoever takes over its
 * clients must be found before (C17: the tool warns, it moves nobody).
 */
export function endingWithin<T extends Period>(
  capacity: readonly T[],
  { on, days }: { readonly on: LocalDate; readonly days: number },
): readonly { readonly capacity: T; readonly daysLeft: number }[] {
  return capacity
    .filter((one) => isThereOn(one, on))
    .flatMap((one) => {
      if (one.until === undefined) return [];
      const daysLeft = toEpochDay(one.until) - toEpochDay(on);
      return daysLeft <= days ? [{ capacity: one, daysLeft }] : [];
    })
    .sort((a, b) => a.daysLeft - b.daysLeft);
}
