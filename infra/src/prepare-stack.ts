import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Ingredients, StackPart } from './ensure-parts.ts';
import { freePorts } from './free-ports.ts';
import { clusterIdOf, newKafkaId, type BrokerPorts } from './kafka-files.ts';
import { brokerSpec, redisSpec, registrySpec, registryUrlOf } from './part-specs.ts';
import { Part, type PartSpec } from './part.ts';
import type { Report } from './progress.ts';
import { Stack } from './stack.ts';
import { startWatchdog } from './watchdog.ts';

/** Enough for the demo's load with room; one broker then takes some 350 MB. */
const KAFKA_HEAP_MB = 512;

export type StackOptions = {
  /** One broker by default; three keep three copies of everything and survive the loss of one. */
  readonly brokers?: 1 | 3;
  /** All three by default. */
  readonly parts?: readonly StackPart[];
  /** Kept when the stack stops. By default a temporary folder, removed when it stops. */
  readonly dataFolder?: string;
  /** More lines of server.properties, for every broker. */
  readonly brokerSettings?: Readonly<Record<string, string>>;
  /** 512 by default; a benchmark gives each broker about 1000. */
  readonly kafkaHeapMb?: number;
  /** `quick` starts sooner; `full` compiles for speed, as production does: for benchmarks. */
  readonly jit?: 'quick' | 'full';
  /** Used where they are free: registry, Redis, then client and controller of each broker. */
  readonly ports?: readonly number[];
  readonly report?: Report;
};

/** Chooses ports and writes every file; starts nothing but the watchdog. */
export async function prepareStack(
  ingredients: Ingredients,
  options: StackOptions,
): Promise<Stack> {
  const { dataFolder: named } = options;
  const dataFolder = named ?? mkdtempSync(path.join(tmpdir(), 'smc-stack-'));
  mkdirSync(dataFolder, { recursive: true });
  const watchdog = startWatchdog(named === undefined ? [dataFolder] : []);
  const brokerCount = ingredients.kafka === undefined ? 0 : (options.brokers ?? 1);
  const ports = await freePorts(2 + 2 * brokerCount, options.ports);
  const [registryPort = 0, redisPort = 0, ...brokerPorts] = ports;
  const { registry, redis } = ingredients;
  const folderOf = (name: string): string => path.join(dataFolder, name);
  const specs = [
    ...brokerSpecs(ingredients, options, { folderOf, ports: pairs(brokerPorts) }),
    registry && registrySpec({ ...registry, port: registryPort, folder: folderOf('registry') }),
    redis &&
      redisSpec({
        ...redis,
        port: redisPort,
        folder: folderOf('redis'),
        persistent: named !== undefined,
      }),
  ].filter((spec) => spec !== undefined);
  return new Stack({
    parts: specs.map((spec) => new Part(spec, watchdog)),
    dataFolder,
    temporary: named === undefined,
    watchdog,
    ports,
    registryUrl: registry && registryUrlOf(registryPort),
  });
}

const pairs = (ports: readonly number[]): readonly BrokerPorts[] =>
  Array.from({ length: ports.length / 2 }, (_, index) => ({
    client: ports[2 * index] ?? 0,
    controller: ports[2 * index + 1] ?? 0,
  }));

type BrokerPlace = {
  readonly folderOf: (name: string) => string;
  readonly ports: readonly BrokerPorts[];
};

function brokerSpecs(
  { kafka }: Ingredients,
  { brokerSettings = {}, kafkaHeapMb = KAFKA_HEAP_MB, jit = 'quick' }: StackOptions,
  { folderOf, ports }: BrokerPlace,
): readonly PartSpec[] {
  if (kafka === undefined) return [];
  const clusterId = clusterIdOf(path.join(folderOf('broker-1'), 'log')) ?? newKafkaId();
  return ports.map((_, index) =>
    brokerSpec({
      ...kafka,
      node: index + 1,
      ports,
      folder: folderOf(`broker-${index + 1}`),
      clusterId,
      settings: brokerSettings,
      heapMb: kafkaHeapMb,
      jit,
    }),
  );
}
