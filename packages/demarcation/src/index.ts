export { readDemarcation, readFiles, validateDemarcation } from './read-demarcation.ts';
export {
  validateFiles,
  type DemarcationFiles,
  type ValidateOptions,
  type Validation,
} from './validate-files.ts';
export { formatProblem, Problems, remedyOf, type Problem } from './problem.ts';
export { toSarif } from './proof/sarif.ts';
export { RULES, severityOf, type Rule, type RuleId, type Severity } from './proof/rules.ts';
export { readPopulation, type Population } from './proof/population.ts';
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
export { compareDemarcations, isSame, type DemarcationDiff } from './diff/compare-demarcations.ts';
export { describeDiff } from './diff/diff-words.ts';
export { readableDemarcation, type ReadableDemarcation } from './map/readable-demarcation.ts';
export { GEO_BYTES_MAX, readGeography, type Shape } from './map/geography.ts';
export { ownAreaPostcodes, readAreaPostcodes, type AreaPostcodes } from './map/area-postcodes.ts';
export { MAP_BY, type MapBy } from './map/postcode-colours.ts';
export { mapPage, type MapPage } from './map/map-page.ts';
