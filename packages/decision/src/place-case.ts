/**
 * One case gets its team, or its place in a work list.
 *
 *                    first rule that applies
 *   case, client ──► participatiewet, group, journey, ──┬─► a team ──► [ClientHandedOver] CaseAssigned
 *                    exclusion, area and basis          ├─► no team ─► CaseParked
 *                                                       └─► the office must choose ─► TeamRequested
 *                              ▲                                                          │
 *                              └────────────────────── TeamChosen ◄───────────────────────┘
 *
 * The client goes as a whole (B09, B10): when the rules choose another team than that of the
 * running journey, the client is handed over, with all cases that are with the old team, before
 * the case is assigned. So a client is never with two teams.
 *
 * Cases that come in while an office chooses wait with the first one: one client is one question.
 * The answer does not decide by itself. The rules are asked again with it, so what has come to be
 * known meanwhile (a PW benefit, a closed case) counts.
 *
 * A parked case is asked again when something new is known of the client, by the rules of its own
 * day. It joins the team that the client has by then; it never moves a client whose cases are with
 * a team, because a person may be working on it already.
 */
import {
  isPlaced,
  must,
  type ClientState,
  type HandoverCause,
  type LocalDate,
  type OpenCase,
  type Reason,
  type TeamChosen,
} from '@smc/domain';
import type { Demarcation } from './demarcation.ts';
import { indexOf } from './demarcation-index.ts';
import { caseAssigned, caseParked, clientHandedOver } from './assignment-events.ts';
import { askOffice, emit, type Draft } from './draft.ts';
import { withAwaiting, withHandedOver, withoutAwaiting, withParked, withPlaced } from './evolve.ts';
import { decidingDay, journeyOn } from './journey.ts';
import { obstacleTo } from './rules/journey.ts';
import { answer } from './rules/order.ts';
import { park, type AskOffice, type Parked, type Placed, type Question } from './rules/rule.ts';

/** Assigns a case that came in just now, and with it the parked cases that can join; or parks it. */
export function placeCase(draft: Draft, incoming: OpenCase): void {
  if (place(draft, incoming, undefined)) placeParkedCases(draft);
}

/** Places the cases that waited for an office, in the order in which they came, by its answer. */
export function placeAwaitingCases(draft: Draft, chosen: TeamChosen): void {
  for (const waiting of draft.client.openCases) {
    if (waiting.awaiting === undefined) continue;
    const free: OpenCase = { ...waiting, awaiting: undefined };
    if (free.parked === undefined) {
      // Until it is placed it goes on waiting: a handover on the way does not take it along.
      place(draft, free, chosen);
    } else {
      draft.client = withoutAwaiting(waiting.caseId, draft.client);
      placeParkedCase(draft, free, chosen);
    }
  }
  placeParkedCases(draft);
}

/**
 * Looks again at each parked case; those that can't be placed by now stay where they wait. One that
 * is placed may give the client the team that an earlier one can join, so it goes on until none is.
 */
export function placeParkedCases(draft: Draft): void {
  let told: number;
  do {
    told = draft.events.length;
    for (const waiting of draft.client.openCases) {
      if (waiting.parked === undefined || waiting.awaiting !== undefined) continue;
      placeParkedCase(draft, waiting, undefined);
    }
  } while (draft.events.length > told);
}

/**
 * Hands the client over where a fact that has just been told gives the client to another team: a PW
 * benefit or a special group (B07, B23), or a move where the document lets clients follow it.
 */
export function followFacts(
  draft: Draft,
  told: { readonly on: LocalDate; readonly accepts: (placed: Placed, now: Question) => boolean },
): void {
  const newest = newestPlaced(draft.client);
  if (newest === undefined) return;
  const { question } = ask(draft, { ...newest, receivedOn: told.on }, undefined);
  if (question?.journey.kind !== 'running') return;
  const verdict = answer(question);
  if (verdict.kind !== 'team' || verdict.team.id === question.journey.team) return;
  if (!told.accepts(verdict, question)) return;
  handOver(draft, { placed: verdict, question, receivedAtMs: receivedAtMs(draft, newest) });
  draft.client = withHandedOver(verdict.team, draft.client);
}

/** True when the case was assigned. */
function place(draft: Draft, incoming: OpenCase, chosen: TeamChosen | undefined): boolean {
  const { on, question } = ask(draft, incoming, chosen);
  if (question === undefined) {
    const parked = park('NO_DEMARCATION_ON_DATE', undefined, []);
    leaveParked(draft, { incoming, on, parked });
    return false;
  }
  const verdict = answer(question);
  switch (verdict.kind) {
    case 'parked':
      leaveParked(draft, { incoming, on, parked: verdict, question });
      return false;
    case 'ask-office':
      leaveAwaiting(draft, { incoming, asked: verdict, question });
      return false;
    case 'team':
      assign(draft, incoming, verdict, question);
      return true;
  }
}

