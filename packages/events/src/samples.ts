/** One valid event of every type, and generators of more: for the tests of this package. */
import fc from 'fast-check';
import {
  fromEpochDay,
  isClientKey,
  isContentHash,
  isIdentifier,
  isLocalDate,
  isPostcode,
  isBsnSuffix,
  must,
  type Brand,
  type BsnSuffix,
  type ClientKey,
  type ContentHash,
  type LocalDate,
  type Postcode,
} from '@smc/domain';
import type { WireEventOf, WireType } from './codec.ts';
import * as known from './known-sets.ts';

const checked = <T extends string>(guard: (text: unknown) => text is T) => {
  return (text: string): T => must(guard(text) ? text : undefined, `${text} is no valid sample`);
};
export const id = <Name extends string>(text: string): Brand<string, Name> =>
  checked(isIdentifier<Name>)(text);
export const date: (text: string) => LocalDate = checked(isLocalDate);
const clientKey: (text: string) => ClientKey = checked(isClientKey);
const hash: (text: string) => ContentHash = checked(isContentHash);
const postcode: (text: string) => Postcode = checked(isPostcode);
const suffix: (text: string) => BsnSuffix = checked(isBsnSuffix);

const KEY = clientKey('k4mfzqy2m5t3rwa6u7x2h4b5ce');
const HASH = hash('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08');
const source = { topic: 'smc.intake', partition: 3, offset: 1_234_567 };

const intakeFact = {
  eventId: id<'EventId'>('019a0c2d-7b1e-7c3a-9f00-000000000001'),
  clientKey: KEY,
  receivedAtMs: 1_790_000_000_000,
  receivedOn: date('2026-09-21'),
};

const fact = {
  eventId: id<'EventId'>('smc.intake-3-1234567-0'),
  clientKey: KEY,
  clientSequence: 4,
  source,
};

const decided = {
  ...fact,
  effectiveOn: date('2026-09-21'),
  explanation: [
    { code: 'OFFICE_BY_POSTCODE', parameters: ['3511AB', 'utrecht'] },
    { code: 'BASIS_OF_OFFICE', parameters: ['utrecht', 'postcode'] },
    { code: 'TEAM_BY_POSTCODE', parameters: ['utrecht-2', '3511', '3525'] },
  ] as const,
  receivedAtMs: 1_790_000_000_000,
};

const byDemarcation = {
  demarcation: id<'DemarcationVersion'>('2026-07'),
  demarcationHash: HASH,
};

const placed = {
  team: id<'TeamId'>('utrecht-2'),
  office: id<'OfficeId'>('utrecht'),
  district: id<'DistrictId'>('midden'),
  arbeidsmarktregio: id<'ArbeidsmarktregioId'>('amr-13'),
};

