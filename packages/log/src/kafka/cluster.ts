import { LogFault } from '../log-fault.ts';
import type { TopicPartition } from '../txn-log.ts';
import { CODE, faultOf, unavailable } from './error-codes.ts';
import type { Link } from './link.ts';
import { LinkSet } from './link-set.ts';
import { persist, type Random } from './persist.ts';
import type { Request } from './wire.ts';
import {
  findCoordinatorRequest,
  metadataRequest,
  readFindCoordinator,
  readMetadata,
  type BrokerAddress,
  type CoordinatorOf,
  type Metadata,
  type TopicMetadata,
} from './wire-cluster.ts';

export type ClusterOptions = {
  readonly seeds: readonly BrokerAddress[];
  readonly dial: (to: BrokerAddress) => Promise<Link>;
  readonly random: Random;
  /** How long a partition without a leader, or a coordinator that is away, is waited for. */
  readonly patienceMs: number;
};

/** A topic is known to every broker well within this time after it was created. */
const TOPIC_GRACE_MS = 2_000;
const NO_LEADER = -1;

/**
 * What is known of the cluster: addresses, leaders, coordinators. Every question goes to all
 * brokers at once and the first good answer wins, so that a broker that stands still holds nobody
 * up. Leaders are kept until somebody finds them wrong and calls `refresh`; coordinators are asked
 * for anew each time, by the few who need them.
 */
