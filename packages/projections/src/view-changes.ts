import type { CaseId, ClientKey, Division, OfficeId } from '@smc/domain';
import type { LogPosition } from '@smc/subscriber';
import type { CaseView, ClientView } from './views.ts';

/** Numbers by name. `latency/OFFICE` counts by bucket; the others count by team, office or rule. */
export type CountName =
  | 'cases-by-team'
  | 'clients-by-team'
  | 'cases-by-office'
  | 'clients-by-office'
  | 'cases-by-district'
  | 'clients-by-district'
  /** Decisions since the first record, by `OFFICE/RULE`. */
  | 'assigned'
  /** Assignments since the first record, by `TEAM/LAW/LINE`; the line is `-` where there is none. */
  | 'inflow'
  /** By `OFFICE/CODE`; the office is `-` for the national work list. */
  | 'parked'
  /** By cause. */
  | 'handed-over'
  | 'latency-offices'
  | `latency/${OfficeId}`
  /** From an event being written to the last division's acknowledgement, by bucket. */
  | 'convergence-time';

/** Members ordered by a moment, oldest first. */
export type RankingName =
  /** Parked cases by when intake received them: all, the national list, an office's list. */
  | 'parked-all'
  | 'parked-national'
  | `parked-office/${OfficeId}`
  /** Clients whom not all divisions know yet, by since when. */
  | 'not-converged'
  | `behind/${Division}`
  /** Clients of whom a division acknowledged the newest event with another team. */
  | 'disagreeing';

/** All that one batch changes; a store applies it as a whole or not at all. */
export type ViewChanges = {
  readonly clients: ReadonlyMap<ClientKey, ClientView>;
  readonly cases: ReadonlyMap<CaseId, CaseView>;
  /** What to add to each count; never 0. */
  readonly counts: ReadonlyMap<CountName, ReadonlyMap<string, number>>;
  /** The new rank of a member, or undefined: it leaves. */
  readonly rankings: ReadonlyMap<RankingName, ReadonlyMap<string, number | undefined>>;
  readonly positions: readonly LogPosition[];
};

/** Collects the counts and rankings of one batch. */
export class Tally {
  readonly counts = new Map<CountName, Map<string, number>>();
  readonly rankings = new Map<RankingName, Map<string, number | undefined>>();

  add(name: CountName, field: string, by: number): void {
    if (by === 0) return;
    const fields = entry(this.counts, name);
    const sum = (fields.get(field) ?? 0) + by;
    if (sum === 0) fields.delete(field);
    else fields.set(field, sum);
  }

  rank(name: RankingName, member: string, at: number | undefined): void {
    entry(this.rankings, name).set(member, at);
  }
}

function entry<K, V>(map: Map<K, Map<string, V>>, key: K): Map<string, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = new Map<string, V>();
  map.set(key, fresh);
  return fresh;
}
