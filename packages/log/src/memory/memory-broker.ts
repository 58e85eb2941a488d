import { must } from '@smc/domain';
import type { LogFaultCode } from '../log-fault.ts';
import type { TopicPartition, TxnLog } from '../txn-log.ts';
import { FaultPlan, type Hold, type Selector } from './fault-plan.ts';
import { Groups } from './groups.ts';
import { systemClock, type LogClock } from './log-clock.ts';
import { MemoryClient } from './memory-client.ts';
import { Topics, type MemoryTopic } from './topics.ts';
import { Transactions, type TransactionCounts } from './transactions.ts';

export type MemoryBrokerOptions = {
  readonly topics?: readonly MemoryTopic[];
  /** The time of this machine where it is left out. */
  readonly clock?: LogClock;
};

/**
 * A transactional log inside this process: the same promises as Kafka's, and nothing survives the
 * process. Everything but `connect` and `createTopic` is there for tests: it does on request what
 * a real broker does when it pleases.
 */
export type MemoryBroker = {
  /** A new client, as one process would have it. */
  connect(clientId: string): TxnLog;
  createTopic(topic: MemoryTopic): void;

  /** The next matching operations fail at their stage; once, with UNAVAILABLE, unless told else. */
  fail(on: Selector, options?: { readonly code?: LogFaultCode; readonly times?: number }): void;
  /** The next matching operation waits at its stage until it is released. */
  hold(on: Selector): Hold;
  /** Nobody (or one client) reaches the broker until the answer is called. */
  outage(clientId?: string): () => void;
  /** Commits are durable but not visible until the answer is called. */
  holdMarkers(): () => void;

  /** Kills a client: requests under way still arrive, its group sessions end after their time. */
  crash(client: TxnLog): Promise<void>;
  /** Ends a client's group sessions unnoticed (a zombie); the answer makes it notice and rejoin. */
  freezeMemberships(client: TxnLog): () => void;

  /** Log compaction: the last committed record of each key stays. */
  compact(topic: string, options?: { readonly dropTombstones?: boolean }): void;
  /** Retention: offsets before this one are gone. */
  truncate(at: TopicPartition & { readonly offset: number }): void;

  /** What `commitGroupOffsets` has stored. */
  groupOffsets(groupId: string): readonly (TopicPartition & { readonly offset: number })[];
  transactionCounts(): TransactionCounts;
};

export function createMemoryBroker(options: MemoryBrokerOptions = {}): MemoryBroker {
  const clock = options.clock ?? systemClock;
  const topics = new Topics();
  const faults = new FaultPlan();
  const transactions = new Transactions({ topics, faults, clock });
  const groups = new Groups({ topics, clock });
  const groupOffsets: MemoryClientOffsets = new Map();
  const clients = new WeakMap<TxnLog, MemoryClient>();
  const clientOf = (log: TxnLog) => must(clients.get(log), 'a client of another broker');
  for (const topic of options.topics ?? []) topics.create(topic);

  return {
    connect(clientId) {
      const parts = { clientId, topics, transactions, groups, faults, clock, groupOffsets };
      const client = new MemoryClient(parts);
      clients.set(client, client);
      return client;
    },
    createTopic: (topic) => topics.create(topic),
    fail: (on, { code = 'UNAVAILABLE', times = 1 } = {}) => faults.fail(on, { code, times }),
    hold: (on) => faults.hold(on),
    outage: (clientId) => faults.outage(clientId),
    holdMarkers: () => transactions.holdMarkers(),
    crash: (client) => clientOf(client).crash(),
    freezeMemberships: (client) => clientOf(client).freezeMemberships(),
    compact(topic, { dropTombstones = false } = {}) {
      for (const log of topics.of(topic)) log.compact({ dropTombstones });
    },
    truncate: (at) => topics.at(at).truncate(at.offset),
    groupOffsets: (groupId) => [...(groupOffsets.get(groupId)?.values() ?? [])],
    transactionCounts: () => transactions.counts,
  };
}

type MemoryClientOffsets = Map<string, Map<string, TopicPartition & { readonly offset: number }>>;
