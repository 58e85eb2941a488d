import { LogFault } from '../log-fault.ts';
import type {
  GroupListener,
  GroupMember,
  GroupSpec,
  LogReader,
  Publisher,
  TopicPartition,
  TxnLog,
  TxnProducer,
} from '../txn-log.ts';
import { Cluster, type ClusterOptions } from './cluster.ts';
import { CODE, faultOf } from './error-codes.ts';
import type { LinkSet } from './link-set.ts';
import type { KafkaLogger } from './logging.ts';
import { Membership, type GroupKafkaConfig } from './membership.ts';
import { persist } from './persist.ts';
import { KafkaPublisher } from './publisher.ts';
import { KafkaReader } from './reader.ts';
import { TaskProducer } from './task-producer.ts';
import { offsetCommitRequest, readOffsetCommit } from './wire-cluster.ts';

export type KafkaLogParts = ClusterOptions & {
  readonly kafka: GroupKafkaConfig;
  readonly logger: KafkaLogger;
  readonly requestTimeoutMs: number;
  readonly batchBytesMax: number;
  readonly nowMs: () => number;
};

/** One client of a Kafka cluster: see `TxnLog`. */
export class KafkaLog implements TxnLog {
  readonly #parts: KafkaLogParts;
  readonly #cluster: Cluster;
  readonly #commits: LinkSet<number>;
  readonly #members = new Set<Membership>();
  #closed = false;

  constructor(parts: KafkaLogParts) {
    this.#parts = parts;
    this.#cluster = new Cluster(parts);
    this.#commits = this.#cluster.links();
  }

  async partitionCounts(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    this.#refuseClosed();
    return this.#cluster.partitionCounts(topics);
  }

  async openTask(
    taskId: string,
    { transactionTimeoutMs }: { readonly transactionTimeoutMs: number },
  ): Promise<TxnProducer> {
    this.#refuseClosed();
    return TaskProducer.open(taskId, this.#cluster, { ...this.#parts, transactionTimeoutMs });
  }

  async openReader(): Promise<LogReader> {
    this.#refuseClosed();
    return new KafkaReader(this.#cluster, this.#parts);
  }

  async openPublisher(): Promise<Publisher> {
    this.#refuseClosed();
    return new KafkaPublisher(this.#cluster, this.#parts);
  }

  async joinGroup(spec: GroupSpec, listener: GroupListener): Promise<GroupMember> {
    this.#refuseClosed();
    const { kafka, logger, random } = this.#parts;
    const onLeft = (left: Membership) => this.#members.delete(left);
    const member = new Membership(spec, listener, { kafka, logger, random, onLeft });
    this.#members.add(member);
    return member;
  }

  async commitGroupOffsets(
    groupId: string,
    positions: readonly (TopicPartition & { readonly offset: number })[],
  ): Promise<void> {
    this.#refuseClosed();
    const offsets = new Map(
      [...Map.groupBy(positions, ({ topic }) => topic)].map(([topic, its]) => {
        return [topic, its.map(({ partition, offset }) => [partition, offset] as const)];
      }),
    );
    const { patienceMs: forMs, random } = this.#parts;
    await persist(
      async () => {
        const member = [...this.#members].find((one) => one.groupId === groupId);
        const { memberId, generation } = member?.identity ?? { memberId: '', generation: -1 };
        const link = await this.#commits.get(await this.#cluster.coordinatorOf('group', groupId));
        const request = offsetCommitRequest({ groupId, memberId, generation, offsets });
        const codes = readOffsetCommit(await link.request(request));
        const failure = codes.find((code) => code !== CODE.none);
        if (failure !== undefined) throw faultOf(failure, `OffsetCommit of ${groupId}`);
      },
      { forMs, random },
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#members].map((member) => member.leave()));
    this.#cluster.close();
  }

  #refuseClosed(): void {
    if (this.#closed) throw new LogFault('CLOSED', 'the log is closed');
  }
}
