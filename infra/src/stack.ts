import { rmSync } from 'node:fs';
import { clusterReady } from './cluster-readiness.ts';
import type { Part, StopOptions } from './part.ts';
import type { Watchdog } from './watchdog.ts';

/** Kafka's own topics are made in a second; a machine that does ten things at once takes longer. */
const CLUSTER_READY_MS = 90_000;

/** A name of one process: `broker-1` to `broker-3`, `registry`, `redis`. */
export type PartName = `broker-${number}` | 'registry' | 'redis';

export type PartState = {
  readonly name: string;
  readonly address: string;
  /** Undefined while it does not run. */
  readonly pid: number | undefined;
  readonly logFile: string;
};

/** What a stack is made of. */
export type StackLife = {
  readonly parts: readonly Part[];
  readonly dataFolder: string;
  readonly temporary: boolean;
  readonly watchdog: Watchdog;
  /** In the order of StackOptions.ports. */
  readonly ports: readonly number[];
  readonly registryUrl: string | undefined;
};

/** A running stack. */
export class Stack {
  readonly #life: StackLife;

  constructor(life: StackLife) {
    this.#life = life;
  }

  /** Starts every part and resolves when all of them serve. */
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

  /** The ports in use, in the order of the option `ports`. */
  get ports(): readonly number[] {
    return this.#life.ports;
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

  /** Stops the part in good order where it runs, starts it again, and waits until it serves. */
  async restart(name: PartName): Promise<void> {
    const part = this.#part(name);
    await part.stop();
    part.start();
    await part.ready();
    const isBroker = this.#brokerParts().includes(part);
    if (isBroker && this.#brokerParts().every(({ pid }) => pid !== undefined)) {
      await this.#clusterReady();
    }
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
  async stop(options: StopOptions = {}): Promise<void> {
    const { parts, temporary, dataFolder, watchdog } = this.#life;
    await Promise.all(parts.map((part) => part.stop(options)));
    if (temporary) rmSync(dataFolder, { recursive: true, force: true });
    watchdog.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop({ fast: true });
  }

  /** From now on the parts outlive this program; whoever knows their pids has to stop them. */
  detach(): void {
    for (const part of this.#life.parts) part.detach();
    this.#life.watchdog.close();
  }
}
