import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clusterReady } from './cluster-readiness.ts';
import { ensureParts, type Ingredients, type StackPart } from './ensure-parts.ts';
import { freePorts } from './free-ports.ts';
import { clusterIdOf, newKafkaId, type BrokerPorts } from './kafka-files.ts';
import { brokerSpec, redisSpec, registrySpec, registryUrlOf } from './part-specs.ts';
import { Part } from './part.ts';
import { reportOnStderr, withProgress, type Report } from './progress.ts';
import { StackFault } from './stack-fault.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

const ALL_PARTS: readonly StackPart[] = ['kafka', 'registry', 'redis'];
const CLUSTER_READY_MS = 90_000;
/** Another program took one of our ports in the half second before we opened it: choose again. */
const PORT_TRIES_MAX = 3;
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
  /** Ports to use where they are free: client and controller of each broker, registry, Redis. */
  readonly ports?: readonly number[];
  /** The parts go on when this program ends; only with a named data folder. */
  readonly detached?: boolean;
  readonly report?: Report;
};

/** A name of one process: `broker-1` to `broker-3`, `registry`, `redis`. */
export type PartName = `broker-${number}` | 'registry' | 'redis';

export type PartState = {
  readonly name: string;
  readonly address: string;
  /** Undefined while it does not run. */
  readonly pid: number | undefined;
  readonly logFile: string;
};

/**
 * Starts a real Kafka, schema registry and Redis on free ports of 127.0.0.1 and resolves when all
 * of them serve. Fetches what is missing first. Nothing of it outlives this program, however that
 * ends, unless `detached` says so. Faults with the end of the log of the part that failed.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { parts = ALL_PARTS, report = reportOnStderr } = options;
  const ingredients = await ensureParts(parts, report);
  for (let tries = 1; ; tries += 1) {
    const stack = await Stack.prepare(ingredients, options);
    try {
      await withProgress(`starting ${parts.join(', ')}`, report, () => stack.start());
      return stack;
    } catch (error) {
      await stack.stop({ fast: true });
      const portTaken = error instanceof StackFault && error.code === 'PORT_TAKEN';
      if (!portTaken || tries === PORT_TRIES_MAX) throw error;
    }
  }
}

type Life = {
  readonly parts: readonly Part[];
  readonly dataFolder: string;
  readonly temporary: boolean;
  readonly watchdog: Watchdog | undefined;
  readonly registryUrl: string | undefined;
};

/** A running stack. */
export class Stack {
  readonly #life: Life;

  private constructor(life: Life) {
    this.#life = life;
  }

  /** Chooses ports and writes every file; starts nothing but the watchdog. */
  static async prepare(ingredients: Ingredients, options: StackOptions): Promise<Stack> {
    const { dataFolder: named, detached = false } = options;
    const dataFolder = named ?? mkdtempSync(path.join(tmpdir(), 'smc-stack-'));
    mkdirSync(dataFolder, { recursive: true });
    const watchdog = detached ? undefined : startWatchdog(named === undefined ? [dataFolder] : []);
    const brokerCount = ingredients.kafka === undefined ? 0 : (options.brokers ?? 1);
    const ports = await freePorts(2 * brokerCount + 2, options.ports);
    const [registryPort = 0, redisPort = 0] = ports.slice(2 * brokerCount);
    const place = { dataFolder, persistent: named !== undefined };
    const specs = [
      ...brokerSpecs(ingredients, options, {
        ...place,
        ports: pairs(ports.slice(0, 2 * brokerCount)),
      }),
      ...otherSpecs(ingredients, { ...place, registryPort, redisPort }),
    ];
    return new Stack({
      parts: specs.map((spec) => new Part(spec, watchdog)),
      dataFolder,
      temporary: named === undefined,
      watchdog,
      registryUrl: ingredients.registry === undefined ? undefined : registryUrlOf(registryPort),
    });
  }

  async start(): Promise<void> {
    const { parts } = this.#life;
    for (const part of parts) part.start();
    await Promise.all([...parts.map((part) => part.ready()), this.#clusterReady()]);
  }

  async #clusterReady(): Promise<void> {
    const brokers = this.#brokerParts();
    if (brokers.length === 0) return;
    await Promise.all(brokers.map((part) => part.ready()));
    await clusterReady({
      brokers: brokers.map(({ spec }) => spec.address),
      withinMs: CLUSTER_READY_MS,
      assertRunning: () => brokers.forEach((part) => part.assertRunning()),
    });
  }

  #brokerParts(): readonly Part[] {
    return this.#life.parts.filter(({ spec }) => spec.name.startsWith('broker-'));
  }

