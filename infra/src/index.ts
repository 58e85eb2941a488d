export {
  startStack,
  type PartName,
  type PartState,
  type Stack,
  type StackOptions,
} from './start-stack.ts';
export type { StackPart } from './ensure-parts.ts';
export { findMissingParts, type MissingPart } from './missing-parts.ts';
export type { MachinePart } from './how-to-get.ts';
export { StackFault, type StackFaultCode } from './stack-fault.ts';
export { reportOnStderr, type Report } from './progress.ts';
