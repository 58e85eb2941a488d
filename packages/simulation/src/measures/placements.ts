import type { CaseAssigned, Rule } from '@smc/domain';
import { byName, count } from './count.ts';
import type { Character, MeasuredEvent, OrganisationFacts } from './measured-event.ts';

/** Cases that were assigned, and the clients who had at least one of them. */
export type Placed = { readonly name: string; readonly cases: number; readonly clients: number };

/** By what cases are counted. `character` is that of the arbeidsmarktregio (A13). */
export type Dimension = 'office' | 'team' | 'line' | 'law' | 'product' | 'character';

/** Cases without a line, and addresses of which the document does not say whether it is country or town. */
export const NO_LINE = 'none';
export const UNKNOWN_CHARACTER = 'unknown';

/** Where cases were placed, and by which rule. */
export class Placements {
  readonly #facts: OrganisationFacts;
  readonly #cases = new Map<string, number>();
  readonly #clients = new Map<string, number>();
  readonly #rules = new Map<Rule, number>();

  constructor(facts: OrganisationFacts) {
    this.#facts = facts;
  }

  add({ events, marks }: MeasuredEvent): void {
    for (const told of events) {
      if (told.type !== 'CaseAssigned') continue;
      count(this.#rules, told.rule);
      for (const [dimension, name] of Object.entries(this.#placesOf(told))) {
        const key = `${dimension} ${name}`;
        count(this.#cases, key);
        if (marks.isFirst(key)) count(this.#clients, key);
      }
    }
  }

  of(dimension: Dimension, name: string): Omit<Placed, 'name'> {
    const key = `${dimension} ${name}`;
    return { cases: this.#cases.get(key) ?? 0, clients: this.#clients.get(key) ?? 0 };
  }

  all(dimension: Dimension): readonly Placed[] {
    return byName(this.#cases)
      .filter(([key]) => key.startsWith(`${dimension} `))
      .map(([key]) => key.slice(dimension.length + 1))
      .map((name) => ({ name, ...this.of(dimension, name) }));
  }

  rules(): readonly { readonly rule: Rule; readonly cases: number }[] {
    return byName(this.#rules).map(([rule, cases]) => ({ rule, cases }));
  }

  #placesOf(told: CaseAssigned): Readonly<Record<Dimension, string>> {
    const { office, team, law, product, line = NO_LINE, arbeidsmarktregio: region } = told;
    const known: Character | undefined = region && this.#facts.characterOf.get(region);
    return { office, team, law, product, line, character: known ?? UNKNOWN_CHARACTER };
  }
}
