import type { LocalDate, TeamId } from '@smc/domain';
import type { Exclusion } from '@smc/decision';
import { count } from './count.ts';
import type { MeasuredEvent } from './measured-event.ts';

export type ExclusionTotal = {
  readonly id: string;
  readonly group: string;
  readonly until: LocalDate | undefined;
  /** Whether the filter was on in the days of the file (C05). */
  readonly on: 'throughout' | 'in part' | 'never';
  readonly team: TeamId | undefined;
  /** Placed with that team because of it, and left for a person because of it. */
  readonly placed: number;
  readonly parked: number;
  readonly clients: number;
};

/** Which filters were on, and how many cases each kept out of the distribution (C05, C27). */
export class ExclusionCount {
  readonly #placed = new Map<string, number>();
  readonly #parked = new Map<string, number>();
  readonly #clients = new Map<string, number>();

  add({ events, marks }: MeasuredEvent): void {
    for (const told of events) {
      if (told.type !== 'CaseAssigned' && told.type !== 'CaseParked') continue;
      const why = told.explanation.find(({ code }) => code === 'EXCLUDED_FROM_DISTRIBUTION');
      const id = why?.parameters[0];
      if (id === undefined) continue;
      count(told.type === 'CaseAssigned' ? this.#placed : this.#parked, id);
      if (marks.isFirst(`exclusion ${id}`)) count(this.#clients, id);
    }
  }

  all(
    exclusions: readonly Exclusion[],
    days: { readonly first: LocalDate; readonly last: LocalDate },
  ): readonly ExclusionTotal[] {
    return exclusions.map(({ id, group, until, team }) => ({
      id,
      group,
      until,
      on:
        until === undefined || until > days.last
          ? 'throughout'
          : until > days.first
            ? 'in part'
            : 'never',
      team,
      placed: this.#placed.get(id) ?? 0,
      parked: this.#parked.get(id) ?? 0,
      clients: this.#clients.get(id) ?? 0,
    }));
  }
}