export const SAMPLES: { readonly [T in WireType]: WireEventOf<T> } = {
  CaseRegistered: {
    type: 'CaseRegistered',
    ...intakeFact,
    caseId: id('case-0000001'),
    bsnSuffix: suffix('42'),
    addressKind: 'dutch',
    postcode: postcode('3511AB'),
    law: 'WIA',
    product: 'wia-aanvraag',
    employment: 'vast-dienstverband',
    participatiewet: false,
    groups: [],
    formerGroups: ['klm'],
    category: 'zorg',
    employerKey: id('employer-77'),
    dossierRef: id('dossier-0000001'),
    channel: 'central',
  },
  CaseClosed: {
    type: 'CaseClosed',
    ...intakeFact,
    caseId: id('case-0000001'),
    closedOn: date('2026-12-01'),
  },
  ClientMoved: {
    type: 'ClientMoved',
    ...intakeFact,
    addressKind: 'secret',
    postcode: undefined,
    movedOn: date('2026-10-01'),
  },
  ClientStatusChanged: {
    type: 'ClientStatusChanged',
    ...intakeFact,
    participatiewet: true,
    groups: ['military', 'police'],
    formerGroups: [],
    changedOn: date('2026-10-01'),
  },
  CaseReclassified: {
    type: 'CaseReclassified',
    ...intakeFact,
    caseId: id('case-0000001'),
    employment: undefined,
    category: 'werk',
    activity: 'idle',
  },
  CaseAssigned: {
    type: 'CaseAssigned',
    ...decided,
    ...byDemarcation,
    ...placed,
    caseId: id('case-0000001'),
    law: 'WIA',
    product: 'wia-aanvraag',
    line: 'werkgever',
    rule: 'postcode',
    basis: 'postcode',
    journey: 1,
    dossierRef: undefined,
  },
  ClientHandedOver: {
    type: 'ClientHandedOver',
    ...decided,
    ...byDemarcation,
    ...placed,
    fromTeam: id('utrecht-1'),
    fromOffice: id('utrecht'),
    cause: 'team-ended',
    journey: 2,
    cases: [
      { caseId: id('case-0000001'), dossierRef: undefined },
      { caseId: id('case-0000002'), dossierRef: id('dossier-0000002') },
    ],
  },
  CaseParked: {
    type: 'CaseParked',
    ...decided,
    caseId: id('case-0000001'),
    code: 'NO_DEMARCATION_ON_DATE',
    demarcation: undefined,
    demarcationHash: undefined,
    office: undefined,
    district: undefined,
    law: 'ZW',
    product: 'zw-beoordeling',
    dossierRef: undefined,
  },
  CaseReleased: {
    type: 'CaseReleased',
    ...fact,
    caseId: id('case-0000001'),
    team: id('utrecht-2'),
    office: undefined,
    closedOn: date('2026-12-01'),
  },
  Acknowledgement: {
    type: 'Acknowledgement',
    division: 'klant-en-service',
    clientKey: KEY,
    clientSequence: 4,
    team: id('utrecht-2'),
    acknowledgedAtMs: 1_790_000_000_321,
  },
  DeadLetter: {
    type: 'DeadLetter',
    code: 'NOT_AVRO',
    reason: 'groups: array blocks with a positive count expected',
    source,
    key: Buffer.from('key'),
    value: undefined,
    headers: Buffer.from([0]),
    masked: false,
  },
  ClientState: {
    type: 'ClientState',
    bsnSuffix: suffix('42'),
    addressKind: 'dutch',
    postcode: postcode('3511AB'),
    participatiewet: false,
    participatiewetEndedOn: date('2026-01-31'),
    groups: [],
    formerGroups: ['police'],
    team: id('utrecht-2'),
    office: id('utrecht'),
    journey: 1,
    allClosedOn: date('2026-12-01'),
    sequence: 4,
    openCases: [
      {
        caseId: id('case-0000001'),
        law: 'WIA',
        product: 'wia-aanvraag',
        employment: 'vast-dienstverband',
        receivedOn: date('2026-09-21'),
        receivedAtMs: 1_790_000_000_000,
        dossierRef: undefined,
        category: undefined,
        activity: 'active',
        parked: 'ADDRESS_SECRET',
        awaiting: id('venlo'),
      },
    ],
    closedCases: [id('case-0000000')],
    recentEvents: [id('event-1'), id('event-2')],
    addressAsOfMs: 1_790_000_000_000,
    statusAsOfMs: 0,
  },
  Checkpoint: {
    type: 'Checkpoint',
    intakeNext: 1_234_568,
    commandsNext: 2,
    officeIntakeNext: 17,
    active: [{ version: id('2026-07'), contentHash: HASH, effectiveFrom: date('2026-07-01') }],
  },
  DemarcationActivated: {
    type: 'DemarcationActivated',
    eventId: id('activation-2026-07-p3'),
    version: id('2026-07'),
    contentHash: HASH,
    effectiveFrom: date('2026-07-01'),
    activatedBy: 'beheerder SMZ',
  },
  TeamRequested: {
    type: 'TeamRequested',
    eventId: id('smc.intake-3-1234567-1'),
    source,
    clientKey: KEY,
    caseId: id('case-0000001'),
    office: id('venlo'),
    on: date('2026-09-21'),
    ...byDemarcation,
    product: 'wia-aanvraag',
    category: undefined,
    activity: 'active',
    teams: [id('venlo-1'), id('venlo-2')],
  },
  LoadChanged: {
    type: 'LoadChanged',
    eventId: id('smc.intake-3-1234567-2'),
    source,
    office: id('venlo'),
    changes: [
      {
        team: id('venlo-1'),
        product: 'wia-aanvraag',
        category: 'zorg',
        activity: 'active',
        count: -1,
      },
      {
        team: id('venlo-1'),
        product: 'wia-aanvraag',
        category: 'zorg',
        activity: 'idle',
        count: 1,
      },
    ],
  },
  TeamChosen: {
    type: 'TeamChosen',
    eventId: id('smc.office-intake-1-88-1'),
    source: { topic: 'smc.office-intake', partition: 1, offset: 88 },
    clientKey: KEY,
    caseId: id('case-0000001'),
    office: id('venlo'),
    team: id('venlo-2'),
    load: 12_500,
    minutes: 4_320,
    counted: { product: 'wia-aanvraag', category: undefined, activity: 'active' },
    compared: 2,
    next: { team: id('venlo-1'), load: 14_000, minutes: 4_320 },
  },
  OfficeLoad: {
    type: 'OfficeLoad',
    office: id('venlo'),
    entries: [
      {
        team: id('venlo-1'),
        product: 'wia-aanvraag',
        category: 'zorg',
        activity: 'idle',
        count: 3,
      },
    ],
  },
  CommandAnswered: {
    type: 'CommandAnswered',
    source: { topic: 'smc.commands', partition: 3, offset: 9 },
    command: 'TeamChosen',
    intakeNext: 1_234_570,
    outcome: 'skipped',
    reason: 'the case was closed meanwhile',
  },
  DemarcationPart: {
    type: 'DemarcationPart',
    version: '2026-07',
    name: 'office/utrecht',
    sha256: HASH,
    body: Buffer.from('{}'),
  },
  DemarcationManifest: {
    type: 'DemarcationManifest',
    version: '2026-07',
    contentHash: HASH,
    effectiveFrom: '2026-07-01',
    decisionReference: 'RvB 23-245',
    publishedAtMs: 1_780_000_000_000,
    publishedBy: 'beheerder SMZ',
    parts: [{ name: 'office/utrecht', sha256: HASH, bytes: 2 }],
  },
};

