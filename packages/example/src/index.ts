export { EXAMPLE_FOLDER, EXAMPLE_VERSIONS } from './example-folders.ts';
