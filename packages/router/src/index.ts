export {
  DEFAULT_LIMITS,
  PartitionMismatchError,
  ROUTER_TYPES,
  routerSettings,
  startRouter,
  type RouterOptions,
} from './start-router.ts';
export { ActiveDemarcations } from './active-demarcations.ts';
export type { Demarcations } from './router-task.ts';
export type { BatchLimits } from './batch.ts';
