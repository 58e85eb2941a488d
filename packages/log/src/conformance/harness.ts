import type { TopicPartition, TxnLog } from '../txn-log.ts';

export type TopicOptions = {
  readonly partitions?: number;
  readonly compact?: boolean;
  readonly maxMessageBytes?: number;
};

/** A request of a client to the broker, as faults name it. */
export type Step = 'open-task' | 'produce' | 'commit' | 'publish';

/** Something held back by a fault. */
export type Hold = {
  /** Resolves when the request has come to the gate. */
  readonly reached: Promise<void>;
  release(): void;
};

/**
 * What a harness can do to its log beside using it. A scenario that needs a power which the harness
 * lacks is skipped, and says so.
 */
export type Powers = {
  /** Abandons a client as SIGKILL would: nothing is closed, nobody leaves. */
  readonly crash?: (client: TxnLog) => Promise<void>;
  /** The client's next request of this kind never arrives, or arrives and is never answered. */
  readonly lose?: (client: TxnLog, part: 'request' | 'answer', of: Step) => void;
  /** The client's next commit request is on its way for as long as the test wants. */
  readonly holdCommit?: (client: TxnLog) => Hold;
  /** From now on commits are durable and not visible, until the answer is called. */
  readonly holdMarkers?: () => () => void;
  /** The client reaches nobody until the answer is called. */
  readonly cutOff?: (client: TxnLog) => () => void;
  /** One bit of the next fetched record of this client is wrong. */
  readonly corruptFetch?: (client: TxnLog) => void;
  /** Ends the client's group session without telling it; the answer makes it notice. */
  readonly freeze?: (client: TxnLog) => () => void;
  /** When this resolves compaction has run: one record of each key is left, or a tombstone. */
  readonly compact?: (topic: string) => Promise<void>;
  /** Offsets before this one are gone when this resolves. */
  readonly truncate?: (at: TopicPartition & { readonly offset: number }) => Promise<void>;
  /** The partition gets another leader. */
  readonly moveLeader?: (of: TopicPartition) => Promise<void>;
  /** The broker dies and comes back with its log. */
  readonly restartBroker?: () => Promise<void>;
  readonly groupOffsets?: (groupId: string, of: TopicPartition) => Promise<number | undefined>;
};

/** One broker, real or in memory, on which the suite runs. */
export type TxnLogHarness = {
  /** A topic that nobody has used. */
  createTopic(options: TopicOptions): Promise<string>;
  /** A client of its own, as another process would have it. */
  connect(): Promise<TxnLog>;
  /** The shortest session that the broker allows. */
  readonly sessionTimeoutMs: number;
  readonly powers: Powers;
  close(): Promise<void>;
};
