/**
 * Clients who come to an office that divides by workload: it chooses by the function that chooses
 * for it live (A08, A09), on what its teams have in hand once everybody else is where the plan puts
 * them. Those who come are taken in the order of their keys, so the teams fill up like vessels (T17).
 */
import {
  must,
  type CaseId,
  type ClientKey,
  type ClientState,
  type EventId,
  type OfficeId,
  type OfficeLoad,
  type SourcePosition,
  type TeamChosen,
} from '@smc/domain';
import {
  countedOffices,
  decideOffice,
  LoadCount,
  newestPlaced,
  type ClientQuestion,
  type Demarcation,
  type Verdict,
} from '@smc/decision';

/** A plan stands on no topic. */
const SOURCE: SourcePosition = { topic: 'plan', partition: 0, offset: 0 };
const EVENT = 'plan' as EventId;

export class OfficeChoices {
  readonly #demarcation: Demarcation;
  readonly #counted: ReadonlySet<OfficeId>;
  readonly #count = new LoadCount();
  #loads: Map<OfficeId, OfficeLoad> | undefined;

  constructor(demarcation: Demarcation) {
    this.#demarcation = demarcation;
    this.#counted = new Set(countedOffices(demarcation));
  }

  /** A client who goes on being helped by a team of the office. */
  stays(client: ClientState): void {
    const { office } = client;
    if (office !== undefined && this.#counted.has(office)) this.#count.addClient(client, 1);
  }

  choose(
    { client, clientKey, on }: ClientQuestion,
    { office, teams }: Extract<Verdict, { kind: 'ask-office' }>,
  ): TeamChosen {
    this.#loads ??= this.#counts();
    const newest = must(newestPlaced(client), 'an office is asked for a placed case');
    const { product, category, activity } = newest;
    const { version, contentHash } = this.#demarcation;
    const { load, answer } = decideOffice(
      {
        source: SOURCE,
        event: {
          type: 'TeamRequested',
          eventId: EVENT,
          source: SOURCE,
          clientKey,
          caseId: newest.caseId,
          office: office.id,
          on,
          demarcation: version,
          demarcationHash: contentHash,
          product,
          category,
          activity,
          teams,
        },
      },
      this.#loads.get(office.id),
      this.#demarcation,
    );
    const chosen = must(answer, 'an office that is asked answers');
    this.#loads.set(office.id, this.#withOthers(load, { client, chosen, newest: newest.caseId }));
    return chosen;
  }

  /** The client's other cases come along. */
  #withOthers(
    load: OfficeLoad,
    of: { readonly client: ClientState; readonly chosen: TeamChosen; readonly newest: CaseId },
  ): OfficeLoad {
    const { client, chosen, newest } = of;
    const openCases = client.openCases.filter(({ caseId }) => caseId !== newest);
    if (openCases.length === 0) return load;
    const count = new LoadCount();
    count.addClient({ ...client, team: chosen.team, office: chosen.office, openCases }, 1);
    return count.changes().reduce((sum, { office, changes }) => {
      const event = {
        type: 'LoadChanged',
        eventId: EVENT,
        source: SOURCE,
        office,
        changes,
      } as const;
      return decideOffice({ event, source: SOURCE }, sum, undefined).load;
    }, load);
  }

  #counts(): Map<OfficeId, OfficeLoad> {
    const loads = new Map<OfficeId, OfficeLoad>();
    for (const { office, changes } of this.#count.changes()) {
      const entries = [...(loads.get(office)?.entries ?? []), ...changes];
      loads.set(office, { office, entries });
    }
    return loads;
  }
}

export type Pending = {
  readonly client: ClientKey;
  readonly asked: Extract<Verdict, { kind: 'ask-office' }>;
};
