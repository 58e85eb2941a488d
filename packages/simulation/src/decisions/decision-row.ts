import { unreachable, type AssignmentEvent, type IntakeEvent } from '@smc/domain';
import { explain, type DecisionRefusal, type Language } from '@smc/decision';
import type { Taken } from '../simulation.ts';

export const OUTCOMES = ['assigned', 'handed-over', 'parked', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One decision, as a line of a file. What does not apply is undefined. */
export type DecisionRow = {
  /** The scenario that decided. */
  readonly demarcation: string;
  readonly clientKey: string;
  /** Of a handover: every case that goes along. */
  readonly cases: readonly string[];
  readonly outcome: Outcome;
  readonly effectiveOn: string | undefined;
  readonly team: string | undefined;
  readonly office: string | undefined;
  readonly district: string | undefined;
  readonly arbeidsmarktregio: string | undefined;
  readonly law: string | undefined;
  readonly product: string | undefined;
  readonly line: string | undefined;
  readonly rule: string | undefined;
  readonly basis: string | undefined;
  readonly parkedCode: string | undefined;
  /** Of a handover, why; of a refused event, its code. */
  readonly cause: string | undefined;
  readonly explanation: readonly string[];
  /** The explanation in words, where it was asked for. */
  readonly words: readonly string[];
};

const NOTHING = {
  effectiveOn: undefined,
  team: undefined,
  office: undefined,
  district: undefined,
  arbeidsmarktregio: undefined,
  law: undefined,
  product: undefined,
  line: undefined,
  rule: undefined,
  basis: undefined,
  parkedCode: undefined,
  cause: undefined,
  explanation: [],
  words: [],
};

/** The decisions in what was taken. The release of a closed case is none. */
export function rowsOf(
  taken: Taken,
  of: { readonly demarcation: string; readonly language: Language | undefined },
): readonly DecisionRow[] {
  if (taken.kind === 'refused') return [refusedRow(taken.event, taken.refusal, of.demarcation)];
  return taken.events.flatMap((event) => rowOf(event, of) ?? []);
}

function refusedRow(
  event: IntakeEvent,
  { code }: DecisionRefusal,
  demarcation: string,
): DecisionRow {
  const { clientKey } = event;
  const cases = 'caseId' in event ? [event.caseId] : [];
  return { ...NOTHING, demarcation, clientKey, cases, outcome: 'refused', cause: code };
}

function rowOf(
  told: AssignmentEvent,
  {
    demarcation,
    language,
  }: { readonly demarcation: string; readonly language?: Language | undefined },
): DecisionRow | undefined {
  if (told.type === 'CaseReleased') return undefined;
  const { clientKey, effectiveOn, office, district } = told;
  const common = {
    ...NOTHING,
    demarcation,
    clientKey,
    effectiveOn,
    office,
    district,
    explanation: told.explanation.map(({ code }) => code),
    words: language === undefined ? [] : explain(told.explanation, language),
  };
  switch (told.type) {
    case 'CaseAssigned': {
      const { caseId, team, arbeidsmarktregio, law, product, line, rule, basis } = told;
      const placed = { team, arbeidsmarktregio, law, product, line, rule, basis };
      return { ...common, ...placed, cases: [caseId], outcome: 'assigned' };
    }
    case 'ClientHandedOver': {
      const { team, arbeidsmarktregio, cause } = told;
      const cases = told.cases.map(({ caseId }) => caseId);
      return { ...common, team, arbeidsmarktregio, cause, cases, outcome: 'handed-over' };
    }
    case 'CaseParked': {
      const { caseId, law, product, code } = told;
      return { ...common, law, product, parkedCode: code, cases: [caseId], outcome: 'parked' };
    }
    default:
      return unreachable(told);
  }
}
