/** How each type is read: the kind of every field, in any order; the schema says which comes when. */
import type {
  ActiveDemarcation,
  ComparedTeam,
  LoadEntry,
  LoadKind,
  OpenCase,
  Reason,
  ReasonCode,
  SourcePosition,
} from '@smc/domain';
import type { DemarcationManifest, WireEventOf, WireType } from './codec.ts';
import {
  bsnSuffix,
  bytes,
  checkPostcode,
  clientKey,
  code,
  contentHash,
  count,
  date,
  flag,
  identifier,
  instant,
  name,
  oneOf,
  postcode,
  text,
} from './fields.ts';
import * as known from './known-sets.ts';
import type { Kind } from './reading.ts';
import { list, optional, record, type Fields } from './structures.ts';

const NAME_CHARACTERS_MAX = 200;
const PARAMETER_CHARACTERS_MAX = 200;
const REASON_CHARACTERS_MAX = 500;

/** A name, an account, a reference to a decision. */
const words = text(NAME_CHARACTERS_MAX);

const intakeFact = {
  eventId: identifier<'EventId'>(),
  clientKey,
  receivedAtMs: instant,
  receivedOn: date,
};

const source: Kind<SourcePosition> = record({
  topic: name<'Topic'>(),
  partition: count(0),
  offset: count(0),
});

const assignmentFact = {
  eventId: identifier<'EventId'>(),
  clientKey,
  clientSequence: count(1),
  source,
};

const decided = {
  ...assignmentFact,
  effectiveOn: date,
  explanation: explanation(),
  receivedAtMs: instant,
};

/** A step whose code only a newer version knows is left out: the team is what a reader acts on. */
function explanation(): Kind<readonly Reason[]> {
  const steps = list(record({ code, parameters: list(text(PARAMETER_CHARACTERS_MAX)) }));
  return (type, place) => {
    const read = steps(type, place);
    return (cursor) => {
      const all = read(cursor);
      return all.every(isKnown) ? all : all.filter(isKnown);
    };
  };
}

type Step = { readonly code: string; readonly parameters: readonly string[] };

function isKnown(step: Step): step is Step & { readonly code: ReasonCode } {
  const codes: ReadonlySet<string> = known.reasonCodes;
  return codes.has(step.code);
}

const byDemarcation = {
  demarcation: name<'DemarcationVersion'>(),
  demarcationHash: contentHash,
};

const placed = {
  team: name<'TeamId'>(),
  office: name<'OfficeId'>(),
  district: name<'DistrictId'>(),
  arbeidsmarktregio: optional(name<'ArbeidsmarktregioId'>()),
};

const caseAndDossier = {
  caseId: identifier<'CaseId'>(),
  dossierRef: optional(identifier<'DossierRef'>()),
};

const status = { participatiewet: flag, groups: list(code), formerGroups: list(code) };

const openCase: Fields<OpenCase> = {
  ...caseAndDossier,
  law: code,
  product: code,
  employment: code,
  receivedOn: date,
  receivedAtMs: instant,
  category: optional(code),
  activity: oneOf(known.activities),
  parked: optional(oneOf(known.parkedCodes)),
  awaiting: optional(name<'OfficeId'>()),
};

const loadKind: Fields<LoadKind> = {
  product: code,
  category: optional(code),
  activity: oneOf(known.activities),
};

const loadEntry = (countMin: number): Fields<LoadEntry> => ({
  team: name<'TeamId'>(),
  ...loadKind,
  count: count(countMin),
});

const comparedTeam: Fields<ComparedTeam> = {
  team: name<'TeamId'>(),
  load: count(0),
  minutes: count(0),
};

const activeDemarcation: Fields<ActiveDemarcation> = {
  version: name<'DemarcationVersion'>(),
  contentHash,
  effectiveFrom: date,
};

const manifestPart: Fields<DemarcationManifest['parts'][number]> = {
  name: words,
  sha256: contentHash,
  bytes: count(0),
};

