export { describeTxnLog } from './describe-txn-log.ts';
export type { Hold, Powers, Step, TopicOptions, TxnLogHarness } from './harness.ts';
export { audit, CLEAN, CountingTask } from './counting-task.ts';
export type { Audit, Counted, CountingOptions, CountingPlaces, Flaw } from './counting-task.ts';
