export { EXAMPLE_FOLDER, EXAMPLE_VERSIONS } from './example-folders.ts';
export { generateCases, type CaseOptions, type ExampleInput } from './generate-cases.ts';
export {
  generateClients,
  type ClientOptions,
  type ExampleAddress,
  type ExampleClient,
} from './generate-clients.ts';
export { inventedBsn, INVENTED_BSNS_MAX } from './invented-bsn.ts';
export { builtInPopulation, loadPopulation, type Population } from './population.ts';
