import type { TeamId } from '@smc/domain';
import { countIn } from './count.ts';
import { evenness } from './evenness.ts';
import type { MeasuredEvent } from './measured-event.ts';

/**
 * What kinds of case a team gets: "eenzijdig soort cliënten en daardoor [...] eenzijdige
 * dienstverlening" (A14), and a team with cases of the ZW alone (B14). A kind is a law with a product.
 */
export class TeamMix {
  readonly #kinds = new Map<TeamId, Map<string, number>>();
  readonly #allKinds = new Set<string>();
  readonly #laws = new Map<TeamId, Map<string, number>>();

  add({ events }: MeasuredEvent): void {
    for (const told of events) {
      if (told.type !== 'CaseAssigned') continue;
      const kind = `${told.law} ${told.product}`;
      this.#allKinds.add(kind);
      countIn(this.#kinds, [told.team, kind]);
      countIn(this.#laws, [told.team, told.law]);
    }
  }

  /** The evenness of the team's kinds among all kinds that were assigned anywhere. */
  diversityOf(team: TeamId): number | undefined {
    return evenness(this.#kinds.get(team)?.values() ?? [], this.#allKinds.size);
  }

  /** Which part of the team's cases is of the law; undefined when it got none. */
  shareOf(team: TeamId, law: string): number | undefined {
    const laws = this.#laws.get(team);
    if (laws === undefined) return undefined;
    const all = [...laws.values()].reduce((sum, cases) => sum + cases, 0);
    return (laws.get(law) ?? 0) / all;
  }
}
