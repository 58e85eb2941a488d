export { readDemarcation } from './read-demarcation.ts';
export { formatProblem, type Problem } from './problem.ts';
export type {
  DemarcationDocument,
  Named,
  OfficeDocument,
  Organisation,
  RecordedException,
  WerkbedrijfOffice,
} from './document.ts';
export type { PostcodeEntry, PostcodeTable } from './postcode-table.ts';
