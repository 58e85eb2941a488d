import { createMemoryRegistry } from './memory-registry.ts';
import { registryContract } from './registry.contract.ts';

const registry = createMemoryRegistry();

registryContract('in memory', () => registry);
