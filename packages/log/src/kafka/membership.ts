import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, type Consumer, type ISocketFactory, type KafkaConfig } from 'kafkajs';
import { LogFault } from '../log-fault.ts';
import type { GroupListener, GroupMember, GroupSpec } from '../txn-log.ts';
import type { KafkaLogger } from './logging.ts';
import { backOffMs, type Random } from './persist.ts';
import { stickyAssigner } from './sticky-assigner.ts';

export type GroupKafkaConfig = KafkaConfig & { readonly socketFactory: ISocketFactory };

export type MembershipOptions = {
  readonly kafka: GroupKafkaConfig;
  readonly logger: KafkaLogger;
  readonly random: Random;
  readonly onLeft: (member: Membership) => void;
};

/** Sooner than a session needs it: a member learns of a rebalance only by its next heartbeat. */
const HEARTBEAT_MS = 200;
/** kafkajs' loop comes round this often while everything is paused. */
const IDLE_LOOP_MS = 100;
const WATCH_MS = 500;
/** A coordinator that does not answer is not waited for: the session then ends by itself. */
const LEAVE_MS_MAX = 3_000;

/** Who this member is, for requests in its name. */
export type MemberIdentity = { readonly memberId: string; readonly generation: number };

/**
 * Membership of a group and nothing else: a kafkajs consumer of which every partition is paused,
 * so that it fetches nothing and beats its heart.
 *
 * ```
 * joining ──► assigned ──► rebalancing (lost) ──► assigned ...
 *    ▲           │ no heartbeat answered for a session (lost), crash (lost)
 *    └───────────┘ with back-off, for ever, until `leave`
 * ```
 *
 * `lost` is called once between two calls of `assigned`. kafkajs says nothing when the coordinator
 * has forgotten this member, so a session without an answered heartbeat counts as lost too; what
 * protects the data is the fence of the next owner, not this.
 */
export class Membership implements GroupMember {
  readonly #spec: GroupSpec;
  readonly #listener: GroupListener;
  readonly #options: MembershipOptions;
  readonly #watch: NodeJS.Timeout;
  readonly #left = new AbortController();
  readonly #sockets = new Set<Socket>();
  #owned: readonly number[] | undefined;
  #claim: readonly number[] = [];
  #identity: MemberIdentity | undefined;
  #lastSignMs = 0;
  #life: Promise<void>;

  constructor(spec: GroupSpec, listener: GroupListener, options: MembershipOptions) {
    this.#spec = spec;
    this.#listener = listener;
    this.#options = options;
    this.#watch = setInterval(() => this.#checkSession(), WATCH_MS);
    this.#life = this.#live();
  }

  get groupId(): string {
    return this.#spec.groupId;
  }

  /** Known from the first heartbeat after a join on. */
  get identity(): MemberIdentity | undefined {
    return this.#identity;
  }

  async leave(): Promise<void> {
    clearInterval(this.#watch);
    this.#left.abort();
    const deadline = setTimeout(() => this.#cut(), LEAVE_MS_MAX);
    await this.#life;
    clearTimeout(deadline);
    this.#options.onLeft(this);
  }

  /** Ends what kafkajs still waits for. It hears of an error, not of a socket that just closes. */
  #cut(): void {
    for (const socket of this.#sockets) socket.destroy(new Error('left the group'));
  }

  /** One consumer after another, until this member leaves. Never rejects. */
  async #live(): Promise<void> {
    const { signal } = this.#left;
    for (let failures = 1; !signal.aborted; failures++) {
      const joinedBefore = this.#lastSignMs;
      try {
        await this.#oneConsumer();
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown.message : String(thrown);
        this.#options.logger.error({ groupId: this.groupId, error }, 'group membership failed');
      }
      this.#lose('the consumer has ended');
      if (this.#lastSignMs !== joinedBefore) failures = 1;
      const waitMs = backOffMs(failures, this.#options.random);
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Resolves when the member leaves, rejects when the consumer crashes. */
  async #oneConsumer(): Promise<void> {
    const { sessionTimeoutMs, groupId, topic } = this.#spec;
    const { kafka } = this.#options;
    const socketFactory: ISocketFactory = (args) => {
      const socket = kafka.socketFactory(args);
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      return socket;
    };
    const consumer = new Kafka({ ...kafka, socketFactory }).consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.min(HEARTBEAT_MS, sessionTimeoutMs / 3),
      maxWaitTimeInMs: Math.min(IDLE_LOOP_MS, sessionTimeoutMs / 6),
      allowAutoTopicCreation: false,
      partitionAssigners: [stickyAssigner(() => this.#claim)],
      retry: {
        initialRetryTime: 50,
        maxRetryTime: 500,
        retries: 5,
        restartOnFailure: async () => false,
      },
    });
    const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
    ended.catch(() => undefined);
    this.#listen(consumer, reject);
    const onLeave = () => resolve();
    this.#left.signal.addEventListener('abort', onLeave);
    if (this.#left.signal.aborted) resolve();
    try {
      await consumer.connect();
      await consumer.subscribe({ topic });
      await consumer.run({ autoCommit: false, eachBatch: async () => undefined });
      await ended;
    } finally {
      this.#left.signal.removeEventListener('abort', onLeave);
      await consumer.disconnect().catch(() => undefined);
    }
  }

  #listen(consumer: Consumer, onCrash: (fault: LogFault) => void): void {
    const { GROUP_JOIN, HEARTBEAT, REBALANCING, CRASH } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => {
      const { topic } = this.#spec;
      consumer.pause([{ topic }]);
      this.#lose('the group has forgotten this member');
      this.#lastSignMs = performance.now();
      if (this.#left.signal.aborted) return;
      const partitions = payload.memberAssignment[topic] ?? [];
      this.#owned = this.#claim = partitions.toSorted((a, b) => a - b);
      this.#listener.assigned(this.#owned);
    });
    consumer.on(HEARTBEAT, ({ payload }) => {
      this.#lastSignMs = performance.now();
      this.#identity = { memberId: payload.memberId, generation: payload.groupGenerationId };
    });
    consumer.on(REBALANCING, () => this.#lose('the group is rebalancing'));
    consumer.on(CRASH, ({ payload: { error } }) => {
      this.#claim = [];
      onCrash(new LogFault('UNAVAILABLE', `group ${this.groupId}: ${error.message}`, error));
    });
  }

  #checkSession(): void {
    const silentMs = performance.now() - this.#lastSignMs;
    if (this.#owned === undefined || silentMs < this.#spec.sessionTimeoutMs) return;
    this.#claim = [];
    this.#lose(`no heartbeat was answered for ${Math.round(silentMs)} ms`);
  }

  #lose(reason: string): void {
    this.#identity = undefined;
    if (this.#owned === undefined) return;
    this.#owned = undefined;
    if (!this.#left.signal.aborted) this.#listener.lost(reason);
  }
}