  #part(name: PartName): Part {
    const part = this.#life.parts.find(({ spec }) => spec.name === name);
    if (part === undefined) throw new RangeError(`this stack was started without ${name}`);
    return part;
  }

  /** host:port of every broker. */
  get brokers(): readonly string[] {
    return this.#brokerParts().map(({ spec }) => spec.address);
  }

  /** The brokers in Kafka's own notation. */
  get bootstrapServers(): string {
    return this.brokers.join(',');
  }

  /** The registry's Confluent-compatible door. */
  get registryUrl(): string {
    if (this.#life.registryUrl === undefined) throw new RangeError('started without a registry');
    return this.#life.registryUrl;
  }

  get redisUrl(): string {
    return `redis://${this.#part('redis').spec.address}`;
  }

  get dataFolder(): string {
    return this.#life.dataFolder;
  }

  /** The state of every process at this moment. */
  get parts(): readonly PartState[] {
    return this.#life.parts.map(({ pid, spec: { name, address, logFile } }) => ({
      name,
      address,
      pid,
      logFile,
    }));
  }

  /** Ends a part as a fault does; resolves when it is gone. It stays away until `restart`. */
  kill(name: PartName, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    return this.#part(name).kill(signal);
  }

  /** Stops the part in good order where it runs, starts it on its data, and waits until it serves. */
  async restart(name: PartName): Promise<void> {
    const part = this.#part(name);
    await part.stop();
    part.start();
    await part.ready();
  }

  /** Freezes a part: its connections stay open and nothing answers, as in a long pause of a JVM. */
  pause(name: PartName): void {
    this.#part(name).signal('SIGSTOP');
  }

  resume(name: PartName): void {
    this.#part(name).signal('SIGCONT');
  }

  /**
   * Ends every part and removes temporary data. In good order, which takes two to eight seconds;
   * `fast` kills, which is right for tests: nobody will read what they leave.
   */
  async stop({ fast = false } = {}): Promise<void> {
    const { parts, temporary, dataFolder, watchdog } = this.#life;
    await Promise.all(parts.map((part) => part.stop({ fast })));
    if (temporary) rmSync(dataFolder, { recursive: true, force: true });
    watchdog?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop({ fast: true });
  }

  /** Lets this program end while a detached stack goes on. */
  unref(): void {
    for (const part of this.#life.parts) part.unref();
  }
}

const pairs = (ports: readonly number[]): readonly BrokerPorts[] =>
  Array.from({ length: ports.length / 2 }, (_, index) => ({
    client: ports[2 * index] ?? 0,
    controller: ports[2 * index + 1] ?? 0,
  }));

type Place = { readonly dataFolder: string; readonly persistent: boolean };

function brokerSpecs(
  { kafka }: Ingredients,
  { brokerSettings = {}, kafkaHeapMb = KAFKA_HEAP_MB, jit = 'quick' }: StackOptions,
  { dataFolder, ports }: Place & { readonly ports: readonly BrokerPorts[] },
) {
  if (kafka === undefined) return [];
  const folderOf = (node: number): string => path.join(dataFolder, `broker-${node}`);
  const clusterId = clusterIdOf(path.join(folderOf(1), 'log')) ?? newKafkaId();
  return ports.map((_, index) =>
    brokerSpec({
      ...kafka,
      archive: [],
      node: index + 1,
      ports,
      folder: folderOf(index + 1),
      clusterId,
      settings: brokerSettings,
      heapMb: kafkaHeapMb,
      jit,
    }),
  );
}

function otherSpecs(
  { registry, redis }: Ingredients,
  {
    dataFolder,
    persistent,
    registryPort,
    redisPort,
  }: Place & { readonly registryPort: number; readonly redisPort: number },
) {
  const folderOf = (name: string): string => path.join(dataFolder, name);
  return [
    ...(registry === undefined
      ? []
      : [
          registrySpec({
            ...registry,
            archive: [],
            port: registryPort,
            folder: folderOf('registry'),
            persistent,
          }),
        ]),
    ...(redis === undefined
      ? []
      : [redisSpec({ ...redis, port: redisPort, folder: folderOf('redis'), persistent })]),
  ];
}
