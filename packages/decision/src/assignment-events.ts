/** The events of a decision, filled in. */
import {
  isPlaced,
  must,
  type CaseAssigned,
  type CaseClosed,
  type CaseParked,
  type CaseReleased,
  type ClientHandedOver,
  type HandoverCause,
  type LocalDate,
  type OpenCase,
  type Reason,
  type TeamId,
} from '@smc/domain';
import { nextFact, type Draft } from './draft.ts';
import type { Parked, Placed, Question } from './rules/rule.ts';

export function caseAssigned(
  draft: Draft,
  decided: {
    readonly incoming: OpenCase;
    readonly placed: Placed;
    readonly question: Question;
    readonly journey: number;
    readonly receivedAtMs: number;
  },
): CaseAssigned {
  const { incoming, placed, question } = decided;
  const { demarcation } = question.index;
  // Written out: nearly every case gives one, and an object that begins with a spread grows field
  // by field, which makes it five times as large and slow to read.
  const { eventId, clientKey, clientSequence, source } = nextFact(draft);
  return {
    eventId,
    clientKey,
    clientSequence,
    source,
    effectiveOn: question.on,
    explanation: placed.reasons,
    receivedAtMs: decided.receivedAtMs,
    type: 'CaseAssigned',
    demarcation: demarcation.version,
    demarcationHash: demarcation.contentHash,
    caseId: incoming.caseId,
    team: placed.team.id,
    office: placed.team.office,
    district: districtOf(placed, question),
    arbeidsmarktregio: question.area?.area.arbeidsmarktregio,
    law: incoming.law,
    product: incoming.product,
    line: question.line,
    rule: placed.rule,
    basis: placed.basis,
    journey: decided.journey,
    dossierRef: incoming.dossierRef,
  };
}

export function clientHandedOver(
  draft: Draft,
  decided: {
    readonly from: TeamId;
    readonly cause: HandoverCause;
    readonly placed: Placed;
    readonly question: Question;
    readonly receivedAtMs: number;
  },
): ClientHandedOver {
  const { placed, question } = decided;
  const { demarcation } = question.index;
  const { client } = draft;
  const withTeam = client.openCases.filter(isPlaced);
  return {
    ...decidedFact(draft, { on: question.on, ...decided, reasons: placed.reasons }),
    type: 'ClientHandedOver',
    demarcation: demarcation.version,
    demarcationHash: demarcation.contentHash,
    fromTeam: decided.from,
    fromOffice: must(client.office, 'a client with a team has its office'),
    team: placed.team.id,
    office: placed.team.office,
    district: districtOf(placed, question),
    arbeidsmarktregio: question.area?.area.arbeidsmarktregio,
    cause: decided.cause,
    journey: client.journey,
    cases: withTeam.map(({ caseId, dossierRef }) => ({ caseId, dossierRef })),
  };
}

export function caseParked(
  draft: Draft,
  decided: {
    readonly incoming: OpenCase;
    readonly parked: Parked;
    readonly on: LocalDate;
    /** Absent where no demarcation holds. */
    readonly question: Question | undefined;
    readonly receivedAtMs: number;
  },
): CaseParked {
  const { incoming, parked, question } = decided;
  return {
    ...decidedFact(draft, { ...decided, reasons: parked.reasons }),
    type: 'CaseParked',
    demarcation: question?.index.demarcation.version,
    demarcationHash: question?.index.demarcation.contentHash,
    caseId: incoming.caseId,
    code: parked.code,
    office: parked.office?.id,
    district: parked.office?.district,
    law: incoming.law,
    product: incoming.product,
    dossierRef: incoming.dossierRef,
  };
}

/** D15: a closed case frees its team's capacity; a parked one was with no team. */
export function caseReleased(draft: Draft, event: CaseClosed, closed: OpenCase): CaseReleased {
  const { team, office } = draft.client;
  const wasWithTeam = isPlaced(closed);
  return {
    ...nextFact(draft),
    type: 'CaseReleased',
    caseId: closed.caseId,
    team: wasWithTeam ? team : undefined,
    office: wasWithTeam ? office : undefined,
    closedOn: event.closedOn,
  };
}

function decidedFact(
  draft: Draft,
  decided: {
    readonly on: LocalDate;
    readonly reasons: readonly Reason[];
    readonly receivedAtMs: number;
  },
) {
  const { on, reasons, receivedAtMs } = decided;
  return { ...nextFact(draft), effectiveOn: on, explanation: reasons, receivedAtMs };
}

function districtOf({ team }: Placed, { index }: Question) {
  return index.office(team.office).office.district;
}
