import { createMemoryRegistry, openCodec, registerSchemas, type Codec } from '@smc/events';

/** The codec that packs clients as the router does, without a registry elsewhere. */
export async function openSimulationCodec(): Promise<Codec> {
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  return openCodec({ registry, types: ['ClientState'] });
}