export const KINDS: { readonly [T in WireType]: Kind<WireEventOf<T>> } = {
  CaseRegistered: event(
    'CaseRegistered',
    {
      ...intakeFact,
      ...status,
      caseId: identifier(),
      bsnSuffix,
      addressKind: oneOf(known.addressKinds),
      postcode: optional(postcode),
      law: code,
      product: code,
      employment: code,
      category: optional(code),
      employerKey: optional(identifier<'EmployerKey'>()),
      dossierRef: optional(identifier<'DossierRef'>()),
      channel: oneOf(known.channels),
    },
    checkPostcode,
  ),
  CaseClosed: event('CaseClosed', { ...intakeFact, caseId: identifier(), closedOn: date }),
  ClientMoved: event(
    'ClientMoved',
    {
      ...intakeFact,
      addressKind: oneOf(known.addressKinds),
      postcode: optional(postcode),
      movedOn: date,
    },
    checkPostcode,
  ),
  ClientStatusChanged: event('ClientStatusChanged', {
    ...intakeFact,
    ...status,
    changedOn: date,
  }),
  CaseReclassified: event('CaseReclassified', {
    ...intakeFact,
    caseId: identifier(),
    employment: optional(code),
    category: optional(code),
    activity: optional(oneOf(known.activities)),
  }),
  CaseAssigned: event('CaseAssigned', {
    ...decided,
    ...byDemarcation,
    ...placed,
    caseId: identifier(),
    law: code,
    product: code,
    line: optional(code),
    rule: oneOf(known.rules),
    basis: optional(oneOf(known.bases)),
    journey: count(1),
    dossierRef: optional(identifier<'DossierRef'>()),
  }),
  ClientHandedOver: event('ClientHandedOver', {
    ...decided,
    ...byDemarcation,
    ...placed,
    fromTeam: name(),
    fromOffice: name(),
    cause: oneOf(known.handoverCauses),
    journey: count(1),
    cases: list(record(caseAndDossier)),
  }),
  CaseParked: event('CaseParked', {
    ...decided,
    caseId: identifier(),
    code: oneOf(known.parkedCodes),
    demarcation: optional(name<'DemarcationVersion'>()),
    demarcationHash: optional(contentHash),
    office: optional(name<'OfficeId'>()),
    district: optional(name<'DistrictId'>()),
    law: code,
    product: code,
    dossierRef: optional(identifier<'DossierRef'>()),
  }),
  CaseReleased: event('CaseReleased', {
    ...assignmentFact,
    caseId: identifier(),
    team: optional(name<'TeamId'>()),
    office: optional(name<'OfficeId'>()),
    closedOn: date,
  }),
  Acknowledgement: event('Acknowledgement', {
    division: oneOf(known.divisions),
    clientKey,
    clientSequence: count(1),
    team: optional(name<'TeamId'>()),
    acknowledgedAtMs: instant,
  }),
  DeadLetter: event('DeadLetter', {
    code: oneOf(known.deadLetterCodes),
    reason: text(REASON_CHARACTERS_MAX),
    source,
    key: optional(bytes),
    value: optional(bytes),
    headers: bytes,
    masked: flag,
  }),
  ClientState: event('ClientState', {
    ...status,
    bsnSuffix: optional(bsnSuffix),
    addressKind: oneOf(known.addressKinds),
    postcode: optional(postcode),
    participatiewetEndedOn: optional(date),
    team: optional(name<'TeamId'>()),
    office: optional(name<'OfficeId'>()),
    journey: count(0),
    allClosedOn: optional(date),
    sequence: count(0),
    openCases: list(record(openCase)),
    closedCases: list(identifier<'CaseId'>()),
    recentEvents: list(identifier<'EventId'>()),
    addressAsOfMs: instant,
    statusAsOfMs: instant,
  }),
  Checkpoint: event('Checkpoint', {
    intakeNext: count(0),
    commandsNext: count(0),
    officeIntakeNext: count(0),
    active: list(record(activeDemarcation)),
  }),
  DemarcationActivated: event('DemarcationActivated', {
    ...activeDemarcation,
    eventId: identifier(),
    activatedBy: words,
  }),
  TeamRequested: event('TeamRequested', {
    ...loadKind,
    ...byDemarcation,
    eventId: identifier(),
    source,
    clientKey,
    caseId: identifier(),
    office: name(),
    on: date,
    teams: list(name<'TeamId'>()),
  }),
  LoadChanged: event('LoadChanged', {
    eventId: identifier(),
    source,
    office: name(),
    changes: list(record(loadEntry(Number.MIN_SAFE_INTEGER))),
  }),
  TeamChosen: event('TeamChosen', {
    ...comparedTeam,
    eventId: identifier(),
    source,
    clientKey,
    caseId: identifier(),
    office: name(),
    counted: record(loadKind),
    compared: count(1),
    next: optional(record(comparedTeam)),
  }),
  OfficeLoad: event('OfficeLoad', { office: name(), entries: list(record(loadEntry(1))) }),
  CommandAnswered: event('CommandAnswered', {
    source,
    command: oneOf(known.commandTypes),
    intakeNext: count(0),
    outcome: oneOf(known.commandOutcomes),
    reason: text(REASON_CHARACTERS_MAX),
  }),
  DemarcationPart: event('DemarcationPart', {
    version: name(),
    name: words,
    sha256: contentHash,
    body: bytes,
  }),
  DemarcationManifest: event('DemarcationManifest', {
    version: name(),
    contentHash,
    effectiveFrom: date,
    decisionReference: words,
    publishedAtMs: instant,
    publishedBy: words,
    parts: list(record(manifestPart)),
  }),
};

/** `check` is for what two fields must be together. */
function event<T extends WireType>(
  type: T,
  fields: Fields<Omit<WireEventOf<T>, 'type'>>,
  check?: (read: WireEventOf<T>) => void,
): Kind<WireEventOf<T>> {
  const kind = record(fields, `type: '${type}',`) as Kind<WireEventOf<T>>;
  if (check === undefined) return kind;
  return (avro, place) => {
    const read = kind(avro, place);
    return (cursor) => {
      const value = read(cursor);
      check(value);
      return value;
    };
  };
}
