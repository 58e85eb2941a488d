/** From Avro's record to the domain's event, per type: every field checked, in one pass. */
import type { ReasonCode, Reason } from '@smc/domain';
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
  eventId: field.identifier<'EventId'>(wire, 'eventId'),
  clientKey: field.clientKey(wire),
  receivedAtMs: field.instant(wire, 'receivedAtMs'),
  receivedOn: field.date(wire, 'receivedOn'),
});

const assignmentFact = (wire: Wire) => ({
  eventId: field.identifier<'EventId'>(wire, 'eventId'),
  clientKey: field.clientKey(wire),
  clientSequence: field.count(wire, 'clientSequence', 1),
  source: field.sourcePosition(wire),
});

const decided = (wire: Wire) => ({
  ...assignmentFact(wire),
  effectiveOn: field.date(wire, 'effectiveOn'),
  explanation: explanation(wire),
  receivedAtMs: field.instant(wire, 'receivedAtMs'),
});

const optionalHash = (wire: Wire, name: string) =>
  wire[name] === null ? undefined : field.contentHash(wire, name);

/** A step whose code only a newer version knows is left out: the team is what a reader acts on. */
function explanation(wire: Wire): readonly Reason[] {
  const steps: Reason[] = [];
  for (const step of field.records(wire, 'explanation')) {
    const code = step['code'];
    if (!isReasonCode(code)) continue;
    steps.push({ code, parameters: field.texts(step, 'parameters', PARAMETER_CHARACTERS_MAX) });
  }
  return steps;
}

function isReasonCode(code: unknown): code is ReasonCode {
  const codes: ReadonlySet<unknown> = known.reasonCodes;
  return codes.has(code);
}

const caseAndDossier = (wire: Wire) => ({
  caseId: field.identifier<'CaseId'>(wire, 'caseId'),
  dossierRef: field.optionalIdentifier<'DossierRef'>(wire, 'dossierRef'),
});