export class Cluster {
  readonly #options: ClusterOptions;
  readonly #control: LinkSet<string>;
  readonly #owned = new Set<LinkSet<number>>();
  readonly #topics = new Map<string, TopicMetadata>();
  #brokers: ReadonlyMap<number, BrokerAddress> = new Map();
  #refreshing: Promise<void> | undefined;
  #closed = false;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#control = new LinkSet((address) => options.dial(addressOf(address)));
  }

  /** Links to brokers by node id, for one owner. They end with the cluster at the latest. */
  links(): LinkSet<number> {
    if (this.#closed) throw new LogFault('CLOSED', 'the log is closed');
    const links = new LinkSet<number>(
      async (nodeId) => {
        const address = this.#brokers.get(nodeId);
        if (address === undefined) throw unavailable(`broker ${nodeId} is not known`);
        return this.#options.dial(address);
      },
      (closed) => this.#owned.delete(closed),
    );
    this.#owned.add(links);
    return links;
  }

  /** Asks anew who leads the topics that anybody has asked for. One question at a time. */
  async refresh(topics: readonly string[] = []): Promise<void> {
    const isNew = topics.some((topic) => !this.#topics.has(topic));
    for (const topic of topics) {
      if (this.#topics.has(topic)) continue;
      this.#topics.set(topic, { errorCode: CODE.none, topic, leaders: new Map() });
    }
    if (isNew) await this.#refreshing?.catch(() => undefined);
    this.#refreshing ??= this.#ask(metadataRequest([...this.#topics.keys()]), readMetadata)
      .then((metadata) => this.#learn(metadata))
      .finally(() => (this.#refreshing = undefined));
    await this.#refreshing;
  }

  /** The number of partitions of each topic. Fault TOPIC_MISSING names all that do not exist. */
  async partitionCounts(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const missing = await this.#existing(topics);
    if (missing.length > 0) {
      throw new LogFault('TOPIC_MISSING', `no such topic: ${missing.join(', ')}`);
    }
    return new Map(topics.map((topic) => [topic, this.#topics.get(topic)?.leaders.size ?? 0]));
  }

  /** The broker that leads the partition, if that is known and there is one now. */
  knownLeaderOf({ topic, partition }: TopicPartition): number | undefined {
    const leader = this.#topics.get(topic)?.leaders.get(partition) ?? NO_LEADER;
    return leader === NO_LEADER ? undefined : leader;
  }

  /** The broker that leads the partition, waiting for an election if need be. */
  async leaderOf(of: TopicPartition): Promise<number> {
    const known = this.knownLeaderOf(of);
    if (known !== undefined) return known;
    const { patienceMs: forMs, random } = this.#options;
    return persist(
      async () => {
        const counts = await this.partitionCounts([of.topic]);
        if (of.partition >= (counts.get(of.topic) ?? 0)) {
          throw new LogFault('TOPIC_MISSING', `no such partition: ${of.topic}/${of.partition}`);
        }
        const leader = this.knownLeaderOf(of);
        if (leader === undefined) throw unavailable(`${of.topic}/${of.partition} has no leader`);
        return leader;
      },
      { forMs, random },
    );
  }

  /** The broker that coordinates this group or transactional id now. Asking creates its topic. */
  async coordinatorOf(what: CoordinatorOf, key: string): Promise<number> {
    const found = await this.#ask(findCoordinatorRequest(what, key), (answer) => {
      const coordinator = readFindCoordinator(answer);
      if (coordinator.errorCode === CODE.none) return coordinator;
      throw faultOf(coordinator.errorCode, `coordinator of ${what} ${key}`);
    });
    if (!this.#brokers.has(found.nodeId)) await this.refresh();
    return found.nodeId;
  }

  /** Closes every link of every owner. */
  close(): void {
    this.#closed = true;
    this.#control.close();
    for (const links of this.#owned) links.close();
  }

  /** The names that do not exist, after a moment of grace for those just created. */
  async #existing(topics: readonly string[]): Promise<readonly string[]> {
    const until = performance.now() + TOPIC_GRACE_MS;
    for (;;) {
      await this.refresh(topics);
      const bad = topics.flatMap((topic) => this.#topics.get(topic) ?? []);
      const missing = bad.filter(({ errorCode }) => errorCode === CODE.unknownTopicOrPartition);
      for (const { topic, errorCode } of bad) {
        if (errorCode !== CODE.none && errorCode !== CODE.unknownTopicOrPartition) {
          throw faultOf(errorCode, `topic ${topic}`);
        }
      }
      if (missing.length === 0 || performance.now() > until) return missing.map((m) => m.topic);
      await new Promise((resume) => setTimeout(resume, TOPIC_GRACE_MS / 10));
    }
  }

  #learn({ brokers, topics }: Metadata): void {
    if (brokers.size === 0) throw unavailable('a broker that knows no brokers');
    this.#brokers = brokers;
    for (const topic of topics) this.#topics.set(topic.topic, topic);
  }

  async #ask<T>(request: Request, read: (answer: Buffer) => T): Promise<T> {
    const known = [...this.#brokers.values()].map(textOf);
    const seeds = this.#options.seeds.map(textOf).filter((seed) => !known.includes(seed));
    const askAll = (addresses: readonly string[]) =>
      firstGood(
        addresses.map(async (address) => {
          const link = await this.#control.get(address);
          return read(await link.request(request));
        }),
      );
    if (known.length === 0) return askAll(seeds);
    try {
      return await askAll(known);
    } catch (fault) {
      if (seeds.length === 0 || !(fault instanceof LogFault) || !fault.retriable) throw fault;
      return askAll(seeds);
    }
  }
}

/** The first answer that is no failure; when all fail, a failure that says most. */
async function firstGood<T>(answers: readonly Promise<T>[]): Promise<T> {
  try {
    return await Promise.any(answers);
  } catch (thrown) {
    const faults: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors : [thrown];
    const telling = faults.find((fault) => fault instanceof LogFault && !fault.retriable);
    throw telling ?? faults[0] ?? unavailable('there is no broker to ask');
  }
}

function textOf({ host, port }: BrokerAddress): string {
  return `${host}:${port}`;
}

/** `host:port`; an IPv6 address may stand in brackets. */
export function addressOf(text: string): BrokerAddress {
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  const port = Number(text.slice(colon + 1));
  if (colon < 1 || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new LogFault('MISCONFIGURED', `not the address of a broker: "${text}"`);
  }
  return { host, port };
}
