/** The rules before the area, each as the requirements state it. */
import {
  addMonths,
  BugError,
  must,
  type HandoverCause,
  type LocalDate,
  type OfficeId,
  type TeamId,
} from '@smc/domain';
import type { Demarcation, PrecedenceRule, SpecialGroup } from '../../demarcation.ts';
import { areaRule, officeOfAddress } from './area.ts';
import type { NaiveClient } from './model.ts';
import { journeyHasEnded, park, type Answer, type Question } from './question.ts';
import { hasEnded, mayHandle, mayTake } from './teams.ts';

/** The first rule of the document's order that answers decides. */
export function answerTo(question: Question): Answer {
  for (const rule of question.book.settings.precedence) {
    const answer = RULES[rule](question);
    if (answer !== undefined) return answer;
  }
  throw new BugError('the area always answers');
}

const RULES: Readonly<Record<PrecedenceRule, (question: Question) => Answer | undefined>> = {
  participatiewet: participatiewetRule,
  group: groupRule,
  journey: journeyRule,
  exclusion: exclusionRule,
  area: areaRule,
};

/** B06-B08: the client's status decides, and for a time after it. */
function participatiewetRule(question: Question): Answer | undefined {
  const { client, day, book } = question;
  if (!participatiewetClaims(client, day, book)) return undefined;
  if (book.participatiewet === undefined) return park('PARTICIPATIEWET_UNDECIDED');
  const office = officeOfAddress(client, book);
  const ofOffice = office === undefined ? undefined : book.participatiewet.byOffice.get(office);
  return namedTeam(question, ofOffice ?? book.participatiewet.team, 'participatiewet');
}

function participatiewetClaims(client: NaiveClient, day: LocalDate, book: Demarcation): boolean {
  if (client.participatiewet) return true;
  const { participatiewetEndedOn: endedOn } = client;
  if (endedOn === undefined || book.participatiewet === undefined) return false;
  return day < addMonths(endedOn, book.participatiewet.naloopMonths);
}

/** B19-B23: current work before former work. */
function groupRule(question: Question): Answer | undefined {
  const listed = countingGroups(question.client, question.book);
  const [first] = listed;
  if (first === undefined) return undefined;
  if (listed.some(({ team }) => team !== first.team)) return park('GROUPS_CONTRADICT');
  if (first.team === undefined) return park('GROUP_UNDECIDED');
  return namedTeam(question, first.team, 'group');
}

/** Of current work; where there is none, of former work, if that counts for the group (B20). */
function countingGroups(client: NaiveClient, book: Demarcation): SpecialGroup[] {
  const current = book.specialGroups.filter(({ group }) => client.groups.includes(group));
  if (current.length > 0) return current;
  return book.specialGroups.filter(
    ({ group, members }) => members === 'current-or-former' && client.formerGroups.includes(group),
  );
}

/** C05, C27. */
function exclusionRule(question: Question): Answer | undefined {
  const { client, day, book } = question;
  for (const { group, until, team } of book.exclusions) {
    if (!client.groups.includes(group)) continue;
    if (until !== undefined && day >= until) continue;
    if (team === undefined) return park('EXCLUDED', officeOfAddress(client, book));
    return namedTeam(question, team, 'exclusion');
  }
  return undefined;
}

/** A team that the document names for a client: it must be able to take the client all the same. */
function namedTeam(
  { client, facts, day, book }: Question,
  id: TeamId,
  rule: 'participatiewet' | 'group' | 'exclusion',
): Answer {
  const team = must(book.teams.get(id), 'a valid document names teams that it has');
  return mayTake(team, client, facts, day, book)
    ? { kind: 'team', team, rule, basis: undefined }
    : park('NO_TEAM_FOR_CASE', team.office);
}

/** B10. */
function journeyRule(question: Question): Answer | undefined {
  const { client, day, book } = question;
  if (client.team === undefined || journeyHasEnded(client, day, book)) return undefined;
  if (journeyObstacle(question) !== undefined) return undefined;
  const team = must(book.teams.get(client.team), 'a team that is gone is an obstacle');
  return { kind: 'team', team, rule: 'journey', basis: undefined };
}

/** Why the team of the running journey can't go on; undefined: it can. */
export function journeyObstacle(question: Question): HandoverCause | undefined {
  const { client, facts, day, book } = question;
  const team = client.team === undefined ? undefined : book.teams.get(client.team);
  // A team that has yet to begin is no obstacle: the client is with it already.
  if (team === undefined || hasEnded(team, day)) return 'team-ended';
  if (team.profile === 'participatiewet' && !participatiewetClaims(client, day, book)) {
    return 'naloop-ended';
  }
  const groups = countingGroups(client, book);
  if (team.profile === 'special-group' && !groups.some((group) => group.team === team.id)) {
    return 'group-ended';
  }
  if (!mayHandle(team, facts, day, book)) return 'team-cannot-handle';
  if (book.settings.onMove === 'by-address' && team.profile === 'regular') {
    const office: OfficeId | undefined = officeOfAddress(client, book);
    if (office !== undefined && office !== team.office) return 'moved';
  }
  return undefined;
}
