/** A team that takes new cases: open cases now, and net minutes a week, above 0. */
export type Vessel = { readonly cases: number; readonly minutes: number };

/**
 * Divides new cases as water fills vessels (T17): each goes where the open cases per hour are
 * lowest, of equal ones to the first in the list. So 50, 28, 22, 0 and 0 take 50 new cases as 50,
 * 28, 24, 24 and 24. What the workload basis does case by case, foretold. Gives the new counts.
 */
export function waterFill(vessels: readonly Vessel[], newCases: number): readonly number[] {
  const counts = vessels.map(({ cases }) => cases);
  for (let given = 0; given < newCases && vessels.length > 0; given++) {
    let lowest = 0;
    for (const [i, { minutes }] of vessels.entries()) {
      // Load i < load of the lowest, multiplied out: both are whole numbers below 2^53.
      if ((counts[i] ?? 0) * (vessels[lowest]?.minutes ?? 0) < (counts[lowest] ?? 0) * minutes) {
        lowest = i;
      }
    }
    counts[lowest] = (counts[lowest] ?? 0) + 1;
  }
  return counts;
}
