import { expect, test } from 'vitest';
import type {
  CaseId,
  ClientKey,
  ClientState,
  EventId,
  LocalDate,
  LoadEntry,
  OfficeId,
  OpenCase,
  TeamChosen,
  TeamId,
} from '@smc/domain';
import { Findings } from './findings.ts';
import { Recount } from './recount.ts';

const OFFICE = 'rijn' as OfficeId;
const TEAM = 'rijn-1' as TeamId;
const KIND = { product: 'wia-aanvraag', category: undefined, activity: 'active' } as const;
const ONE: LoadEntry = { ...KIND, team: TEAM, count: 1 };

const CASE: OpenCase = {
  ...KIND,
  caseId: 'a' as CaseId,
  law: 'WIA',
  employment: 'tijdelijk-dienstverband',
  receivedOn: '2026-09-15' as LocalDate,
  receivedAtMs: 0,
  dossierRef: undefined,
  parked: undefined,
  awaiting: undefined,
};

function client(...openCases: readonly OpenCase[]): ClientState {
  return {
    bsnSuffix: undefined,
    addressKind: 'none',
    postcode: undefined,
    participatiewet: false,
    participatiewetEndedOn: undefined,
    groups: [],
    formerGroups: [],
    team: TEAM,
    office: OFFICE,
    journey: 1,
    allClosedOn: undefined,
    sequence: 1,
    openCases,
    closedCases: [],
    recentEvents: [],
    addressAsOfMs: 0,
    statusAsOfMs: 0,
  };
}

const CHOSEN: TeamChosen = {
  type: 'TeamChosen',
  eventId: 'chosen' as EventId,
  source: { topic: 'smc.office-intake', partition: 0, offset: 0 },
  clientKey: 'abcdefghijklmnopqrstuvwxyz' as ClientKey,
  caseId: CASE.caseId,
  office: OFFICE,
  team: TEAM,
  load: 0,
  minutes: 2160,
  counted: KIND,
  compared: 1,
  next: undefined,
};

function findingsOf(tell: (recount: Recount) => void) {
  const recount = new Recount();
  tell(recount);
  const findings = new Findings();
  recount.report(findings);
  return findings.kept;
}

test('counters that are what the clients have leave nothing over', () => {
  const found = findingsOf((recount) => {
    recount.counters({ office: OFFICE, entries: [{ ...ONE, count: 2 }] });
    recount.client(client(CASE), () => true);
    const parked = { ...CASE, parked: 'MANUAL_BASIS' } as const;
    recount.client(client(CASE, parked, { ...CASE, awaiting: OFFICE }), () => true);
    recount.client(client(CASE), () => false);
  });
  expect(found).toEqual([]);
});

test('what is under way belongs to neither side', () => {
  const found = findingsOf((recount) => {
    // One case is counted for a choice that its client has not taken; one change is not counted yet.
    recount.counters({ office: OFFICE, entries: [ONE] });
    recount.chosen(CHOSEN);
    recount.change(OFFICE, [ONE], 1);
    recount.client(client(CASE), () => true);
    // A choice that came to nothing: the client's task has taken it and told the office so.
    recount.chosen(CHOSEN);
    recount.taken(CHOSEN);
  });
  expect(found).toEqual([]);
});

test('a case too many or too few is told with its office, team and kind', () => {
  const found = findingsOf((recount) => {
    recount.counters({ office: OFFICE, entries: [{ ...ONE, count: 3 }] });
    recount.client(client(CASE, { ...CASE, activity: 'idle' }), () => true);
  });
  expect(found).toEqual([
    {
      code: 'COUNTERS_DIFFER',
      where: 'office rijn',
      what: 'counts 2 more than there are: rijn-1 wia-aanvraag active',
    },
    {
      code: 'COUNTERS_DIFFER',
      where: 'office rijn',
      what: 'counts 1 fewer than there are: rijn-1 wia-aanvraag idle',
    },
  ]);
});
