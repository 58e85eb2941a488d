/** The naive decision: one input of one client, and what comes of it. */
import { OPEN_CASES_MAX, type IntakeEvent, type LocalDate, type TeamChosen } from '@smc/domain';
import type { Demarcation } from '../../demarcation.ts';
import { closeCase, openCase, reclassify, takeAddress, takeStatus } from './facts.ts';
import { countedCases, loadChanges } from './load.ts';
import {
  isPlaced,
  newClient,
  placedCases,
  type Message,
  type NaiveCase,
  type NaiveClient,
  type Outcome,
} from './model.ts';
import { handOver, settle, settleAgain, settleParked, type Work } from './place.ts';
import { decidingDay, journeyHasEnded, versionOn } from './question.ts';
import { answerTo } from './rules.ts';

export type NaiveDecision =
  | { readonly refused: 'CASE_UNKNOWN' | 'TOO_MANY_OPEN_CASES' }
  | {
      readonly events: readonly Outcome[];
      readonly toOffices: readonly Message[];
      readonly client: NaiveClient;
    };

/** `versions` in the order in which they were activated. The client that is given stays as it is. */
export function naiveDecide(
  input: IntakeEvent | TeamChosen,
  known: NaiveClient | undefined,
  versions: readonly Demarcation[],
): NaiveDecision {
  const client = known === undefined ? newClient(input.clientKey) : copyOf(known);
  const chosen = input.type === 'TeamChosen' ? input : undefined;
  const work: Work = { client, versions, chosen, events: [], requests: [] };
  const before = countedCases(client, versions);
  // The office counted the team that it chose before it answered.
  if (chosen !== undefined) {
    const { counted, office, team } = chosen;
    before.push({ ...counted, office, team });
  }
  const refused = take(work, input);
  if (refused !== undefined) return { refused };
  const changes = loadChanges(before, countedCases(client, versions));
  return { events: work.events, toOffices: [...changes, ...work.requests], client };
}

function take(work: Work, input: IntakeEvent | TeamChosen): Refusal | undefined {
  switch (input.type) {
    case 'CaseRegistered':
      return register(work, input);
    case 'CaseClosed':
      return withCase(work, input, (one) => work.events.push(closeCase(work.client, one, input)));
    case 'CaseReclassified':
      if (isRepeat(work, input)) return undefined;
      return withCase(work, input, (one) => {
        work.client.taken.push(input.eventId);
        reclassify(one, input);
        settleParked(work);
      });
    case 'ClientMoved':
      if (isRepeat(work, input) || !takeAddress(work.client, input)) return undefined;
      work.client.taken.push(input.eventId);
      handOverAtOnce(work, input.receivedOn, 'moved');
      settleParked(work);
      return undefined;
    case 'ClientStatusChanged':
      if (isRepeat(work, input) || !takeStatus(work.client, input, input.changedOn))
        return undefined;
      work.client.taken.push(input.eventId);
      handOverAtOnce(work, input.receivedOn, 'status');
      settleParked(work);
      return undefined;
    case 'TeamChosen':
      takeChoice(work);
      return undefined;
  }
}

type Refusal = 'CASE_UNKNOWN' | 'TOO_MANY_OPEN_CASES';
type Of<Type> = Extract<IntakeEvent, { type: Type }>;

function isRepeat({ client }: Work, { eventId }: IntakeEvent): boolean {
  return client.taken.includes(eventId);
}

function register(work: Work, event: Of<'CaseRegistered'>): Refusal | undefined {
  const { client, versions } = work;
  if (client.closed.includes(event.caseId)) return undefined;
  if (client.open.some(({ caseId }) => caseId === event.caseId)) return undefined;
  if (client.open.length >= OPEN_CASES_MAX) return 'TOO_MANY_OPEN_CASES';
  client.bsnSuffix = event.bsnSuffix;
  const [status, address] = [statusAsText(client), addressAsText(client)];
  takeAddress(client, event);
  takeStatus(client, event, event.receivedOn);
  if (statusAsText(client) !== status) handOverAtOnce(work, event.receivedOn, 'status');
  const day = decidingDay(client, event.receivedOn);
  const book = versionOn(versions, day);
  if (book !== undefined && journeyHasEnded(client, day, book)) {
    client.team = undefined;
    client.office = undefined;
  }
  const opened = openCase(client, event);
  settle(work, opened, day);
  // What a case tells of the client counts like a move or a change of status of its own.
  const isNews = statusAsText(client) !== status || addressAsText(client) !== address;
  if (isPlaced(opened) || isNews) settleParked(work);
  return undefined;
}

/** Nothing is followed where a case tells what is known already. */
function statusAsText({ participatiewet, groups, formerGroups }: NaiveClient): string {
  return JSON.stringify([participatiewet, groups, formerGroups]);
}

function addressAsText({ addressKind, postcode }: NaiveClient): string {
  return JSON.stringify([addressKind, postcode]);
}

function withCase(
  { client }: Work,
  { caseId }: Of<'CaseClosed' | 'CaseReclassified'>,
  then: (one: NaiveCase) => void,
): Refusal | undefined {
  if (client.closed.includes(caseId)) return undefined;
  const one = client.open.find((open) => open.caseId === caseId);
  if (one === undefined) return 'CASE_UNKNOWN';
  then(one);
  return undefined;
}

/** The cases that awaited the office's answer are asked again, in order. */
function takeChoice(work: Work): void {
  const { client } = work;
  const awaiting = client.open.filter((one) => one.awaiting !== undefined);
  for (const one of awaiting) {
    one.awaiting = undefined;
    one.isUndecided = one.parked === undefined;
  }
  for (const one of awaiting) {
    if (one.isUndecided) settle(work, one, decidingDay(client, one.receivedOn));
    else settleAgain(work, one);
  }
  settleParked(work);
}

/**
 * A new status or address can move a client who has cases with a team: to the team that the
 * Participatiewet or a group gives, or, where clients follow their address, to another office.
 */
function handOverAtOnce(work: Work, receivedOn: LocalDate, because: 'status' | 'moved'): void {
  const { client, versions } = work;
  const placed = placedCases(client);
  const day = decidingDay(client, receivedOn);
  const book = versionOn(versions, day);
  if (placed.length === 0 || book === undefined) return;
  const newest = placed.reduce((a, b) => (b.receivedAtMs >= a.receivedAtMs ? b : a));
  const question = { client, facts: newest, day, book, chosen: undefined };
  const answer = answerTo(question);
  if (answer.kind !== 'team') return;
  const moves = {
    status: ['participatiewet', 'group'].includes(answer.rule) && answer.team.id !== client.team,
    moved:
      book.settings.onMove === 'by-address' &&
      ['postcode', 'bsn'].includes(answer.rule) &&
      answer.team.office !== client.office,
  };
  if (moves[because]) handOver(work, question, answer);
}

function copyOf(client: NaiveClient): NaiveClient {
  return {
    ...client,
    open: client.open.map((one) => ({ ...one })),
    closed: [...client.closed],
    taken: [...client.taken],
  };
}
