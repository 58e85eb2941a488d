/**
 * One case gets its team, or its place in a work list.
 *
 *                    first rule that applies
 *   case, client ──► journey ──► area, basis ──┬─► a team ──► [ClientHandedOver] CaseAssigned
 *                                              └─► no team ─► CaseParked
 *
 * The client goes as a whole (B09, B10): when the rules choose another team than that of the
 * running journey, the client is handed over, with all cases that are with the old team, before
 * the case is assigned. So a client is never with two teams.
 *
 * A parked case is asked again when something new is known of the client, by the rules of its own
 * day. It joins the team that the client has by then; it never moves a client whose cases are with
 * a team, because a person may be working on it already.
 */
import { must, type ClientState, type LocalDate, type OpenCase, type Reason } from '@smc/domain';
import type { Demarcation } from './demarcation.ts';
import { indexOf } from './demarcation-index.ts';
import { caseAssigned, caseParked, clientHandedOver } from './assignment-events.ts';
import { emit, type Draft } from './draft.ts';
import { withParked, withPlaced } from './evolve.ts';
import { decidingDay, journeyOn } from './journey.ts';
import { obstacleTo } from './rules/journey.ts';
import { answer } from './rules/order.ts';
import { park, type Parked, type Placed, type Question } from './rules/rule.ts';

/** Assigns a case that came in just now, and with it the parked cases that can join; or parks it. */
export function placeCase(draft: Draft, incoming: OpenCase): void {
  const { on, question } = ask(draft, incoming);
  if (question === undefined) {
    return leaveParked(draft, {
      incoming,
      on,
      parked: park('NO_DEMARCATION_ON_DATE', undefined, []),
    });
  }
  const verdict = answer(question);
  if (verdict.kind === 'parked') {
    return leaveParked(draft, { incoming, on, parked: verdict, question });
  }
  assign(draft, incoming, verdict, question);
  placeParkedCases(draft);
}

/** Assigns each parked case that can be placed by now; the others stay where they wait. */
export function placeParkedCases(draft: Draft): void {
  for (const waiting of draft.client.openCases) {
    if (waiting.parked === undefined) continue;
    const { question } = ask(draft, waiting);
    if (question === undefined) continue;
    const verdict = answer(question);
    if (verdict.kind === 'parked') continue;
    if (isHandover(verdict, question) && hasCaseWithTeam(draft.client)) continue;
    const again: Reason = { code: 'PLACED_AFTER_PARKING', parameters: [waiting.parked] };
    const reasons = [again, ...verdict.reasons];
    assign(draft, waiting, { ...verdict, reasons }, question);
  }
}

type Asked = {
  readonly on: LocalDate;
  /** Undefined where no demarcation holds. */
  readonly question: Question | undefined;
};

function ask({ client, rulebook }: Draft, { law, product, receivedOn }: OpenCase): Asked {
  const on = decidingDay(client, receivedOn);
  const demarcation = rulebook.demarcationOn(on);
  if (demarcation === undefined) return { on, question: undefined };
  const journey = journeyOn(client, on, demarcation.settings.journeyEndMonths);
  const area = areaOf(client, demarcation);
  const index = indexOf(demarcation);
  return { on, question: { law, product, client, journey, on, index, area } };
}

function areaOf({ addressKind, postcode }: ClientState, { areas }: Demarcation): Question['area'] {
  return addressKind === 'dutch' && postcode !== undefined ? areas.lookUp(postcode) : undefined;
}

function isHandover({ team }: Placed, { journey }: Question): boolean {
  return journey.kind === 'running' && journey.team !== team.id;
}

function hasCaseWithTeam({ openCases }: ClientState): boolean {
  return openCases.some(({ parked }) => parked === undefined);
}

function assign(draft: Draft, incoming: OpenCase, placed: Placed, question: Question): void {
  const { journey } = question;
  const goesOn = journey.kind === 'running';
  const number = draft.client.journey + (goesOn ? 0 : 1);
  if (goesOn && journey.team !== placed.team.id) {
    const cause = must(obstacleTo(question), 'a client leaves a team for a reason');
    emit(draft, clientHandedOver(draft, { placed, question, cause, from: journey.team }));
  }
  emit(draft, caseAssigned(draft, { incoming, placed, question, journey: number }));
  draft.client = withPlaced(incoming, { team: placed.team, journey: number }, draft.client);
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
  emit(draft, caseParked(draft, { ...found, question }));
  const waiting: OpenCase = { ...incoming, parked: parked.code };
  draft.client = withParked(waiting, question?.journey.kind === 'ended', draft.client);
}
