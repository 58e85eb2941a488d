/** The three workers, each a process of its own that says when it is ready. */
import path from 'node:path';
import { ServiceProcess } from '@smc/operator';
import type { World } from './world.ts';

export const WORKERS = ['ours', 'good', 'plain'] as const;
export type WorkerName = (typeof WORKERS)[number];

export const GUARANTEE: Readonly<Record<WorkerName, string>> = {
  ours: 'exactly once',
  good: 'exactly once',
  plain: 'at least once',
};

const PEERS = path.join(import.meta.dirname, 'peers');

/** Where node writes its profile when the worker ends; undefined: it is not profiled. */
export type ProfileFolder = string | undefined;

export function startWorker(
  name: WorkerName,
  world: World,
  of: { readonly round: number; readonly profileFolder: ProfileFolder },
): ServiceProcess {
  const { stack, partitions } = world;
  const groupId = `bench-${name}-${of.round}`;
  const profiling = of.profileFolder && `--cpu-prof --cpu-prof-dir=${of.profileFolder}`;
  return ServiceProcess.start({
    service: 'router',
    name: `${name}-${of.round}`,
    logFolder: stack.dataFolder,
    ...(name === 'ours' ? {} : { program: path.join(PEERS, `${name}.ts`) }),
    environment: {
      SMC_KAFKA_BROKERS: stack.bootstrapServers,
      SMC_REGISTRY_URL: stack.registryUrl,
      SMC_REDIS_URL: stack.redisUrl,
      SMC_PARTITIONS: String(partitions),
      SMC_ROUTER_GROUP: groupId,
      SMC_LOG_LEVEL: 'warn',
      BENCH_GROUP: groupId,
      ...(profiling === undefined ? {} : { NODE_OPTIONS: profiling }),
    },
  });
}
