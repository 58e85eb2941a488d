import { fromEpochDay, isLocalDate, toEpochDay, type LocalDate } from '@smc/domain';
import avsc, { type Type } from 'avsc';

const dateOfDay = new Map<number, LocalDate>();
const dayOfDate = new Map<string, number>();

/** Avro's `date` as the text that the rules compare. Days repeat, so each is worked out once. */
export class LocalDateType extends avsc.types.LogicalType {
  protected override _fromValue(day: number): LocalDate {
    const known = dateOfDay.get(day);
    if (known !== undefined) return known;
    const date = fromEpochDay(day);
    dateOfDay.set(day, date);
    return date;
  }

  protected override _toValue(date: unknown): number | undefined {
    if (typeof date !== 'string') return undefined;
    const known = dayOfDate.get(date);
    if (known !== undefined) return known;
    if (!isLocalDate(date)) return undefined;
    const day = toEpochDay(date);
    dayOfDate.set(date, day);
    return day;
  }

  protected override _resolve(writer: Type): ((day: number) => LocalDate) | undefined {
    return writer.typeName === 'int' ? (day) => this._fromValue(day) : undefined;
  }
}
