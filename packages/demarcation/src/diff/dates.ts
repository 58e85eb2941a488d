/** Stretches of days between the days on which something may change. */
import { isLocalDate, type LocalDate } from '@smc/domain';
import { isList, isMap, type Written } from './list-changes.ts';

/** From one day on, until another: the first day without it; undefined: without an end. */
export type Stretch = { readonly from: LocalDate; readonly until: LocalDate | undefined };

/** The day itself and every later one that the written parts name as a first or last day. */
export function stretchesFrom(first: LocalDate, parts: readonly Written[]): readonly Stretch[] {
  const later = parts.flatMap(datesIn).filter((date) => date > first);
  const dates = [first, ...new Set(later)].sort();
  return dates.map((from, i) => ({ from, until: dates[i + 1] }));
}

function datesIn(value: Written): readonly LocalDate[] {
  if (isList(value)) return value.flatMap(datesIn);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    (name === 'from' || name === 'until') && isLocalDate(field) ? [field] : datesIn(field),
  );
}

/** What holds in adjoining stretches, joined where it is the same. */
export function joinStretches<T>(
  held: readonly { readonly stretch: Stretch; readonly value: T }[],
  keyOf: (value: T) => string,
): readonly { readonly stretch: Stretch; readonly value: T }[] {
  const joined: { stretch: Stretch; readonly value: T }[] = [];
  for (const { stretch, value } of held) {
    const last = joined.find(
      (one) => one.stretch.until === stretch.from && keyOf(one.value) === keyOf(value),
    );
    if (last === undefined) joined.push({ stretch, value });
    else last.stretch = { from: last.stretch.from, until: stretch.until };
  }
  return joined;
}
