/** From Avro's record to the domain's event, per type: every field checked, in one pass. */
import type { ComparedTeam, LoadEntry, LoadKind, Reason, ReasonCode } from '@smc/domain';
import type { WireEventOf, WireType } from './codec.ts';
import * as field from './fields.ts';
import type { Wire } from './fields.ts';
import * as known from './known-sets.ts';

/** A name, an account, a reference to a decision. */
const NAME_CHARACTERS_MAX = 200;
const PARAMETER_CHARACTERS_MAX = 200;
const DEAD_LETTER_REASON_CHARACTERS_MAX = 500;

type Readers = { readonly [T in WireType]: (wire: Wire) => WireEventOf<T> };

const intakeFact = (wire: Wire) => ({
  eventId: field.identifier<'EventId'>(wire['eventId'], 'eventId'),
  clientKey: field.clientKey(wire['clientKey']),
  receivedAtMs: field.instant(wire['receivedAtMs'], 'receivedAtMs'),
  receivedOn: field.date(wire['receivedOn'], 'receivedOn'),
});

const assignmentFact = (wire: Wire) => ({
  eventId: field.identifier<'EventId'>(wire['eventId'], 'eventId'),
  clientKey: field.clientKey(wire['clientKey']),
  clientSequence: field.count(wire['clientSequence'], 'clientSequence', 1),
  source: field.sourcePosition(wire['source']),
});

const decided = (wire: Wire) => ({
  ...assignmentFact(wire),
  effectiveOn: field.date(wire['effectiveOn'], 'effectiveOn'),
  explanation: explanation(wire),
  receivedAtMs: field.instant(wire['receivedAtMs'], 'receivedAtMs'),
});

/** A step whose code only a newer version knows is left out: the team is what a reader acts on. */
function explanation(wire: Wire): readonly Reason[] {
  const steps: Reason[] = [];
  for (const step of field.records(wire['explanation'], 'explanation')) {
    const code = step['code'];
    if (!isReasonCode(code)) continue;
    steps.push({
      code,
      parameters: field.texts(step['parameters'], 'parameters', PARAMETER_CHARACTERS_MAX),
    });
  }
  return steps;
}

function isReasonCode(code: unknown): code is ReasonCode {
  const codes: ReadonlySet<unknown> = known.reasonCodes;
  return codes.has(code);
}

const caseAndDossier = (wire: Wire) => ({
  caseId: field.identifier<'CaseId'>(wire['caseId'], 'caseId'),
  dossierRef: field.optionalIdentifier<'DossierRef'>(wire['dossierRef'], 'dossierRef'),
});

const loadKind = (wire: Wire): LoadKind => ({
  product: field.code(wire['product'], 'product'),
  category: field.optionalCode(wire['category'], 'category'),
  activity: field.oneOf(known.activities, wire['activity'], 'activity'),
});

const loadEntry = (wire: Wire, countMin: number): LoadEntry => ({
  team: field.identifier(wire['team'], 'team'),
  ...loadKind(wire),
  count: field.count(wire['count'], 'count', countMin),
});

const comparedTeam = (wire: Wire): ComparedTeam => ({
  team: field.identifier(wire['team'], 'team'),
  load: field.count(wire['load'], 'load', 0),
  minutes: field.count(wire['minutes'], 'minutes', 0),
});