export const READERS: Readers = {
  CaseRegistered: (wire) => {
    const addressKind = field.oneOf(known.addressKinds, wire, 'addressKind');
    return {
      type: 'CaseRegistered',
      eventId: field.identifier(wire, 'eventId'),
      caseId: field.identifier(wire, 'caseId'),
      clientKey: field.clientKey(wire),
      receivedAtMs: field.instant(wire, 'receivedAtMs'),
      receivedOn: field.date(wire, 'receivedOn'),
      bsnSuffix: field.bsnSuffix(wire),
      addressKind,
      postcode: field.postcodeOf(addressKind, wire),
      law: field.code(wire, 'law'),
      product: field.code(wire, 'product'),
      employment: field.code(wire, 'employment'),
      participatiewet: field.flag(wire, 'participatiewet'),
      groups: field.codes(wire, 'groups'),
      employerKey: field.optionalIdentifier(wire, 'employerKey'),
      dossierRef: field.optionalIdentifier(wire, 'dossierRef'),
      channel: field.oneOf(known.channels, wire, 'channel'),
    };
  },
  CaseClosed: (wire) => ({
    type: 'CaseClosed',
    ...intakeFact(wire),
    caseId: field.identifier(wire, 'caseId'),
    closedOn: field.date(wire, 'closedOn'),
  }),
  ClientMoved: (wire) => {
    const addressKind = field.oneOf(known.addressKinds, wire, 'addressKind');
    return {
      type: 'ClientMoved',
      ...intakeFact(wire),
      addressKind,
      postcode: field.postcodeOf(addressKind, wire),
      movedOn: field.date(wire, 'movedOn'),
    };
  },
  ClientStatusChanged: (wire) => ({
    type: 'ClientStatusChanged',
    ...intakeFact(wire),
    participatiewet: field.flag(wire, 'participatiewet'),
    groups: field.codes(wire, 'groups'),
    changedOn: field.date(wire, 'changedOn'),
  }),
  CaseAssigned: (wire) => ({
    type: 'CaseAssigned',
    eventId: field.identifier(wire, 'eventId'),
    clientKey: field.clientKey(wire),
    clientSequence: field.count(wire, 'clientSequence', 1),
    source: field.sourcePosition(wire),
    demarcation: field.identifier(wire, 'demarcation'),
    demarcationHash: field.contentHash(wire, 'demarcationHash'),
    effectiveOn: field.date(wire, 'effectiveOn'),
    explanation: explanation(wire),
    receivedAtMs: field.instant(wire, 'receivedAtMs'),
    caseId: field.identifier(wire, 'caseId'),
    team: field.identifier(wire, 'team'),
    office: field.identifier(wire, 'office'),
    district: field.identifier(wire, 'district'),
    arbeidsmarktregio: field.optionalIdentifier(wire, 'arbeidsmarktregio'),
    law: field.code(wire, 'law'),
    product: field.code(wire, 'product'),
    rule: field.oneOf(known.rules, wire, 'rule'),
    basis: field.optionalOneOf(known.bases, wire, 'basis'),
    journey: field.count(wire, 'journey', 1),
    dossierRef: field.optionalIdentifier(wire, 'dossierRef'),
  }),
  ClientHandedOver: (wire) => ({
    type: 'ClientHandedOver',
    ...decided(wire),
    demarcation: field.identifier(wire, 'demarcation'),
    demarcationHash: field.contentHash(wire, 'demarcationHash'),
    fromTeam: field.identifier(wire, 'fromTeam'),
    fromOffice: field.identifier(wire, 'fromOffice'),
    team: field.identifier(wire, 'team'),
    office: field.identifier(wire, 'office'),
    district: field.identifier(wire, 'district'),
    arbeidsmarktregio: field.optionalIdentifier(wire, 'arbeidsmarktregio'),
    cause: field.oneOf(known.handoverCauses, wire, 'cause'),
    journey: field.count(wire, 'journey', 1),
    cases: field.records(wire, 'cases').map(caseAndDossier),
  }),
  CaseParked: (wire) => ({
    type: 'CaseParked',
    ...decided(wire),
    caseId: field.identifier(wire, 'caseId'),
    code: field.oneOf(known.parkedCodes, wire, 'code'),
    demarcation: field.optionalIdentifier(wire, 'demarcation'),
    demarcationHash: optionalHash(wire, 'demarcationHash'),
    office: field.optionalIdentifier(wire, 'office'),
    district: field.optionalIdentifier(wire, 'district'),
    law: field.code(wire, 'law'),
    product: field.code(wire, 'product'),
    dossierRef: field.optionalIdentifier(wire, 'dossierRef'),
  }),
  CaseReleased: (wire) => ({
    type: 'CaseReleased',
    ...assignmentFact(wire),
    caseId: field.identifier(wire, 'caseId'),
    team: field.optionalIdentifier(wire, 'team'),
    office: field.optionalIdentifier(wire, 'office'),
    closedOn: field.date(wire, 'closedOn'),
  }),
  Acknowledgement: (wire) => ({
    type: 'Acknowledgement',
    division: field.oneOf(known.divisions, wire, 'division'),
    clientKey: field.clientKey(wire),
    clientSequence: field.count(wire, 'clientSequence', 1),
    team: field.optionalIdentifier(wire, 'team'),
    acknowledgedAtMs: field.instant(wire, 'acknowledgedAtMs'),
  }),
  DeadLetter: (wire) => ({
    type: 'DeadLetter',
    code: field.oneOf(known.deadLetterCodes, wire, 'code'),
    reason: field.text(wire, 'reason', DEAD_LETTER_REASON_CHARACTERS_MAX),
    source: field.sourcePosition(wire),
    key: field.optionalBytes(wire, 'key'),
    value: field.optionalBytes(wire, 'value'),
    headers: field.bytes(wire, 'headers'),
    masked: field.flag(wire, 'masked'),
  }),
  ClientState: (wire) => ({
    type: 'ClientState',
    bsnSuffix: wire['bsnSuffix'] === null ? undefined : field.bsnSuffix(wire),
    addressKind: field.oneOf(known.addressKinds, wire, 'addressKind'),
    postcode: field.postcode(wire),
    participatiewet: field.flag(wire, 'participatiewet'),
    groups: field.codes(wire, 'groups'),
    team: field.optionalIdentifier(wire, 'team'),
    office: field.optionalIdentifier(wire, 'office'),
    journey: field.count(wire, 'journey', 0),
    allClosedOn: wire['allClosedOn'] === null ? undefined : field.date(wire, 'allClosedOn'),
    sequence: field.count(wire, 'sequence', 0),
    openCases: field.records(wire, 'openCases').map((open) => ({
      ...caseAndDossier(open),
      law: field.code(open, 'law'),
      product: field.code(open, 'product'),
      employment: field.code(open, 'employment'),
      receivedOn: field.date(open, 'receivedOn'),
      receivedAtMs: field.instant(open, 'receivedAtMs'),
      parked: field.optionalOneOf(known.parkedCodes, open, 'parked'),
    })),
    closedCases: field.identifiers(wire, 'closedCases'),
    recentEvents: field.identifiers(wire, 'recentEvents'),
    addressAsOfMs: field.instant(wire, 'addressAsOfMs'),
    statusAsOfMs: field.instant(wire, 'statusAsOfMs'),
  }),
  Checkpoint: (wire) => ({
    type: 'Checkpoint',
    intakeNext: field.count(wire, 'intakeNext', 0),
    commandsNext: field.count(wire, 'commandsNext', 0),
    active: field.records(wire, 'active').map((active) => ({
      version: field.identifier(active, 'version'),
      contentHash: field.contentHash(active, 'contentHash'),
      effectiveFrom: field.date(active, 'effectiveFrom'),
    })),
  }),
  DemarcationActivated: (wire) => ({
    type: 'DemarcationActivated',
    eventId: field.identifier(wire, 'eventId'),
    version: field.identifier(wire, 'version'),
    contentHash: field.contentHash(wire, 'contentHash'),
    effectiveFrom: field.date(wire, 'effectiveFrom'),
    activatedBy: field.text(wire, 'activatedBy', NAME_CHARACTERS_MAX),
  }),
  DemarcationPart: (wire) => ({
    type: 'DemarcationPart',
    version: field.identifier<'DemarcationVersion'>(wire, 'version'),
    name: field.text(wire, 'name', NAME_CHARACTERS_MAX),
    sha256: field.contentHash(wire, 'sha256'),
    body: field.bytes(wire, 'body'),
  }),
  DemarcationManifest: (wire) => ({
    type: 'DemarcationManifest',
    version: field.identifier<'DemarcationVersion'>(wire, 'version'),
    contentHash: field.contentHash(wire, 'contentHash'),
    effectiveFrom: field.date(wire, 'effectiveFrom'),
    decisionReference: field.text(wire, 'decisionReference', NAME_CHARACTERS_MAX),
    publishedAtMs: field.instant(wire, 'publishedAtMs'),
    publishedBy: field.text(wire, 'publishedBy', NAME_CHARACTERS_MAX),
    parts: field.records(wire, 'parts').map((part) => ({
      name: field.text(part, 'name', NAME_CHARACTERS_MAX),
      sha256: field.contentHash(part, 'sha256'),
      bytes: field.count(part, 'bytes', 0),
    })),
  }),
};
