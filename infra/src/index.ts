export { startStack } from './start-stack.ts';
export type { StackOptions } from './prepare-stack.ts';
export type { PartName, PartState, Stack } from './stack.ts';
export type { StackPart } from './ensure-parts.ts';
export { findMissingParts, type MissingPart } from './missing-parts.ts';
export type { MachinePart } from './how-to-get.ts';
export { StackFault, type StackFaultCode } from './stack-fault.ts';
export { reportOnStderr, type Report } from './progress.ts';
export {
  loadTopics,
  TOPICS_FILE,
  type LoadTopicsOptions,
  type Topics,
  type TopicSpec,
} from './topics.ts';
export { createTopics, type CreatedTopics } from './create-topics.ts';
export {
  stackDown,
  stackReset,
  stackStatus,
  stackUp,
  type StackAddresses,
  type StackCommandOptions,
  type StackPartStatus,
  type StackStatus,
} from './stack-command.ts';
export { startWatchdog, type Watchdog } from './watchdog.ts';
