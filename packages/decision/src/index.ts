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
export type { Decide, Decision, DecisionRefusal } from './decide.ts';
