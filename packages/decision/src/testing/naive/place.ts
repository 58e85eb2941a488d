/** What an answer of the rules does to a client, and what is told of it. */
import { must, type HandoverCause, type LocalDate } from '@smc/domain';
import type { Demarcation } from '../../demarcation.ts';
import {
  isPlaced,
  placedCases,
  type Message,
  type NaiveCase,
  type NaiveClient,
  type Outcome,
} from './model.ts';
import {
  decidingDay,
  park,
  versionOn,
  type Answer,
  type ParkAnswer,
  type Question,
} from './question.ts';
import { answerTo, journeyObstacle } from './rules.ts';
import { lineOf } from './teams.ts';

/** One input at work: what it has told so far. */
export type Work = {
  readonly client: NaiveClient;
  readonly versions: readonly Demarcation[];
  readonly chosen: Question['chosen'];
  readonly events: Outcome[];
  readonly requests: Message[];
};

type TeamAnswer = Extract<Answer, { kind: 'team' }>;

/** Asks for a case that waits for nothing else, and does what is answered. */
export function settle(work: Work, one: NaiveCase, day: LocalDate): void {
  const { client } = work;
  const book = versionOn(work.versions, day);
  if (book === undefined) {
    leaveParked(work, one, park('NO_DEMARCATION_ON_DATE'), day, undefined);
    one.isUndecided = false;
    return;
  }
  const question = { client, facts: one, day, book, chosen: work.chosen };
  const answer = answerTo(question);
  if (answer.kind === 'team') {
    if (client.team !== undefined && client.team !== answer.team.id) {
      handOver(work, question, answer);
    }
    assign(work, one, question, answer);
  } else if (answer.kind === 'ask') {
    const isAsked = client.open.some(({ awaiting }) => awaiting !== undefined);
    one.awaiting = answer.office;
    if (!isAsked) request(work, one, question, answer);
  } else {
    leaveParked(work, one, answer, day, book);
  }
  one.isUndecided = false;
}

/** Parked cases are asked again with what is known by now, until none of them can be placed. */
export function settleParked(work: Work): void {
  const parked = work.client.open.filter((one) => one.parked !== undefined);
  for (const one of parked) {
    if (one.awaiting === undefined) settleAgain({ ...work, chosen: undefined }, one);
  }
  if (parked.some(isPlaced)) settleParked(work);
}

/** A client who has a case with a team is never handed over for the sake of a parked one. */
export function settleAgain(work: Work, one: NaiveCase): void {
  const { client } = work;
  const day = decidingDay(client, one.receivedOn);
  const book = versionOn(work.versions, day);
  if (book === undefined) return;
  const answer = answerTo({ client, facts: one, day, book, chosen: work.chosen });
  const isBound = placedCases(client).length > 0;
  const joins = answer.kind === 'team' && answer.team.id === client.team;
  if (joins || !isBound) settle(work, one, day);
}

/** Told once: a case that stays parked is not told again. */
function leaveParked(
  { client, events }: Work,
  one: NaiveCase,
  answer: ParkAnswer,
  day: LocalDate,
  book: Demarcation | undefined,
): void {
  if (one.parked !== undefined) return;
  one.parked = answer.code;
  client.sequence += 1;
  events.push({
    type: 'CaseParked',
    sequence: client.sequence,
    effectiveOn: day,
    version: book?.version,
    caseId: one.caseId,
    code: answer.code,
    office: answer.office,
  });
}

function assign(work: Work, one: NaiveCase, { day, book }: Question, answer: TeamAnswer): void {
  const { client } = work;
  if (client.team === undefined) client.journey += 1;
  client.team = answer.team.id;
  client.office = answer.team.office;
  one.parked = undefined;
  one.awaiting = undefined;
  client.sequence += 1;
  work.events.push({
    type: 'CaseAssigned',
    sequence: client.sequence,
    effectiveOn: day,
    version: book.version,
    caseId: one.caseId,
    team: answer.team.id,
    office: answer.team.office,
    rule: answer.rule,
    basis: answer.basis,
    line: lineOf(book, one),
    journey: client.journey,
  });
}

/** All placed cases go along. */
export function handOver(work: Work, question: Question, answer: TeamAnswer): void {
  const { client } = work;
  const cause = causeOf(question, answer);
  const [fromTeam, fromOffice] = [client.team, client.office];
  client.team = answer.team.id;
  client.office = answer.team.office;
  client.sequence += 1;
  work.events.push({
    type: 'ClientHandedOver',
    sequence: client.sequence,
    effectiveOn: question.day,
    version: question.book.version,
    fromTeam: must(fromTeam, 'a client is handed over by a team'),
    fromOffice: must(fromOffice, 'a team has an office'),
    team: answer.team.id,
    office: answer.team.office,
    cause,
    journey: client.journey,
    cases: placedCases(client).map(({ caseId }) => caseId),
  });
}

function causeOf(question: Question, answer: TeamAnswer): HandoverCause {
  if (answer.rule === 'participatiewet') return 'samenloop';
  if (answer.rule === 'group') return 'special-group';
  // Where an exclusion comes before the journey, nothing need be in the journey's way.
  return journeyObstacle(question) ?? 'exclusion';
}

function request(
  { client, requests }: Work,
  { caseId, product, category, activity }: NaiveCase,
  { day, book }: Question,
  { office, teams }: Extract<Answer, { kind: 'ask' }>,
): void {
  requests.push({
    type: 'TeamRequested',
    clientKey: client.key,
    caseId,
    office,
    on: day,
    version: book.version,
    teams,
    product,
    category,
    activity,
  });
}
