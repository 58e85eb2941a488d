import type { ClientKey, ClientState, IntakeEvent, LocalDate } from '@smc/domain';
import type { DecisionRefusal } from '@smc/decision';
import type { Codec } from '@smc/events';
import { ClientMarks } from './client-marks.ts';
import { ClientMemory } from './client-memory.ts';
import { Codes } from './codes.ts';
import { CaseCount } from './measures/case-count.ts';
import { ExclusionCount } from './measures/exclusions.ts';
import { JourneyCount } from './measures/journeys.ts';
import type { MeasuredEvent } from './measures/measured-event.ts';
import { Neighbourhoods } from './measures/neighbourhoods.ts';
import { PartnerCount } from './measures/partners.ts';
import { Placements } from './measures/placements.ts';
import { Stock } from './measures/stock.ts';
import { TeamMix } from './measures/team-mix.ts';
import { PlayedRouter } from './played-router.ts';
import type { Scenario } from './scenario.ts';

export type Taken =
  | ({ readonly kind: 'taken' } & MeasuredEvent)
  | {
      readonly kind: 'refused';
      readonly event: IntakeEvent;
      readonly refusal: DecisionRefusal;
      /** As before: nothing came of it. */
      readonly before: ClientState | undefined;
      readonly after: ClientState | undefined;
    };

export type Measures = {
  readonly cases: CaseCount;
  readonly placements: Placements;
  readonly mix: TeamMix;
  readonly stock: Stock;
  readonly neighbourhoods: Neighbourhoods;
  readonly partners: PartnerCount;
  readonly journeys: JourneyCount;
  readonly exclusions: ExclusionCount;
};

/** One scenario, event after event: decides as the router does, remembers clients, and measures. */
export class Simulation {
  readonly scenario: Scenario;
  readonly measures: Measures;
  readonly #router: PlayedRouter;
  readonly #codes = new Codes();
  readonly #clients: ClientMemory;
  /** The first and the last day on which an event was received. */
  #days: { readonly first: LocalDate; readonly last: LocalDate } | undefined;

  constructor(scenario: Scenario, codec: Codec) {
    this.scenario = scenario;
    this.#router = new PlayedRouter(scenario.rulebook);
    this.#clients = new ClientMemory(codec, this.#codes);
    this.measures = {
      cases: new CaseCount(),
      placements: new Placements(scenario.facts),
      mix: new TeamMix(),
      stock: new Stock(),
      neighbourhoods: new Neighbourhoods(),
      partners: new PartnerCount(scenario.facts),
      journeys: new JourneyCount(),
      exclusions: new ExclusionCount(),
    };
  }

  get clients(): number {
    return this.#clients.size;
  }

  get days() {
    return this.#days;
  }

  take(event: IntakeEvent): Taken {
    this.#stretchDays(event.receivedOn);
    const known = this.#clients.get(event.clientKey);
    const before = known?.state;
    const played = this.#router.take(event, before);
    if (!played.ok) {
      this.measures.cases.refuse(event, played.refusal);
      return { kind: 'refused', event, refusal: played.refusal, before, after: before };
    }
    const { events, state: after } = played.value;
    const marks = known?.marks ?? new ClientMarks(this.#codes);
    const measured: MeasuredEvent = { event, events, before, after, marks };
    for (const measure of Object.values(this.measures)) measure.add(measured);
    this.#remember(event.clientKey, measured);
    return { kind: 'taken', ...measured };
  }

  #remember(client: ClientKey, { before, after, marks }: MeasuredEvent): void {
    if (after !== undefined && after !== before) this.#clients.set(client, { state: after, marks });
  }

  #stretchDays(day: LocalDate): void {
    const days = this.#days;
    if (days === undefined) this.#days = { first: day, last: day };
    else if (day < days.first) this.#days = { ...days, first: day };
    else if (day > days.last) this.#days = { ...days, last: day };
  }
}
