export { buildViews, type BuildProgress, type ProjectionSource } from './build-views.ts';
export { quantileMs } from './durations.ts';
export { createMemoryStore } from './memory-store.ts';
export { PROJECTED_TYPES } from './project-batch.ts';
export {
  startProjection,
  type Projector,
  type ProjectorOptions,
  type ProjectorReports,
  type ProjectorStatus,
} from './projector.ts';
export { StoreFault, type Namespace, type ReadModelStore } from './read-model-store.ts';
export {
  openViews,
  type CaseAnswer,
  type Caseload,
  type ClientAnswer,
  type ConvergenceReport,
  type DecisionCounts,
  type Durations,
  type Inflow,
  type ParkedList,
  type Views,
  type Worklist,
} from './read-views.ts';
export { connectRedisStore } from './redis-store.ts';
export { createReports, watchViews } from './reports.ts';
export {
  projectorSettings,
  startProjector,
  type RunningProjector,
  type StartProjector,
} from './start-projector.ts';
export type { CaseView, ClientView } from './views.ts';
