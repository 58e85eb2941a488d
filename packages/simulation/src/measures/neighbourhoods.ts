import type { Basis, ClientState, LocalDate, OfficeId, TeamId } from '@smc/domain';
import type { Demarcation, Office } from '@smc/decision';
import { byName, countIn } from './count.ts';
import { evenness, WeightedMean } from './evenness.ts';
import { basisOf, type MeasuredEvent } from './measured-event.ts';
import { isRegular } from './meerwettig.ts';

export type Spread = {
  readonly basis: Basis;
  readonly neighbourhoods: number;
  readonly clients: number;
  /** 0: each neighbourhood's clients are all with one team; 1: evenly over all teams of the office. */
  readonly evenness: number | undefined;
};

/**
 * Over how many teams the clients of one neighbourhood are spread (A14-A16): the evenness of the
 * teams of the clients of four digits, among the regular teams of their office. Counted are
 * neighbourhoods with at least as many clients as the office has teams: fewer can't be even. The
 * mean weighs each neighbourhood by its clients.
 */
export class Neighbourhoods {
  readonly #clients = new Map<string, Map<TeamId, number>>();

  add({ before, after }: MeasuredEvent): void {
    if (before?.team === after?.team && before?.postcode === after?.postcode) return;
    this.#count(before, -1);
    this.#count(after, 1);
  }

  #count(client: ClientState | undefined, by: 1 | -1): void {
    if (client?.team === undefined || client.addressKind !== 'dutch') return;
    if (client.postcode === undefined) return;
    countIn(this.#clients, [client.postcode.slice(0, 4), client.team], by);
  }

  spread(demarcation: Demarcation, on: LocalDate): readonly Spread[] {
    const found = new Map<Basis, { mean: WeightedMean; neighbourhoods: number; clients: number }>();
    for (const [, teams] of byName(this.#clients)) {
      const { office, counts } = mostClients(teams, demarcation);
      const basis = office && basisOf(office, on);
      if (office === undefined || basis === undefined) continue;
      const kinds = office.teams.filter((id) => {
        const team = demarcation.teams.get(id);
        return team !== undefined && isRegular(team, on);
      }).length;
      const clients = counts.reduce((sum, own) => sum + own, 0);
      const value = clients < kinds ? undefined : evenness(counts, kinds);
      if (value === undefined) continue;
      let own = found.get(basis);
      if (own === undefined) {
        found.set(basis, (own = { mean: new WeightedMean(), neighbourhoods: 0, clients: 0 }));
      }
      own.mean.add(value, clients);
      own.neighbourhoods++;
      own.clients += clients;
    }
    return byName(found).map(([basis, { mean, neighbourhoods, clients }]) => {
      return { basis, neighbourhoods, clients, evenness: mean.value };
    });
  }
}

/** The office whose regular teams have most of the clients, and the clients of each. */
function mostClients(
  teams: ReadonlyMap<TeamId, number>,
  demarcation: Demarcation,
): { readonly office: Office | undefined; readonly counts: readonly number[] } {
  const offices = new Map<OfficeId, Map<TeamId, number>>();
  for (const [id, clients] of teams) {
    const team = demarcation.teams.get(id);
    if (team?.profile === 'regular') countIn(offices, [team.office, id], clients);
  }
  const totals = byName(offices).map(([id, counts]) => {
    const own = [...counts.values()];
    return { id, counts: own, clients: own.reduce((sum, clients) => sum + clients, 0) };
  });
  const [most] = totals.toSorted((a, b) => b.clients - a.clients);
  return { office: most && demarcation.offices.get(most.id), counts: most?.counts ?? [] };
}
