/** Address to office, then the office's basis on the day (A02, A08, A21). */
import { BugError, must, type Basis, type OfficeId, type Rule } from '@smc/domain';
import type { Demarcation, Office, Team } from '../../demarcation.ts';
import type { NaiveClient } from './model.ts';
import { park, type Answer, type Question } from './question.ts';
import { mayTake, minutesOf } from './teams.ts';

/** Undefined: the address leads nowhere. */
export function officeOfAddress(client: NaiveClient, book: Demarcation): OfficeId | undefined {
  if (client.addressKind === 'dutch') {
    const { postcode } = client;
    return postcode === undefined ? undefined : book.areas.lookUp(postcode)?.area.office;
  }
  const route = book.settings.routes[client.addressKind];
  return route.kind === 'office' ? route.office : undefined;
}

const LEADS_NOWHERE = {
  dutch: 'POSTCODE_UNKNOWN',
  postbus: 'ADDRESS_POSTBUS',
  foreign: 'ADDRESS_FOREIGN',
  secret: 'ADDRESS_SECRET',
  none: 'ADDRESS_NONE',
} as const;

export function areaRule(question: Question): Answer {
  const { client, day, book } = question;
  const id = officeOfAddress(client, book);
  if (id === undefined) return park(LEADS_NOWHERE[client.addressKind]);
  const office = must(book.offices.get(id), 'a valid document leads to offices that it has');
  let basis: Basis | undefined;
  for (const one of office.bases) if (one.from <= day) basis = one.basis;
  switch (basis) {
    case undefined:
      return park('NO_BASIS_ON_DATE', id);
    case 'manual':
      return park('MANUAL_BASIS', id);
    case 'bsn':
      return placed(byBsn(question, office), 'bsn', office);
    case 'postcode':
      return placed(byPostcode(question, office), 'postcode', office);
    case 'workload':
      return byWorkload(question, office);
  }
}

function placed(team: Team | undefined, rule: Rule & Basis, office: Office): Answer {
  return team === undefined
    ? park('NO_TEAM_FOR_CASE', office.id)
    : { kind: 'team', team, rule, basis: rule };
}

/** Only regular teams are reached by area. */
function eligibleTeams({ client, facts, day, book }: Question, office: Office): Team[] {
  return office.teams
    .map((id) => must(book.teams.get(id), 'a valid document has the teams of its offices'))
    .filter((team) => team.profile === 'regular' && mayTake(team, client, facts, day, book));
}

function byBsn(question: Question, office: Office): Team | undefined {
  const { bsnSuffix } = question.client;
  if (bsnSuffix === undefined) return undefined;
  return eligibleTeams(question, office).find((team) =>
    team.bsnSuffixes.some(({ from, to }) => from <= bsnSuffix && bsnSuffix <= to),
  );
}

/** Whole postcodes beat four digits; teams that share are chosen by lot (A17, B32). */
function byPostcode(question: Question, office: Office): Team | undefined {
  const { postcode } = question.client;
  if (postcode === undefined) return undefined;
  const eligible = eligibleTeams(question, office);
  for (const precision of ['pc6', 'pc4']) {
    const sharing = eligible.filter((team) =>
      team.postcodes.some(
        (range) => range.precision === precision && range.from <= postcode && postcode <= range.to,
      ),
    );
    if (sharing.length > 0) return byLot(sharing, question);
  }
  return undefined;
}

function byLot(teams: readonly Team[], { client, day }: Question): Team {
  const inOrder = [...teams].sort((a, b) => (a.id < b.id ? -1 : 1));
  let shares = inOrder.map((team) => minutesOf(team, day));
  if (shares.every((minutes) => minutes === 0)) shares = shares.map(() => 1);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let lot = Number(first48Bits(client.key) % BigInt(total));
  for (const [i, team] of inOrder.entries()) {
    const share = must(shares[i], 'each team has a share');
    if (lot < share) return team;
    lot -= share;
  }
  throw new BugError('the lot is less than the total');
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

function first48Bits(key: string): bigint {
  let bits = '';
  for (const character of key) bits += BASE32.indexOf(character).toString(2).padStart(5, '0');
  return BigInt(`0b${bits.slice(0, 48)}`);
}

/** Stock counts, not inflow: the office that counts it is asked (A09). */
function byWorkload(question: Question, office: Office): Answer {
  const { chosen, day } = question;
  const eligible = eligibleTeams(question, office).filter((team) => minutesOf(team, day) > 0);
  if (eligible.length === 0) return park('NO_TEAM_FOR_CASE', office.id);
  const team = eligible.find(({ id }) => chosen?.office === office.id && chosen.team === id);
  if (team !== undefined) return { kind: 'team', team, rule: 'workload', basis: 'workload' };
  return { kind: 'ask', office: office.id, teams: eligible.map(({ id }) => id).sort() };
}
