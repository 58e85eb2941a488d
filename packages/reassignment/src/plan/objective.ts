import { accept, refuse, type Result } from '@smc/domain';

/** What a plan is to reach, with the fewest moves. */
export type Objective =
  /** Everybody is where the version puts them. */
  | { readonly kind: 'follow-demarcation' }
  /** Every team has its share of the clients by hours, by the largest remainder (C06). */
  | { readonly kind: 'exact-shares' }
  /** No team is further than so many percent from the clients per hour of all together (T04). */
  | { readonly kind: 'within-band'; readonly percent: number };

const BAND = /^within-band=([1-9][0-9]?)%?$/;

export function parseObjective(text: string): Result<Objective, string> {
  if (text === 'follow-demarcation' || text === 'exact-shares') return accept({ kind: text });
  const percent = BAND.exec(text)?.[1];
  return percent === undefined
    ? refuse('expected follow-demarcation, exact-shares or within-band=N% with N from 1 to 99')
    : accept({ kind: 'within-band', percent: Number(percent) });
}

export function objectiveText(objective: Objective): string {
  return objective.kind === 'within-band' ? `within-band=${objective.percent}%` : objective.kind;
}
