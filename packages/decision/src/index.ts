export type {
  Area,
  Demarcation,
  Office,
  PostcodeAreas,
  PostcodeRange,
  Route,
  Rulebook,
  Settings,
  Team,
} from './demarcation.ts';
export { decide, type Decide, type Decision, type DecisionRefusal } from './decide.ts';
export { AREAS_MAX, buildPostcodeAreas, type PostcodeAreasInput } from './postcode-areas.ts';
export { emptyRulebook, rulebookOf } from './rulebook.ts';
export { explain, HANDOVER_WORDS, PARKED_WORDS, RULE_WORDS, type Language } from './explain.ts';
