export {
  planMoves,
  type ClientSource,
  type PlanBody,
  type PlanQuestion,
} from './plan/plan-moves.ts';
export {
  PLAN_FORMAT,
  type LogPosition,
  type MoveCause,
  type MoveRow,
  type PlanHeader,
  type PlanLine,
  type PlanRow,
  type PlanSummary,
  type RegionLine,
  type TeamLine,
  type TeamLoad,
  type WaitRow,
} from './plan/plan.ts';
export { objectiveText, parseObjective, type Objective } from './plan/objective.ts';
export { EVERYBODY, parseScope, type Scope } from './plan/scope.ts';
export type { SetOutcome } from './plan/team-set.ts';
export { planChunks, writePlan } from './file/plan-writer.ts';
export { PlanFileError, readPlan, type ReadPlan } from './file/plan-reader.ts';
export { impactOf, type Impact, type TeamImpact, type TeamState } from './impact/impact.ts';
export { comparePlans, type PlanComparison } from './impact/compare-plans.ts';
export {
  comparisonSections,
  explainMove,
  impactSections,
  type Section,
} from './impact/impact-text.ts';
