import type { HandoverCause } from '@smc/domain';
import { byName, count } from './count.ts';
import type { MeasuredEvent } from './measured-event.ts';

export type JourneyTotals = {
  readonly begun: number;
  /** Different teams in one journey: 1 is the aim, but for approved handovers (B10, T18). */
  readonly teamsMean: number | undefined;
  readonly teamsMax: number;
};

/** How many teams a client meets in one journey, and why clients changed teams. */
export class JourneyCount {
  readonly #causes = new Map<HandoverCause, number>();
  #begun = 0;
  #teams = 0;
  #most = 0;

  add({ events, before, marks }: MeasuredEvent): void {
    let journey = before?.journey ?? 0;
    for (const told of events) {
      if (told.type === 'ClientHandedOver') count(this.#causes, told.cause);
      if (told.type !== 'CaseAssigned' && told.type !== 'ClientHandedOver') continue;
      if (told.journey > journey) {
        journey = told.journey;
        this.#begun++;
        marks.beginJourney();
      }
      if (!marks.isNewTeam(told.team)) continue;
      this.#teams++;
      this.#most = Math.max(this.#most, marks.journeyTeams.length);
    }
  }

  totals(): JourneyTotals {
    const teamsMean = this.#begun === 0 ? undefined : this.#teams / this.#begun;
    return { begun: this.#begun, teamsMean, teamsMax: this.#most };
  }

  handovers(): readonly { readonly cause: HandoverCause; readonly clients: number }[] {
    return byName(this.#causes).map(([cause, clients]) => ({ cause, clients }));
  }
}
