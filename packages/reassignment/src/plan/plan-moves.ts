/**
 * The plan engine: every client once, in the order of their keys, and then those who can only be
 * placed when all are known.
 *
 *   clients ──► judged by the rules ──┬─► move, waits ───────────────────────────► rows
 *                                     ├─► an office by workload: when its loads are known ──► rows
 *                                     └─► sets of teams: when their numbers are known ──────► rows
 *
 * It keeps a key for each client that must wait for the others, and counts per team; nothing else.
 * No clock, no randomness, no store: the same clients and the same question give the same rows.
 */
import { assert, must, type ClientKey, type ClientState, type TeamId } from '@smc/domain';
import { claimOn, journeyOn, type ClientQuestion, type Demarcation } from '@smc/decision';
import type { Organisation } from '@smc/demarcation';
import { factsOf, type ClientFacts } from './client-facts.ts';
import { isBeingChosen, judgeChosen, judgeRunning, judgeWaiting } from './judge-client.ts';
import { Ledger } from './ledger.ts';
import type { Objective } from './objective.ts';
import { OfficeChoices, type Pending } from './office-choices.ts';
import type { PlanRow, PlanSummary, RegionLine, TeamLine } from './plan.ts';
import { scopeTest, type Scope } from './scope.ts';
import { openSets, type OpenSets } from './open-sets.ts';
import type { SetOutcome } from './team-set.ts';

/** The clients of a state that no longer changes. */
export type ClientSource = {
  /** Each once, ascending. */
  readonly keys: () => Iterable<ClientKey>;
  readonly get: (key: ClientKey) => ClientState | undefined;
};

export type PlanQuestion = {
  readonly clients: ClientSource;
  /** It holds on the day that is asked. */
  readonly demarcation: Demarcation;
  readonly organisation: Pick<Organisation, 'arbeidsmarktregios' | 'werkbedrijfOffices'>;
  readonly asOf: ClientQuestion['on'];
  readonly scope: Scope;
  readonly objective: Objective;
  /** Teams that share their clients across offices, for a goal in numbers. */
  readonly teams?: readonly TeamId[] | undefined;
  /** Clients whom an approved handover keeps where they are. */
  readonly approved?: ReadonlySet<ClientKey>;
};

/** The rows, and then what stands below them. */
export type PlanBody = PlanRow | TeamLine | RegionLine | PlanSummary;

export function* planMoves(asked: PlanQuestion): Generator<PlanBody, void> {
  const { demarcation, asOf, objective, clients } = asked;
  assert(demarcation.effectiveFrom <= asOf, 'the version holds on the day that is asked');
  const ledger = new Ledger(asked);
  const planning =
    objective.kind === 'follow-demarcation'
      ? new FollowDemarcation(asked, ledger)
      : new Balance({ ...asked, objective }, ledger);
  const isInScope = scopeTest(asked.scope);
  const { journeyEndMonths } = demarcation.settings;
  let last: ClientKey | undefined;
  for (const clientKey of clients.keys()) {
    assert(last === undefined || last < clientKey, 'clients come in the order of their keys');
    last = clientKey;
    ledger.client();
    const about = aboutOf(asked, clientKey);
    const { client } = about;
    const inScope = isInScope(clientKey, client);
    const journey = journeyOn(client, asOf, journeyEndMonths);
    let row: PlanRow | undefined;
    if (journey.kind === 'running') {
      const facts = factsOf(client, demarcation);
      ledger.running(journey.team, client, facts, inScope);
      row = planning.take({ about, facts, team: journey.team, inScope });
    } else if (inScope && client.openCases.length > 0) {
      const judgement = judgeWaiting(about);
      row = judgement && ledger.judged(about, judgement, undefined);
    }
    if (row !== undefined) yield row;
  }
  const sets = yield* planning.rest();
  yield* ledger.teamLines();
  yield* ledger.regionLines();
  yield ledger.summary(sets);
}

type Running = {
  readonly about: ClientQuestion;
  readonly facts: ClientFacts;
  readonly team: TeamId;
  readonly inScope: boolean;
};

