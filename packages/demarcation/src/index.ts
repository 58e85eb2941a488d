export { readDemarcation } from './read-demarcation.ts';
export { formatProblem, Problems, type Problem } from './problem.ts';
export { parseYaml, whole, YAML_BYTES_MAX, type YamlCursor } from './yaml-cursor.ts';
export { readDate, readList, readName } from './read-fields.ts';
export type {
  Arbeidsmarktregio,
  ByHand,
  Classification,
  DemarcationDocument,
  Hours,
  Named,
  Neighbourhood,
  OfficeDocument,
  Organisation,
  RecordedException,
  RecordedExclusion,
  RoleFloor,
  SharedRange,
  TeamDocument,
  WerkbedrijfOffice,
} from './document.ts';
export type { PostcodeEntry, PostcodeTable } from './postcode-table.ts';
export {
  sliceDemarcation,
  type ManifestOutline,
  type SlicedDemarcation,
} from './slice-demarcation.ts';
export {
  assembleDemarcation,
  type AssemblyFlaw,
  type PublishedDemarcation,
} from './assemble-demarcation.ts';
export {
  publishDemarcation,
  PUBLISH_TYPES,
  type Publication,
  type PublishOptions,
  type PublishRefusal,
} from './publish-demarcation.ts';
export {
  CATALOGUE_TYPES,
  DemarcationCatalogue,
  type CatalogueOptions,
} from './demarcation-catalogue.ts';
export type { KnownVersion } from './version-index.ts';
export {
  DirectoryFault,
  type DirectoryFaultCode,
  type PostcodeDirectory,
  type TableKey,
} from './postcode-directory.ts';
export { connectRedisPostcodeDirectory } from './redis-postcode-directory.ts';
export { createMemoryPostcodeDirectory } from './memory-postcode-directory.ts';
export {
  whoHelps,
  type HelpAnswer,
  type NobodyHelps,
  type WhoHelps,
  type WhoHelpsQuestion,
} from './show/who-helps.ts';
export { describeNobody, describeWhoHelps } from './show/show-words.ts';