const anyId = <Name extends string>() =>
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/).map((text) => id<Name>(text));
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const anyDate = fc.integer({ min: -25_567, max: 84_005 }).map(fromEpochDay);

/** Any valid CaseRegistered. */
export const anyCaseRegistered: fc.Arbitrary<WireEventOf<'CaseRegistered'>> = fc
  .record({
    type: fc.constant('CaseRegistered' as const),
    eventId: anyId<'EventId'>(),
    caseId: anyId<'CaseId'>(),
    clientKey: fc.stringMatching(/^[a-z2-7]{26}$/).map(clientKey),
    receivedAtMs: fc.integer({ min: 0, max: 253_402_300_799_999 }),
    receivedOn: anyDate,
    bsnSuffix: fc.stringMatching(/^[0-9]{2}$/).map(suffix),
    addressKind: fc.constantFrom(...known.addressKinds),
    postcode: fc.constant(postcode('9999ZZ')),
    law: anyId<'Code'>(),
    product: anyId<'Code'>(),
    employment: anyId<'Code'>(),
    participatiewet: fc.boolean(),
    groups: fc.array(anyId<'Code'>(), { maxLength: 8 }),
    formerGroups: fc.array(anyId<'Code'>(), { maxLength: 8 }),
    category: optional(anyId<'Code'>()),
    employerKey: optional(anyId<'EmployerKey'>()),
    dossierRef: optional(anyId<'DossierRef'>()),
    channel: fc.constantFrom(...known.channels),
  })
  .map((event) => {
    const hasPostcode = event.addressKind === 'dutch' || event.addressKind === 'postbus';
    return { ...event, postcode: hasPostcode ? event.postcode : undefined };
  });
