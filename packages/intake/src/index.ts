export {
  clientKeySetting,
  createClientKeyDeriver,
  SECRET_BYTES_MIN,
  type ClientKeyDeriver,
} from './client-key.ts';
export { readCodeLists, type CodeLists } from './code-lists.ts';
export {
  isObject,
  optional,
  readShape,
  required,
  type FieldProblem,
  type FieldRule,
} from './field-rules.ts';
export {
  createIntakeParser,
  INTAKE_KINDS,
  problemsOfAddress,
  type IntakeKind,
  type IntakeParser,
  type ParseContext,
} from './intake-parser.ts';
export { openIntakeWriter, type IntakeWriter } from './intake-writer.ts';
export {
  importFile,
  LINE_BYTES_MAX,
  readEvent,
  rejectionsOf,
  REJECTIONS_MAX,
  type ImportOptions,
  type ImportProgress,
  type ImportReport,
  type Rejection,
} from './import-file.ts';
export type { IntakeShapes } from './intake-shapes.ts';
export { readLines, unpacked, type Line } from './line-reader.ts';
export { amsterdamDay } from './amsterdam-day.ts';
export { openApiDocument, type ApiContact } from './openapi.ts';
export {
  intakeSettings,
  startIntake,
  type IntakeConfig,
  type RunningIntake,
  type StartIntake,
} from './start-intake.ts';
