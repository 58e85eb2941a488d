/**
 * What a demarcation says of a client as a whole, without a case that has just come in: the question
 * of whoever plans a reassignment. The same rules as for a case, in the order of the document; only
 * the running journey is set aside, because a plan asks where the client would be without it.
 */
import {
  isPlaced,
  type ArbeidsmarktregioId,
  type ClientKey,
  type ClientState,
  type HandoverCause,
  type LocalDate,
  type OpenCase,
  type TeamChosen,
} from '@smc/domain';
import type { Demarcation, PrecedenceRule, Team } from './demarcation.ts';
import { indexOf } from './demarcation-index.ts';
import { handles, hasEnded } from './eligible.ts';
import { journeyOn } from './journey.ts';
import { areaOf } from './place-case.ts';
import { obstacleTo } from './rules/journey.ts';
import { answer, RULES, type Verdict } from './rules/order.ts';
import type { Question } from './rules/rule.ts';

export type ClientQuestion = {
  readonly clientKey: ClientKey;
  readonly client: ClientState;
  /** The version that is asked, and the day whose rules decide. */
  readonly demarcation: Demarcation;
  readonly on: LocalDate;
};

export type ClientAnswer = {
  readonly verdict: Verdict;
  /** What stands in the way of the running journey; undefined: nothing, or none runs. */
  readonly obstacle: HandoverCause | undefined;
};

/** Where the client belongs by the rules, for one of the client's cases. */
export function askClient(
  asked: ClientQuestion,
  about: OpenCase,
  chosen: TeamChosen | undefined,
): ClientAnswer {
  const question = questionOf(asked, about, chosen);
  const { client, demarcation, on } = asked;
  const journey = journeyOn(client, on, demarcation.settings.journeyEndMonths);
  return { verdict: answer(question), obstacle: obstacleTo({ ...question, journey }) };
}

/** A rule that keeps a client apart from the areas, for what the client is. */
export type Claim = Exclude<PrecedenceRule, 'journey' | 'area'>;

/** The first such rule that applies to the client, also where it leads to no team. */
export function claimOn(asked: ClientQuestion): Claim | undefined {
  const { client } = asked;
  const { participatiewet, participatiewetEndedOn, groups, formerGroups } = client;
  const isPlain =
    !participatiewet &&
    participatiewetEndedOn === undefined &&
    groups.length === 0 &&
    formerGroups.length === 0;
  if (isPlain) return undefined;
  const question = questionOf(asked, NO_WORK, undefined);
  for (const rule of asked.demarcation.settings.precedence) {
    if (rule === 'journey' || rule === 'area') continue;
    if (RULES[rule](question).kind !== 'passed') return rule;
  }
  return undefined;
}

/** Whether the team exists on the day and may handle every case that goes along with the client. */
export function mayHelp(team: Team, { client, demarcation, on }: ClientQuestion): boolean {
  if (team.from > on || hasEnded(team, on)) return false;
  const { lineOf } = indexOf(demarcation);
  return client.openCases.every(
    (open) =>
      !isPlaced(open) || handles(team, { ...open, line: lineOf(open.law, open.employment) }, on),
  );
}

/** The arbeidsmarktregio of the client's address; undefined without a Dutch one that is known. */
export function regionOf(
  client: ClientState,
  demarcation: Demarcation,
): ArbeidsmarktregioId | undefined {
  return areaOf(client, demarcation)?.area.arbeidsmarktregio;
}

/** The line of a case by its law and employment (B12). */
export function lineOf({ law, employment }: Work, demarcation: Demarcation): string | undefined {
  return indexOf(demarcation).lineOf(law, employment);
}

type Work = Pick<OpenCase, 'law' | 'product' | 'employment'>;

/** Whether a claim applies does not depend on a case. */
const NO_WORK: Work = { law: '', product: '', employment: '' };

function questionOf(
  { clientKey, client, demarcation, on }: ClientQuestion,
  { law, product, employment }: Work,
  chosen: TeamChosen | undefined,
): Question {
  const index = indexOf(demarcation);
  const line = index.lineOf(law, employment);
  const area = areaOf(client, demarcation);
  const journey = { kind: 'none' } as const;
  return { law, product, employment, line, clientKey, client, journey, on, index, area, chosen };
}
