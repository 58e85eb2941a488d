export * from './result.ts';
export * from './assert.ts';
export type { Brand } from './brand.ts';
export * from './identifiers.ts';
export { Bsn, isBsnSuffix, passesElfproef, type BsnRefusal, type BsnSuffix } from './bsn.ts';
export {
  isPc4,
  isPostcode,
  normalisePostcode,
  pc4Of,
  type Pc4,
  type Postcode,
} from './postcode.ts';
export { addMonths, fromEpochDay, isLocalDate, toEpochDay, type LocalDate } from './local-date.ts';
export * from './intake-event.ts';
export * from './assignment-event.ts';
export * from './client-state.ts';
export * from './other-events.ts';
export * from './office-event.ts';
export { partitionOf } from './partition-of.ts';
export * from './topics.ts';
