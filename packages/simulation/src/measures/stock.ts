import { assert, type LocalDate, type TeamId } from '@smc/domain';
import {
  LoadCount,
  loadsOf,
  minutesOn,
  type Band,
  type Demarcation,
  type Team,
} from '@smc/decision';
import type { MeasuredEvent } from './measured-event.ts';

/** Outside the band is a signal, never a block (D04). */
export type BandVerdict = 'under' | 'within' | 'over';

export type TeamStock = {
  /** Cases that are with the team at the end of the file. */
  readonly open: number;
  /** Weighted, in cases. */
  readonly load: number;
  /** Available hours a week on the last day; undefined: the document gives none. */
  readonly hours: number | undefined;
  readonly loadPerHour: number | undefined;
  readonly band: Band | undefined;
  /** Undefined where hours or band are not known. */
  readonly verdict: BandVerdict | undefined;
};

const THOUSANDTHS = 1000;
const MINUTES_PER_HOUR = 60;

/** What the teams have in hand: the same count that offices make that divide by workload. */
export class Stock {
  readonly #count = new LoadCount();

  add({ before, after }: MeasuredEvent): void {
    if (before?.openCases === after?.openCases && before?.team === after?.team) return;
    if (before !== undefined) this.#count.addClient(before, -1);
    if (after !== undefined) this.#count.addClient(after, 1);
  }

  /** Of every team of the version, on a day. */
  atEnd(demarcation: Demarcation, on: LocalDate): ReadonlyMap<TeamId, TeamStock> {
    const open = new Map<TeamId, number>();
    const loads = new Map<TeamId, number>();
    for (const { office, changes: entries } of this.#count.changes()) {
      for (const { team, count } of entries) {
        assert(count > 0, 'a team has no fewer cases than none');
        open.set(team, (open.get(team) ?? 0) + count);
      }
      for (const [team, load] of loadsOf({ office, entries }, demarcation)) {
        loads.set(team, (loads.get(team) ?? 0) + load);
      }
    }
    return new Map(
      [...demarcation.teams.values()].map((team) => {
        const cases = { open: open.get(team.id) ?? 0, load: loads.get(team.id) ?? 0 };
        return [team.id, stockOf(team, cases, { on, bands: demarcation.bands })];
      }),
    );
  }
}

function stockOf(
  team: Team,
  { open, load }: { readonly open: number; readonly load: number },
  { on, bands }: { readonly on: LocalDate; readonly bands: Demarcation['bands'] },
): TeamStock {
  const minutes = minutesOn(team, on);
  const band = team.band === undefined ? undefined : bands.get(team.band);
  const hasHours = minutes > 0;
  const hours = minutes / MINUTES_PER_HOUR;
  return {
    open,
    load: load / THOUSANDTHS,
    hours: hasHours ? hours : undefined,
    loadPerHour: hasHours ? load / THOUSANDTHS / hours : undefined,
    band,
    verdict: hasHours && band !== undefined ? verdictOf(load, minutes, band) : undefined,
  };
}

/** Whole numbers on both sides, as where the decision gives the reason. */
function verdictOf(load: number, minutes: number, { min, max }: Band): BandVerdict {
  const perHour = load * MINUTES_PER_HOUR;
  if (perHour < min * minutes) return 'under';
  return perHour > max * minutes ? 'over' : 'within';
}
