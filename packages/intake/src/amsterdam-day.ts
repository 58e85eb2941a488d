import { isLocalDate, must, type LocalDate } from '@smc/domain';

const HOUR_MS = 3_600_000;
/** More hours than any file mixes at a time; forgetting one costs two microseconds. */
const HOURS_MAX = 4_096;

const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const days = new Map<number, LocalDate>();

/** The day in the Netherlands at a moment; a whole hour of UTC lies in one Dutch day since 1940. */
export function amsterdamDay(atMs: number): LocalDate {
  const hour = Math.floor(atMs / HOUR_MS);
  const known = days.get(hour);
  if (known !== undefined) return known;
  const text = format.format(hour * HOUR_MS);
  const day = must(isLocalDate(text) ? text : undefined, 'sv-SE writes a day as we do');
  if (days.size >= HOURS_MAX) days.clear();
  days.set(hour, day);
  return day;
}