/** Everybody to where the version puts them. */
class FollowDemarcation {
  readonly #asked: PlanQuestion;
  readonly #ledger: Ledger;
  readonly #choices: OfficeChoices;
  readonly #pending: Pending[] = [];

  constructor(asked: PlanQuestion, ledger: Ledger) {
    this.#asked = asked;
    this.#ledger = ledger;
    this.#choices = new OfficeChoices(asked.demarcation);
  }

  take({ about, facts, inScope }: Running): PlanRow | undefined {
    const { client, clientKey } = about;
    const isApproved = this.#asked.approved?.has(clientKey) === true;
    if (inScope && isApproved) this.#ledger.fixed('approved-handover');
    const judgement = inScope && !isApproved ? judgeRunning(about) : undefined;
    if (judgement?.kind === 'by-load') {
      this.#pending.push({ client: clientKey, asked: judgement.asked });
      return undefined;
    }
    if (judgement?.kind !== 'moves') this.#choices.stays(client);
    return judgement && this.#ledger.judged(about, judgement, facts);
  }

  /** Those who come to an office that divides by workload, by what its teams have in hand then. */
  *rest(): Generator<PlanRow, readonly SetOutcome[]> {
    for (const { client, asked } of this.#pending) {
      const about = aboutOf(this.#asked, client);
      const facts = factsOf(about.client, about.demarcation);
      const moves = judgeChosen(about, this.#choices.choose(about, asked));
      yield this.#ledger.moves(about, moves, facts);
    }
    return [];
  }
}

/** Teams to a number of clients, whoever they are. */
class Balance {
  readonly #asked: PlanQuestion;
  readonly #goal: Goal;
  readonly #ledger: Ledger;
  readonly #sets: OpenSets;

  constructor(asked: PlanQuestion & { readonly objective: Goal }, ledger: Ledger) {
    this.#asked = asked;
    this.#goal = asked.objective;
    this.#ledger = ledger;
    this.#sets = openSets(asked);
  }

  take({ about, facts, team, inScope }: Running): undefined {
    const isMovable = inScope && this.#isMovable(about);
    const set = this.#sets.of(team);
    if (isMovable && set !== undefined) set.addMovable(team, about, facts);
    else if (isMovable) this.#ledger.stays('not-needed');
    else set?.addFixed(team);
  }

  *rest(): Generator<PlanRow, readonly SetOutcome[]> {
    const { teams } = this.#asked.demarcation;
    const outcomes: SetOutcome[] = [];
    for (const set of this.#sets.inOrder()) {
      if (set.movable === 0) continue;
      const { outcome, moves } = set.solve(this.#goal);
      outcomes.push(outcome);
      this.#ledger.stays('not-needed', set.movable - moves.length);
      for (const { client, to } of moves) {
        const about = aboutOf(this.#asked, client);
        const { office } = must(teams.get(to), 'a set has teams of the version');
        yield this.#ledger.moves(
          about,
          { kind: 'moves', to: { team: to, office }, ...BY_NUMBERS },
          factsOf(about.client, about.demarcation),
        );
      }
    }
    return outcomes;
  }

  /** Tells the ledger what keeps a client in scope from being moved. */
  #isMovable(about: ClientQuestion): boolean {
    const claim = claimOn(about);
    if (isBeingChosen(about.client)) this.#ledger.choosing();
    else if (this.#asked.approved?.has(about.clientKey) === true) {
      this.#ledger.fixed('approved-handover');
    } else if (claim !== undefined) this.#ledger.fixed(claim);
    else return true;
    return false;
  }
}

type Goal = Exclude<Objective, { kind: 'follow-demarcation' }>;

/** Why such a client moves stands with the set of teams. */
const BY_NUMBERS = { cause: 'balance', rule: undefined, explanation: [] } as const;

function aboutOf({ clients, demarcation, asOf }: PlanQuestion, key: ClientKey): ClientQuestion {
  const client: ClientState = must(clients.get(key), 'a client of the source');
  return { clientKey: key, client, demarcation, on: asOf };
}
