export {
  DEFAULT_PRECEDENCE,
  WHOLE_CASE,
  type Area,
  type Band,
  type Capacity,
  type Competence,
  type Demarcation,
  type Exclusion,
  type LineTable,
  type Office,
  type Participatiewet,
  type PostcodeAreas,
  type PostcodeRange,
  type PrecedenceRule,
  type Route,
  type Rulebook,
  type Settings,
  type SpecialGroup,
  type Team,
  type TeamProfile,
  type Weights,
} from './demarcation.ts';
export {
  decide,
  type ClientInput,
  type Decide,
  type Decision,
  type DecisionRefusal,
} from './decide.ts';
export { AREAS_MAX, buildPostcodeAreas, type PostcodeAreasInput } from './postcode-areas.ts';
export { handles, minutesOn } from './eligible.ts';
export {
  askClient,
  claimOn,
  lineOf,
  mayHelp,
  regionOf,
  type Claim,
  type ClientAnswer,
  type ClientQuestion,
} from './ask-client.ts';
export type { Verdict } from './rules/order.ts';
export { newestPlaced } from './place-case.ts';
export { journeyOn, type Journey } from './journey.ts';
export {
  decideOffice,
  loadsOf,
  type DecideOffice,
  type OfficeDecision,
} from './workload/decide-office.ts';
export { LoadCount, stockChanges, type OfficeChanges } from './workload/counting.ts';
export { weightOf } from './workload/weight.ts';
export { countedOffices, emptyRulebook, rulebookOf } from './rulebook.ts';
export { explain, HANDOVER_WORDS, PARKED_WORDS, RULE_WORDS, type Language } from './explain.ts';
