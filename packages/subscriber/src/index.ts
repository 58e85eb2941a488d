export { SubscriberFault, type SubscriberFaultCode } from './faults.ts';
export {
  canBeWaitedOut,
  Follower,
  type FollowedBatch,
  type FollowedRecord,
  type FollowedTopic,
  type FollowerOptions,
  type FollowerReports,
  type LogPosition,
} from './follower.ts';
export type { Handler } from './handler.ts';
export { Outage, type OutageReports } from './outage.ts';
export { createReports, watchSubscriber } from './reports.ts';
export { openLocalDatabase, openMemoryDatabase } from './local-database.ts';
export {
  ASSIGNMENT_TYPES,
  LocalStore,
  teamAfter,
  type BadRecord,
  type ClientProgress,
  type Gap,
  type Intake,
} from './local-store.ts';
export {
  startSubscriber,
  type Subscriber,
  type SubscriberOptions,
  type SubscriberReports,
  type SubscriberStatus,
} from './subscriber.ts';
