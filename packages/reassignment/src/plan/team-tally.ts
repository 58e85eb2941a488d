import type { TeamId } from '@smc/domain';
import { lineOf, type Demarcation } from '@smc/decision';
import type { ClientFacts } from './client-facts.ts';
import type { Counted, TeamLoad } from './plan.ts';

export const NO_REGION = '-';
const NO_LINE = '-';

type Tally = {
  clients: number;
  withoutOpenCase: number;
  cases: number;
  load: number;
  /** Law, then product: no text is put together for each case. */
  readonly mix: Map<string, Map<string, number>>;
  readonly lines: Map<string, number>;
  readonly regions: Map<string, number>;
};

/** What teams have in hand, counted client by client; or the difference that moves make. */
export class TeamTallies {
  readonly #demarcation: Demarcation;
  readonly #hasLines: boolean;
  readonly #teams = new Map<TeamId, Tally>();

  constructor(demarcation: Demarcation) {
    this.#demarcation = demarcation;
    this.#hasLines = demarcation.lines.length > 0;
  }

  /** `sign` -1 takes the client away again. */
  add(team: TeamId, { placed, load, region }: ClientFacts, sign: 1 | -1): void {
    const tally = this.#of(team);
    tally.clients += sign;
    tally.cases += sign * placed.length;
    tally.load += sign * load;
    if (placed.length === 0) tally.withoutOpenCase += sign;
    increase(tally.regions, region ?? NO_REGION, sign);
    for (const open of placed) {
      let ofLaw = tally.mix.get(open.law);
      if (ofLaw === undefined) tally.mix.set(open.law, (ofLaw = new Map()));
      increase(ofLaw, open.product, sign);
      if (this.#hasLines) {
        increase(tally.lines, lineOf(open, this.#demarcation) ?? NO_LINE, sign);
      }
    }
  }

  teams(): IterableIterator<TeamId> {
    return this.#teams.keys();
  }

  /** The team's load; with another tally, the two added up. */
  loadOf(team: TeamId, plus?: TeamTallies): TeamLoad {
    const a = this.#teams.get(team) ?? NOTHING;
    const b = (plus === undefined ? undefined : plus.#teams.get(team)) ?? NOTHING;
    return {
      clients: a.clients + b.clients,
      withoutOpenCase: a.withoutOpenCase + b.withoutOpenCase,
      cases: a.cases + b.cases,
      load: a.load + b.load,
      mix: sums([...entriesOf(a), ...entriesOf(b)]),
      lines: sums([...a.lines, ...b.lines]),
      regions: sums([...a.regions, ...b.regions]),
    };
  }

  #of(team: TeamId): Tally {
    let tally = this.#teams.get(team);
    if (tally === undefined) this.#teams.set(team, (tally = nothing()));
    return tally;
  }
}

function nothing(): Tally {
  const counts = { clients: 0, withoutOpenCase: 0, cases: 0, load: 0 };
  return { ...counts, mix: new Map(), lines: new Map(), regions: new Map() };
}
const NOTHING = nothing();

export function increase<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function* entriesOf({ mix }: Tally): Generator<readonly [string, number]> {
  for (const [law, products] of mix) {
    for (const [product, n] of products) yield [`${law} ${product}`, n];
  }
}

/** Ascending by code, without those that come to nothing. */
export function sums(entries: Iterable<readonly [string, number]>): Counted {
  const all = new Map<string, number>();
  for (const [code, n] of entries) increase(all, code, n);
  return [...all].filter(([, n]) => n !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
}
