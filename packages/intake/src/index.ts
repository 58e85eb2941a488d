export {
  clientKeySetting,
  createClientKeyDeriver,
  SECRET_BYTES_MIN,
  type ClientKeyDeriver,
} from './client-key.ts';
export { readCodeLists, type CodeLists } from './code-lists.ts';
export type { FieldProblem } from './field-rules.ts';
export {
  createIntakeParser,
  INTAKE_KINDS,
  type IntakeKind,
  type IntakeParser,
  type ParseContext,
} from './intake-parser.ts';
export { openIntakeWriter, type IntakeWriter } from './intake-writer.ts';
export {
  importFile,
  REJECTIONS_MAX,
  type ImportOptions,
  type ImportProgress,
  type ImportReport,
  type Rejection,
} from './import-file.ts';
export { amsterdamDay } from './amsterdam-day.ts';
export { openApiDocument, type ApiContact } from './openapi.ts';
export {
  intakeSettings,
  startIntake,
  type IntakeConfig,
  type RunningIntake,
  type StartIntake,
} from './start-intake.ts';
