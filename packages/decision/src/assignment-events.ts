/** The events of a decision, filled in. */
import {
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
  },
): CaseAssigned {
  const { incoming, placed, question, journey } = decided;
  return {
    type: 'CaseAssigned',
    ...nextFact(draft),
    ...decidedBy(draft, question.on, placed.reasons),
    ...versionOf(question),
    caseId: incoming.caseId,
    ...destinationOf(placed, question),
    law: incoming.law,
    product: incoming.product,
    rule: placed.rule,
    basis: placed.basis,
    journey,
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
  },
): ClientHandedOver {
  const { from, cause, placed, question } = decided;
  const { client } = draft;
  const withTeam = client.openCases.filter(({ parked }) => parked === undefined);
  return {
    type: 'ClientHandedOver',
    ...nextFact(draft),
    ...decidedBy(draft, question.on, placed.reasons),
    ...versionOf(question),
    fromTeam: from,
    fromOffice: must(client.office, 'a client with a team has its office'),
    ...destinationOf(placed, question),
    cause,
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
  },
): CaseParked {
  const { incoming, parked, on, question } = decided;
  const { code, office } = parked;
  return {
    type: 'CaseParked',
    ...nextFact(draft),
    ...decidedBy(draft, on, parked.reasons),
    demarcation: question?.index.demarcation.version,
    demarcationHash: question?.index.demarcation.contentHash,
    caseId: incoming.caseId,
    code,
    office: office?.id,
    district: office?.district,
    law: incoming.law,
    product: incoming.product,
    dossierRef: incoming.dossierRef,
  };
}

/** D15: a closed case frees its team's capacity; a parked one was with no team. */
export function caseReleased(draft: Draft, event: CaseClosed, closed: OpenCase): CaseReleased {
  const { team, office } = draft.client;
  const wasWithTeam = closed.parked === undefined;
  return {
    type: 'CaseReleased',
    ...nextFact(draft),
    caseId: closed.caseId,
    team: wasWithTeam ? team : undefined,
    office: wasWithTeam ? office : undefined,
    closedOn: event.closedOn,
  };
}

function decidedBy(draft: Draft, on: LocalDate, explanation: readonly Reason[]) {
  return { effectiveOn: on, explanation, receivedAtMs: draft.event.receivedAtMs };
}

function versionOf({ index: { demarcation } }: Question) {
  return { demarcation: demarcation.version, demarcationHash: demarcation.contentHash };
}

function destinationOf({ team }: Placed, { index, area }: Question) {
  return {
    team: team.id,
    office: team.office,
    district: index.office(team.office).office.district,
    arbeidsmarktregio: area?.area.arbeidsmarktregio,
  };
}
