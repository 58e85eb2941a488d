import { rmSync } from 'node:fs';
import path from 'node:path';
import { must, TOPICS } from '@smc/domain';
import type { ServiceProcess } from '@smc/operator';
import { delay, type Random } from '@smc/runtime';
import type { Installation } from './installation.ts';
import { logLinesOf, type LogLine } from './log-lines.ts';
import { until } from './until.ts';
import { OpenTransactions } from './stored-records.ts';

export const ROUTERS = ['router-1', 'router-2'] as const;
export type RouterName = (typeof ROUTERS)[number];

export type RoutersOptions = {
  /** Instead of the service's own program; for routers with a mistake. */
  readonly program?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly random: Random;
};

/** How long two routers and a few brokers on a busy machine may take to change places. */
const TAKE_OVER_MS = 60_000;
/** Under load a router is in a transaction more often than not: so many looks fail for a reason. */
const FREEZE_TRIES_MAX = 60;
/**
 * A transaction that stays open for so many looks belongs to someone who does not move: one whose
 * end was on its way when its owner froze is over by then.
 */
const LOOKS_AT_OPEN_TRANSACTION = 10;
const LOOK_EVERY_MS = 60;

/** Two routers in one group, and everything that is done to them. */
export class Routers {
  readonly #installation: Installation;
  readonly #options: RoutersOptions;
  readonly #transactions: OpenTransactions;
  readonly #running = new Map<RouterName, ServiceProcess>();
  readonly #killed = new Set<ServiceProcess>();
  /** Routers that ended although nobody killed them: there must be none. */
  readonly endedByThemselves: string[] = [];

  constructor(installation: Installation, options: RoutersOptions) {
    this.#installation = installation;
    this.#options = options;
    const { log, stack } = installation;
    this.#transactions = new OpenTransactions({ log, dataFolder: stack.dataFolder });
  }

  /** Resolves when both work. */
  async start(): Promise<void> {
    for (const name of ROUTERS) {
      rmSync(path.join(this.#installation.folder, `${name}.log`), { force: true });
      this.#spawn(name);
    }
    await Promise.all(ROUTERS.map((name) => this.ready(name)));
  }

  async ready(name: RouterName): Promise<void> {
    await this.#process(name).ready();
  }

  /** SIGKILL; the router is started again at once. */
  async kill(name: RouterName): Promise<void> {
    const victim = this.#process(name);
    this.#killed.add(victim);
    victim.kill('SIGKILL');
    await victim.ended;
    this.#spawn(name);
  }

  /**
   * SIGSTOP while the router has begun a transaction and not ended it: its first records stand on
   * the log, the decision whether they count is still its own. Gives the partitions concerned.
   */
  async freezeInTransaction(name: RouterName): Promise<readonly number[]> {
    for (let tries = 0; tries < FREEZE_TRIES_MAX; tries++) {
      this.#process(name).kill('SIGSTOP');
      const held = await this.#heldOpen(this.#partitionsOf(name));
      if (held.length > 0) return held;
      this.#process(name).kill('SIGCONT');
      await delay(this.#options.random() * LOOK_EVERY_MS);
    }
    throw new Error(`${name} was never caught in a transaction`);
  }

  /** SIGCONT after others have taken over; resolves when the group has given it partitions again. */
  async wake(name: RouterName): Promise<void> {
    const from = this.linesOf(name).length;
    this.#process(name).kill('SIGCONT');
    await this.logged(name, from, ({ event }) => event === 'group.assigned');
  }

  /** The lines that the router has logged so far, over all its lives. */
  linesOf(name: RouterName): readonly LogLine[] {
    return logLinesOf(this.#process(name).logFile);
  }

  /** Resolves when the router has logged such a line after the first `from` ones. */
  async logged(name: RouterName, from: number, is: (line: LogLine) => boolean): Promise<void> {
    const look = () => this.linesOf(name).slice(from).find(is);
    await until(`a certain line of ${name}`, look, TAKE_OVER_MS);
  }

  async stop(): Promise<void> {
    for (const process of this.#running.values()) {
      this.#killed.add(process);
      process.kill('SIGCONT');
    }
    await Promise.all([...this.#running.values()].map((process) => process.stop()));
  }

  #spawn(name: RouterName): void {
    const { program, environment } = this.#options;
    const process = this.#installation.startService('router', {
      name,
      ...(program !== undefined && { program }),
      ...(environment !== undefined && { environment }),
    });
    this.#running.set(name, process);
    void process.ended.then((how) => {
      if (!this.#killed.has(process)) this.endedByThemselves.push(`${name}: ${how}`);
    });
  }

  #process(name: RouterName): ServiceProcess {
    return must(this.#running.get(name), `${name} was started`);
  }

  #partitionsOf(name: RouterName): readonly number[] {
    const last = this.linesOf(name).findLast(
      ({ event }) => event === 'group.assigned' || event === 'group.lost',
    );
    return last?.partitions ?? [];
  }

  /** Those of the partitions in which the same transaction stays open. */
  async #heldOpen(partitions: readonly number[]): Promise<readonly number[]> {
    const heldAt = (partition: number) =>
      this.#transactions.heldAt({ topic: TOPICS.assignments, partition });
    let held = await Promise.all(partitions.map(async (p) => [p, await heldAt(p)] as const));
    for (let look = 1; look < LOOKS_AT_OPEN_TRANSACTION && held.length > 0; look++) {
      await delay(LOOK_EVERY_MS);
      const now = held.map(async (before) => {
        const [partition, offset] = before;
        return offset !== undefined && (await heldAt(partition)) === offset ? [before] : [];
      });
      held = (await Promise.all(now)).flat();
    }
    return held.map(([partition]) => partition);
  }
}