function placeParkedCase(draft: Draft, waiting: OpenCase, chosen: TeamChosen | undefined): void {
  const { question } = ask(draft, waiting, chosen);
  if (question === undefined) return;
  const verdict = answer(question);
  if (verdict.kind === 'parked') return;
  const moves = verdict.kind === 'ask-office' || isHandover(verdict, question);
  if (moves && draft.client.openCases.some(isPlaced)) return;
  if (verdict.kind === 'ask-office') {
    return leaveAwaiting(draft, { incoming: waiting, asked: verdict, question });
  }
  const code = must(waiting.parked, 'a case that is looked at again was parked');
  const again: Reason = { code: 'PLACED_AFTER_PARKING', parameters: [code] };
  const reasons = [again, ...verdict.reasons];
  assign(draft, waiting, { ...verdict, reasons }, question);
}

type Asked = {
  readonly on: LocalDate;
  /** Undefined where no demarcation holds. */
  readonly question: Question | undefined;
};

function ask(
  { client, rulebook, event }: Draft,
  { law, product, employment, receivedOn }: OpenCase,
  chosen: TeamChosen | undefined,
): Asked {
  const on = decidingDay(client, receivedOn);
  const demarcation = rulebook.demarcationOn(on);
  if (demarcation === undefined) return { on, question: undefined };
  const index = indexOf(demarcation);
  const question: Question = {
    law,
    product,
    employment,
    line: index.lineOf(law, employment),
    clientKey: event.clientKey,
    client,
    journey: journeyOn(client, on, demarcation.settings.journeyEndMonths),
    on,
    index,
    area: areaOf(client, demarcation),
    chosen,
  };
  return { on, question };
}

export function areaOf(
  { addressKind, postcode }: ClientState,
  { areas }: Demarcation,
): Question['area'] {
  return addressKind === 'dutch' && postcode !== undefined ? areas.lookUp(postcode) : undefined;
}

function isHandover({ team }: Placed, { journey }: Question): boolean {
  return journey.kind === 'running' && journey.team !== team.id;
}

/** The placed case that came in last: a client as a whole is judged by it. */
export function newestPlaced({ openCases }: ClientState): OpenCase | undefined {
  let newest: OpenCase | undefined;
  for (const open of openCases) {
    if (!isPlaced(open)) continue;
    if (newest === undefined || open.receivedAtMs >= newest.receivedAtMs) newest = open;
  }
  return newest;
}

function assign(draft: Draft, incoming: OpenCase, placed: Placed, question: Question): void {
  const { journey } = question;
  const number = draft.client.journey + (journey.kind === 'running' ? 0 : 1);
  const at = receivedAtMs(draft, incoming);
  if (isHandover(placed, question)) handOver(draft, { placed, question, receivedAtMs: at });
  const about = { incoming, placed, question, journey: number, receivedAtMs: at };
  emit(draft, caseAssigned(draft, about));
  draft.client = withPlaced(incoming, { team: placed.team, journey: number }, draft.client);
}

function handOver(
  draft: Draft,
  about: { readonly placed: Placed; readonly question: Question; readonly receivedAtMs: number },
): void {
  const { placed, question } = about;
  const { journey } = question;
  if (journey.kind !== 'running') return;
  const cause = causeOf(placed, question);
  emit(draft, clientHandedOver(draft, { ...about, cause, from: journey.team }));
}

function causeOf({ rule }: Placed, question: Question): HandoverCause {
  if (rule === 'participatiewet') return 'samenloop';
  if (rule === 'group') return 'special-group';
  const obstacle = obstacleTo(question);
  if (obstacle !== undefined) return obstacle;
  must(rule === 'exclusion' ? rule : undefined, 'a client leaves a team for a reason');
  return 'exclusion';
}

/** When intake received what is answered: of an office's answer, the case that waited for it. */
function receivedAtMs({ event }: Draft, about: OpenCase): number {
  return event.type === 'TeamChosen' ? about.receivedAtMs : event.receivedAtMs;
}

function leaveAwaiting(
  draft: Draft,
  found: {
    readonly incoming: OpenCase;
    readonly asked: AskOffice;
    readonly question: Question;
  },
): void {
  const { incoming, asked, question } = found;
  if (!isUnderWay(draft)) {
    const { on, index } = question;
    const { caseId, product, category, activity } = incoming;
    const { demarcation } = index;
    askOffice(draft, { caseId, product, category, activity, on, demarcation, asked });
  }
  const waiting: OpenCase = { ...incoming, awaiting: asked.office.id };
  draft.client = withAwaiting(waiting, question.journey.kind === 'ended', draft.client);
}

/** Whether a request of this client is still to be answered. */
function isUnderWay({ client, event, requests }: Draft): boolean {
  return event.type === 'TeamChosen'
    ? requests.length > 0
    : client.openCases.some(({ awaiting }) => awaiting !== undefined);
}

function leaveParked(
  draft: Draft,
  found: {
    readonly incoming: OpenCase;
    readonly on: LocalDate;
    readonly parked: Parked;
    readonly question?: Question;
  },
): void {
  const { incoming, parked, question } = found;
  const at = receivedAtMs(draft, incoming);
  emit(draft, caseParked(draft, { ...found, question, receivedAtMs: at }));
  const waiting: OpenCase = { ...incoming, parked: parked.code };
  draft.client = withParked(waiting, question?.journey.kind === 'ended', draft.client);
}
