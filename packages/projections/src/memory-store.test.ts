import { createMemoryStore } from './memory-store.ts';
import { testReadModelStore } from './read-model-store.contract.ts';

testReadModelStore(async () => createMemoryStore());
