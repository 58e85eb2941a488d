/** Days on the wire are counted from 1 January 1970; in the domain they are texts. */
import { fromEpochDay, isLocalDate, toEpochDay, type LocalDate } from '@smc/domain';

/** 1 January 1900 and 31 December 2199: no date of a field lies outside. */
const DAY_MIN = -25_567;
const DAY_MAX = 84_005;
/** Days repeat: nearly every event carries today. Emptied when full, so that it can't grow. */
const REMEMBERED_DAYS_MAX = 4096;

const dateOf = new Map<number, LocalDate>();
const dayOf = new Map<unknown, number>();

/** Undefined for a day outside the range. */
export function dateOfDay(day: number): LocalDate | undefined {
  const known = dateOf.get(day);
  if (known !== undefined) return known;
  if (!(day >= DAY_MIN && day <= DAY_MAX)) return undefined;
  const date = fromEpochDay(day);
  if (dateOf.size >= REMEMBERED_DAYS_MAX) dateOf.clear();
  dateOf.set(day, date);
  return date;
}

/** Undefined for anything but a date. */
export function dayOfDate(date: unknown): number | undefined {
  const known = dayOf.get(date);
  if (known !== undefined) return known;
  if (!isLocalDate(date)) return undefined;
  const day = toEpochDay(date);
  if (dayOf.size >= REMEMBERED_DAYS_MAX) dayOf.clear();
  dayOf.set(date, day);
  return day;
}
