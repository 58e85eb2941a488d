import { stackStatus } from '@smc/infra';
import {
  kafkaSetting,
  readConfig,
  redisSetting,
  registrySetting,
  type ConfigOf,
} from '@smc/runtime';
import { CommandEnd, EXIT } from './exit.ts';

const SETTINGS = { kafka: kafkaSetting, registry: registrySetting, redis: redisSetting };
export type Addresses = ConfigOf<typeof SETTINGS>;

/**
 * Where Kafka, registry and Redis are: as the environment says (SMC_KAFKA_BROKERS,
 * SMC_REGISTRY_URL, SMC_REDIS_URL), else the local stack that runs from this checkout.
 */
export function findAddresses(env: NodeJS.ProcessEnv = process.env): Addresses {
  const config = readConfig(SETTINGS, { ...environmentOfStack(), ...env });
  if (config.ok) return config.value;
  const problems = config.refusal.map((p) => `${p.variable}: expected ${p.expected}`);
  throw new CommandEnd(EXIT.usage, problems.join('\n'));
}

/** The variables by which services find the local stack; none when it was never started. */
export function environmentOfStack(): Record<string, string> {
  const { addresses } = stackStatus();
  if (addresses === undefined) return {};
  return environmentOf(addresses);
}

export function environmentOf(addresses: {
  readonly bootstrapServers: string;
  readonly registryUrl: string | undefined;
  readonly redisUrl: string | undefined;
}): Record<string, string> {
  const { bootstrapServers, registryUrl, redisUrl } = addresses;
  return {
    SMC_KAFKA_BROKERS: bootstrapServers,
    ...(registryUrl === undefined ? {} : { SMC_REGISTRY_URL: registryUrl }),
    ...(redisUrl === undefined ? {} : { SMC_REDIS_URL: redisUrl }),
  };
}
