export { clientKey, date, EventMaker, id } from './events.ts';
export { createTestLog, type TestLog } from './test-log.ts';
export { until } from './until.ts';