export const READERS: Readers = {
  CaseRegistered: (wire) => {
    const addressKind = field.oneOf(known.addressKinds, wire['addressKind'], 'addressKind');
    return {
      type: 'CaseRegistered',
      eventId: field.identifier(wire['eventId'], 'eventId'),
      caseId: field.identifier(wire['caseId'], 'caseId'),
      clientKey: field.clientKey(wire['clientKey']),
      receivedAtMs: field.instant(wire['receivedAtMs'], 'receivedAtMs'),
      receivedOn: field.date(wire['receivedOn'], 'receivedOn'),
      bsnSuffix: field.bsnSuffix(wire['bsnSuffix']),
      addressKind,
      postcode: field.postcodeOf(addressKind, wire['postcode']),
      law: field.code(wire['law'], 'law'),
      product: field.code(wire['product'], 'product'),
      employment: field.code(wire['employment'], 'employment'),
      participatiewet: field.flag(wire['participatiewet']),
      groups: field.codes(wire['groups'], 'groups'),
      formerGroups: field.codes(wire['formerGroups'], 'formerGroups'),
      category: field.optionalCode(wire['category'], 'category'),
      employerKey: field.optionalIdentifier(wire['employerKey'], 'employerKey'),
      dossierRef: field.optionalIdentifier(wire['dossierRef'], 'dossierRef'),
      channel: field.oneOf(known.channels, wire['channel'], 'channel'),
    };
  },
  CaseClosed: (wire) => ({
    type: 'CaseClosed',
    ...intakeFact(wire),
    caseId: field.identifier(wire['caseId'], 'caseId'),
    closedOn: field.date(wire['closedOn'], 'closedOn'),
  }),
  ClientMoved: (wire) => {
    const addressKind = field.oneOf(known.addressKinds, wire['addressKind'], 'addressKind');
    return {
      type: 'ClientMoved',
      ...intakeFact(wire),
      addressKind,
      postcode: field.postcodeOf(addressKind, wire['postcode']),
      movedOn: field.date(wire['movedOn'], 'movedOn'),
    };
  },
  ClientStatusChanged: (wire) => ({
    type: 'ClientStatusChanged',
    ...intakeFact(wire),
    participatiewet: field.flag(wire['participatiewet']),
    groups: field.codes(wire['groups'], 'groups'),
    formerGroups: field.codes(wire['formerGroups'], 'formerGroups'),
    changedOn: field.date(wire['changedOn'], 'changedOn'),
  }),
  CaseReclassified: (wire) => ({
    type: 'CaseReclassified',
    ...intakeFact(wire),
    caseId: field.identifier(wire['caseId'], 'caseId'),
    employment: field.optionalCode(wire['employment'], 'employment'),
    category: field.optionalCode(wire['category'], 'category'),
    activity: field.optionalOneOf(known.activities, wire['activity'], 'activity'),
  }),
  CaseAssigned: (wire) => ({
    type: 'CaseAssigned',
    eventId: field.identifier(wire['eventId'], 'eventId'),
    clientKey: field.clientKey(wire['clientKey']),
    clientSequence: field.count(wire['clientSequence'], 'clientSequence', 1),
    source: field.sourcePosition(wire['source']),
    demarcation: field.identifier(wire['demarcation'], 'demarcation'),
    demarcationHash: field.contentHash(wire['demarcationHash'], 'demarcationHash'),
    effectiveOn: field.date(wire['effectiveOn'], 'effectiveOn'),
    explanation: explanation(wire),
    receivedAtMs: field.instant(wire['receivedAtMs'], 'receivedAtMs'),
    caseId: field.identifier(wire['caseId'], 'caseId'),
    team: field.identifier(wire['team'], 'team'),
    office: field.identifier(wire['office'], 'office'),
    district: field.identifier(wire['district'], 'district'),
    arbeidsmarktregio: field.optionalIdentifier(wire['arbeidsmarktregio'], 'arbeidsmarktregio'),
    law: field.code(wire['law'], 'law'),
    product: field.code(wire['product'], 'product'),
    line: field.optionalCode(wire['line'], 'line'),
    rule: field.oneOf(known.rules, wire['rule'], 'rule'),
    basis: field.optionalOneOf(known.bases, wire['basis'], 'basis'),
    journey: field.count(wire['journey'], 'journey', 1),
    dossierRef: field.optionalIdentifier(wire['dossierRef'], 'dossierRef'),
  }),
  ClientHandedOver: (wire) => ({
    type: 'ClientHandedOver',
    ...decided(wire),
    demarcation: field.identifier(wire['demarcation'], 'demarcation'),
    demarcationHash: field.contentHash(wire['demarcationHash'], 'demarcationHash'),
    fromTeam: field.identifier(wire['fromTeam'], 'fromTeam'),
    fromOffice: field.identifier(wire['fromOffice'], 'fromOffice'),
    team: field.identifier(wire['team'], 'team'),
    office: field.identifier(wire['office'], 'office'),
    district: field.identifier(wire['district'], 'district'),
    arbeidsmarktregio: field.optionalIdentifier(wire['arbeidsmarktregio'], 'arbeidsmarktregio'),
    cause: field.oneOf(known.handoverCauses, wire['cause'], 'cause'),
    journey: field.count(wire['journey'], 'journey', 1),
    cases: field.records(wire['cases'], 'cases').map(caseAndDossier),
  }),
  CaseParked: (wire) => ({
    type: 'CaseParked',
    ...decided(wire),
    caseId: field.identifier(wire['caseId'], 'caseId'),
    code: field.oneOf(known.parkedCodes, wire['code'], 'code'),
    demarcation: field.optionalIdentifier(wire['demarcation'], 'demarcation'),
    demarcationHash: field.optional(wire['demarcationHash'], (hash) =>
      field.contentHash(hash, 'demarcationHash'),
    ),
    office: field.optionalIdentifier(wire['office'], 'office'),
    district: field.optionalIdentifier(wire['district'], 'district'),
    law: field.code(wire['law'], 'law'),
    product: field.code(wire['product'], 'product'),
    dossierRef: field.optionalIdentifier(wire['dossierRef'], 'dossierRef'),
  }),
  CaseReleased: (wire) => ({
    type: 'CaseReleased',
    ...assignmentFact(wire),
    caseId: field.identifier(wire['caseId'], 'caseId'),
    team: field.optionalIdentifier(wire['team'], 'team'),
    office: field.optionalIdentifier(wire['office'], 'office'),
    closedOn: field.date(wire['closedOn'], 'closedOn'),
  }),
  Acknowledgement: (wire) => ({
    type: 'Acknowledgement',
    division: field.oneOf(known.divisions, wire['division'], 'division'),
    clientKey: field.clientKey(wire['clientKey']),
    clientSequence: field.count(wire['clientSequence'], 'clientSequence', 1),
    team: field.optionalIdentifier(wire['team'], 'team'),
    acknowledgedAtMs: field.instant(wire['acknowledgedAtMs'], 'acknowledgedAtMs'),
  }),
  DeadLetter: (wire) => ({
    type: 'DeadLetter',
    code: field.oneOf(known.deadLetterCodes, wire['code'], 'code'),
    reason: field.text(wire['reason'], 'reason', DEAD_LETTER_REASON_CHARACTERS_MAX),
    source: field.sourcePosition(wire['source']),
    key: field.optionalBytes(wire['key'], 'key'),
    value: field.optionalBytes(wire['value'], 'value'),
    headers: field.bytes(wire['headers'], 'headers'),
    masked: field.flag(wire['masked']),
  }),
  ClientState: (wire) => ({
    type: 'ClientState',
    bsnSuffix: field.optional(wire['bsnSuffix'], field.bsnSuffix),
    addressKind: field.oneOf(known.addressKinds, wire['addressKind'], 'addressKind'),
    postcode: field.postcode(wire['postcode']),
    participatiewet: field.flag(wire['participatiewet']),
    participatiewetEndedOn: field.optional(wire['participatiewetEndedOn'], (day) =>
      field.date(day, 'participatiewetEndedOn'),
    ),
    groups: field.codes(wire['groups'], 'groups'),
    formerGroups: field.codes(wire['formerGroups'], 'formerGroups'),
    team: field.optionalIdentifier(wire['team'], 'team'),
    office: field.optionalIdentifier(wire['office'], 'office'),
    journey: field.count(wire['journey'], 'journey', 0),
    allClosedOn: field.optional(wire['allClosedOn'], (day) => field.date(day, 'allClosedOn')),
    sequence: field.count(wire['sequence'], 'sequence', 0),
    openCases: field.records(wire['openCases'], 'openCases').map((open) => ({
      ...caseAndDossier(open),
      law: field.code(open['law'], 'law'),
      product: field.code(open['product'], 'product'),
      employment: field.code(open['employment'], 'employment'),
      receivedOn: field.date(open['receivedOn'], 'receivedOn'),
      receivedAtMs: field.instant(open['receivedAtMs'], 'receivedAtMs'),
      category: field.optionalCode(open['category'], 'category'),
      activity: field.oneOf(known.activities, open['activity'], 'activity'),
      parked: field.optionalOneOf(known.parkedCodes, open['parked'], 'parked'),
      awaiting: field.optionalIdentifier<'OfficeId'>(open['awaiting'], 'awaiting'),
    })),
    closedCases: field.identifiers(wire['closedCases'], 'closedCases'),
    recentEvents: field.identifiers(wire['recentEvents'], 'recentEvents'),
    addressAsOfMs: field.instant(wire['addressAsOfMs'], 'addressAsOfMs'),
    statusAsOfMs: field.instant(wire['statusAsOfMs'], 'statusAsOfMs'),
  }),
  Checkpoint: (wire) => ({
    type: 'Checkpoint',
    intakeNext: field.count(wire['intakeNext'], 'intakeNext', 0),
    commandsNext: field.count(wire['commandsNext'], 'commandsNext', 0),
    officeIntakeNext: field.count(wire['officeIntakeNext'], 'officeIntakeNext', 0),
    active: field.records(wire['active'], 'active').map((active) => ({
      version: field.identifier(active['version'], 'version'),
      contentHash: field.contentHash(active['contentHash'], 'contentHash'),
      effectiveFrom: field.date(active['effectiveFrom'], 'effectiveFrom'),
    })),
  }),
  DemarcationActivated: (wire) => ({
    type: 'DemarcationActivated',
    eventId: field.identifier(wire['eventId'], 'eventId'),
    version: field.identifier(wire['version'], 'version'),
    contentHash: field.contentHash(wire['contentHash'], 'contentHash'),
    effectiveFrom: field.date(wire['effectiveFrom'], 'effectiveFrom'),
    activatedBy: field.text(wire['activatedBy'], 'activatedBy', NAME_CHARACTERS_MAX),
  }),
  TeamRequested: (wire) => ({
    type: 'TeamRequested',
    eventId: field.identifier(wire['eventId'], 'eventId'),
    source: field.sourcePosition(wire['source']),
    clientKey: field.clientKey(wire['clientKey']),
    caseId: field.identifier(wire['caseId'], 'caseId'),
    office: field.identifier(wire['office'], 'office'),
    on: field.date(wire['on'], 'on'),
    demarcation: field.identifier(wire['demarcation'], 'demarcation'),
    demarcationHash: field.contentHash(wire['demarcationHash'], 'demarcationHash'),
    ...loadKind(wire),
    teams: field.identifiers(wire['teams'], 'teams'),
  }),
  LoadChanged: (wire) => ({
    type: 'LoadChanged',
    eventId: field.identifier(wire['eventId'], 'eventId'),
    source: field.sourcePosition(wire['source']),
    office: field.identifier(wire['office'], 'office'),
    changes: field
      .records(wire['changes'], 'changes')
      .map((entry) => loadEntry(entry, Number.MIN_SAFE_INTEGER)),
  }),
  TeamChosen: (wire) => ({
    type: 'TeamChosen',
    eventId: field.identifier(wire['eventId'], 'eventId'),
    source: field.sourcePosition(wire['source']),
    clientKey: field.clientKey(wire['clientKey']),
    caseId: field.identifier(wire['caseId'], 'caseId'),
    office: field.identifier(wire['office'], 'office'),
    ...comparedTeam(wire),
    counted: loadKind(field.record(wire['counted'], 'counted')),
    compared: field.count(wire['compared'], 'compared', 1),
    next: field.optional(wire['next'], (next) => comparedTeam(field.record(next, 'next'))),
  }),
  OfficeLoad: (wire) => ({
    type: 'OfficeLoad',
    office: field.identifier(wire['office'], 'office'),
    entries: field.records(wire['entries'], 'entries').map((entry) => loadEntry(entry, 1)),
  }),
  CommandAnswered: (wire) => ({
    type: 'CommandAnswered',
    source: field.sourcePosition(wire['source']),
    command: field.oneOf(known.commandTypes, wire['command'], 'command'),
    intakeNext: field.count(wire['intakeNext'], 'intakeNext', 0),
    outcome: field.oneOf(known.commandOutcomes, wire['outcome'], 'outcome'),
    reason: field.text(wire['reason'], 'reason', DEAD_LETTER_REASON_CHARACTERS_MAX),
  }),
  DemarcationPart: (wire) => ({
    type: 'DemarcationPart',
    version: field.identifier<'DemarcationVersion'>(wire['version'], 'version'),
    name: field.text(wire['name'], 'name', NAME_CHARACTERS_MAX),
    sha256: field.contentHash(wire['sha256'], 'sha256'),
    body: field.bytes(wire['body'], 'body'),
  }),
  DemarcationManifest: (wire) => ({
    type: 'DemarcationManifest',
    version: field.identifier<'DemarcationVersion'>(wire['version'], 'version'),
    contentHash: field.contentHash(wire['contentHash'], 'contentHash'),
    effectiveFrom: field.date(wire['effectiveFrom'], 'effectiveFrom'),
    decisionReference: field.text(
      wire['decisionReference'],
      'decisionReference',
      NAME_CHARACTERS_MAX,
    ),
    publishedAtMs: field.instant(wire['publishedAtMs'], 'publishedAtMs'),
    publishedBy: field.text(wire['publishedBy'], 'publishedBy', NAME_CHARACTERS_MAX),
    parts: field.records(wire['parts'], 'parts').map((part) => ({
      name: field.text(part['name'], 'name', NAME_CHARACTERS_MAX),
      sha256: field.contentHash(part['sha256'], 'sha256'),
      bytes: field.count(part['bytes'], 'bytes', 0),
    })),
  }),
};
