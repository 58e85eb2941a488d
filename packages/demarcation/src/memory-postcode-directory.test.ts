import { createMemoryPostcodeDirectory } from './memory-postcode-directory.ts';
import { testPostcodeDirectory } from './postcode-directory.contract.ts';

testPostcodeDirectory(async () => createMemoryPostcodeDirectory());
