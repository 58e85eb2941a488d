import {
  must,
  type ClientState,
  type OfficeId,
  type OpenCase,
  type ParkedCode,
  type Reason,
  type Rule,
  type TeamChosen,
} from '@smc/domain';
import {
  askClient,
  claimOn,
  newestPlaced,
  type ClientAnswer,
  type ClientQuestion,
  type Verdict,
} from '@smc/decision';
import type { FixedReason, MoveCause, Place, StayReason } from './plan.ts';

/** Where one client belongs by the version, beside where the client is. */
export type Judgement =
  | { readonly kind: 'stays'; readonly why: StayReason }
  | { readonly kind: 'fixed'; readonly why: FixedReason }
  | Moves
  /** An office that divides by workload gets the client, and chooses when all its loads are known. */
  | { readonly kind: 'by-load'; readonly asked: Extract<Verdict, { kind: 'ask-office' }> }
  | Waits
  | { readonly kind: 'placeable' }
  | { readonly kind: 'choosing' };

/** What needs no look at anybody else. */
export type Judged = Exclude<Judgement, { kind: 'by-load' }>;

export type Moves = {
  readonly kind: 'moves';
  readonly to: Place;
  readonly cause: MoveCause;
  readonly rule: Rule | undefined;
  readonly explanation: readonly Reason[];
};

export type Waits = {
  readonly kind: 'uncovered' | 'parked';
  readonly code: ParkedCode;
  readonly office: OfficeId | undefined;
  readonly explanation: readonly Reason[];
};

const RIGHT: Judged = { kind: 'stays', why: 'right-team' };
const NO_CASE: Judged = { kind: 'stays', why: 'no-open-case' };
const NO_CASE_NO_TEAM: Judged = { kind: 'stays', why: 'no-open-case-team-ended' };
const CHOOSING: Judged = { kind: 'choosing' };
const PLACEABLE: Judged = { kind: 'placeable' };

/** Whether the version knows the client's team, and it has not ended by the day. */
export function isTeamThere({ client, demarcation, on }: ClientQuestion): boolean {
  const team = client.team === undefined ? undefined : demarcation.teams.get(client.team);
  return team !== undefined && (team.until === undefined || on < team.until);
}

/** Whether an office is choosing a team for the client just now. */
export function isBeingChosen({ openCases }: ClientState): boolean {
  return openCases.some(({ awaiting }) => awaiting !== undefined);
}

/**
 * Judges a client whose journey runs. A client is judged by the case that came in last; without an
 * open case there is nothing to ask by, so the client stays until the next one comes.
 */
export function judgeRunning(asked: ClientQuestion): Judgement {
  const { client } = asked;
  if (isBeingChosen(client)) return CHOOSING;
  const about = newestPlaced(client);
  if (about === undefined) {
    const claim = claimOn(asked);
    if (claim !== undefined) return { kind: 'fixed', why: claim };
    return isTeamThere(asked) ? NO_CASE : NO_CASE_NO_TEAM;
  }
  const answer = askClient(asked, about, undefined);
  const { verdict } = answer;
  switch (verdict.kind) {
    case 'ask-office':
      return verdict.teams.some((team) => team === client.team)
        ? RIGHT
        : { kind: 'by-load', asked: verdict };
    case 'parked':
      return waits('uncovered', verdict);
    case 'team':
      return verdict.team.id === client.team
        ? rightBy(verdict.rule)
        : must(movesTo(answer), 'a verdict with a team');
  }
}

/** Judges a client without a team whose cases wait for a person; undefined: none does. */
export function judgeWaiting(asked: ClientQuestion): Judged | undefined {
  const { client } = asked;
  if (isBeingChosen(client)) return CHOOSING;
  const newest = newestOf(client.openCases);
  if (newest === undefined) return undefined;
  const { verdict } = askClient(asked, newest, undefined);
  return verdict.kind === 'parked' ? waits('parked', verdict) : PLACEABLE;
}

/** The same client, when the office has chosen. */
export function judgeChosen(asked: ClientQuestion, chosen: TeamChosen): Moves {
  const about = must(newestPlaced(asked.client), 'an office is asked for a placed case');
  const answer = askClient(asked, about, chosen);
  return must(movesTo(answer), 'a client goes to the team that the office has chosen');
}

function rightBy(rule: Rule): Judged {
  return rule === 'participatiewet' || rule === 'group' || rule === 'exclusion'
    ? { kind: 'fixed', why: rule }
    : RIGHT;
}

function movesTo({ verdict, obstacle }: ClientAnswer): Moves | undefined {
  if (verdict.kind !== 'team') return undefined;
  const { team, rule, reasons } = verdict;
  const to: Place = { team: team.id, office: team.office };
  return { kind: 'moves', to, cause: causeOf(rule, obstacle), rule, explanation: reasons };
}

/** As for a case that comes in; where nothing else is in the way, the demarcation itself is. */
function causeOf(rule: Rule, obstacle: ClientAnswer['obstacle']): MoveCause {
  if (rule === 'participatiewet') return 'samenloop';
  if (rule === 'group') return 'special-group';
  return obstacle ?? (rule === 'exclusion' ? 'exclusion' : 'demarcation');
}

function waits(kind: Waits['kind'], verdict: Extract<Verdict, { kind: 'parked' }>): Waits {
  const { code, office, reasons } = verdict;
  return { kind, code, office: office?.id, explanation: reasons };
}

function newestOf(cases: readonly OpenCase[]): OpenCase | undefined {
  let newest: OpenCase | undefined;
  for (const open of cases) {
    if (newest === undefined || open.receivedAtMs >= newest.receivedAtMs) newest = open;
  }
  return newest;
}
