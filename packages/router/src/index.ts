export {
  DEFAULT_LIMITS,
  PartitionMismatchError,
  ROUTER_TYPES,
  routerSettings,
  startRouter,
  type RouterOptions,
} from './start-router.ts';
export { ByteStore } from './byte-store.ts';
export { ActiveDemarcations } from './active-demarcations.ts';
export { stockEvents } from './activation.ts';
export type { Demarcations } from './demarcation-waits.ts';
export type { BatchLimits } from './batch.ts';
