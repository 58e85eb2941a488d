import { assert } from '@smc/domain';
import { LogFault } from '../log-fault.ts';
import type {
  GroupListener,
  GroupMember,
  GroupSpec,
  LogReader,
  OutgoingRecord,
  Publisher,
  TopicPartition,
  TxnLog,
  TxnProducer,
} from '../txn-log.ts';
import type { Caller, FaultPlan, Operation } from './fault-plan.ts';
import type { Groups, Membership } from './groups.ts';
import type { LogClock } from './log-clock.ts';
import { MemoryReader } from './memory-reader.ts';
import { refuseUnfit, type Topics } from './topics.ts';
import type { Transactions } from './transactions.ts';

type Position = TopicPartition & { readonly offset: number };

export type ClientParts = {
  readonly clientId: string;
  readonly topics: Topics;
  readonly transactions: Transactions;
  readonly groups: Groups;
  readonly faults: FaultPlan;
  readonly clock: LogClock;
  readonly groupOffsets: Map<string, Map<string, Position>>;
};

/** One process's connection to a memory broker. */
export class MemoryClient implements TxnLog {
  readonly #parts: ClientParts;
  readonly #caller: Caller;
  readonly #readers = new Set<MemoryReader>();
  readonly #members = new Set<Membership>();
  #closed = false;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#caller = { clientId: parts.clientId };
  }

  async partitionCounts(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    await this.#pass('partition-counts');
    return this.#parts.topics.counts(topics);
  }

  async openTask(
    taskId: string,
    options: { readonly transactionTimeoutMs: number },
  ): Promise<TxnProducer> {
    const { transactions, faults } = this.#parts;
    const caller = { ...this.#caller, taskId };
    await this.#pass('open-task', caller);
    const owner = await transactions.open(caller, options.transactionTimeoutMs);
    if (!faults.quiet) await faults.pass('open-task', 'after', caller);
    this.#refuseClosed();
    return new MemoryProducer({
      isOpen: () => !this.#closed,
      write: (records) => transactions.run(owner, records),
    });
  }

  async openReader(): Promise<LogReader> {
    this.#refuseClosed();
    const { topics, faults, clock } = this.#parts;
    const onClose = (closed: MemoryReader) => this.#readers.delete(closed);
    const reader = new MemoryReader({ topics, faults, clock, caller: this.#caller, onClose });
    this.#readers.add(reader);
    return reader;
  }

  async openPublisher(): Promise<Publisher> {
    this.#refuseClosed();
    let open = true;
    return {
      publish: async (records) => {
        if (!open) throw new LogFault('CLOSED', 'the publisher is closed');
        await this.#pass('publish');
        const positions = this.#publish(records);
        const { faults } = this.#parts;
        if (!faults.quiet) await faults.pass('publish', 'after', this.#caller);
        return positions;
      },
      close: async () => {
        open = false;
      },
    };
  }

  async joinGroup(spec: GroupSpec, listener: GroupListener): Promise<GroupMember> {
    await this.#pass('join-group');
    const member = this.#parts.groups.join(spec, listener);
    this.#members.add(member);
    return { leave: async () => this.#leave(member) };
  }

  async commitGroupOffsets(groupId: string, positions: readonly Position[]): Promise<void> {
    await this.#pass('commit-group-offsets');
    const { groupOffsets } = this.#parts;
    const known = groupOffsets.get(groupId) ?? new Map<string, Position>();
    groupOffsets.set(groupId, known);
    for (const position of positions)
      known.set(`${position.topic}/${position.partition}`, position);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const member of this.#members) this.#leave(member);
    for (const reader of this.#readers) await reader.close();
  }

  /** As if the process were killed: nothing is said to the broker, requests under way arrive. */
  async crash(): Promise<void> {
    this.#closed = true;
    for (const member of this.#members) this.#parts.groups.abandon(member);
    for (const reader of this.#readers) await reader.close();
  }

  /** All memberships end unnoticed; the answer makes this client notice and join again. */
  freezeMemberships(): () => void {
    const thaws = [...this.#members].map((member) => this.#parts.groups.freeze(member));
    return () => thaws.forEach((thaw) => thaw());
  }

  #leave(member: Membership): void {
    this.#members.delete(member);
    this.#parts.groups.leave(member);
  }

  #publish(records: readonly OutgoingRecord[]): readonly Position[] {
    const { topics, clock } = this.#parts;
    const batches = topics.batches(records);
    for (const [log, batch] of batches) refuseUnfit(log, batch);
    const nowMs = clock.nowMs();
    const positions = records.map((record) => {
      const { topic, partition } = record;
      return { topic, partition, offset: topics.at(record).append(record, nowMs) };
    });
    for (const log of batches.keys()) log.announce();
    return positions;
  }

  async #pass(operation: Operation, caller: Caller = this.#caller): Promise<void> {
    this.#refuseClosed();
    const { faults } = this.#parts;
    if (!faults.quiet) await faults.pass(operation, 'before', caller);
  }

  #refuseClosed(): void {
    if (this.#closed) throw new LogFault('CLOSED', 'the log is closed');
  }
}

class MemoryProducer implements TxnProducer {
  readonly #isOpen: () => boolean;
  readonly #write: (records: readonly OutgoingRecord[]) => Promise<void>;
  #state: 'ready' | 'running' | 'dead' = 'ready';

  constructor(parts: {
    readonly isOpen: () => boolean;
    readonly write: (records: readonly OutgoingRecord[]) => Promise<void>;
  }) {
    this.#isOpen = parts.isOpen;
    this.#write = parts.write;
  }

  async run(records: readonly OutgoingRecord[]): Promise<void> {
    assert(this.#state !== 'running', 'a task runs one transaction at a time');
    if (this.#state === 'dead' || !this.#isOpen()) {
      throw new LogFault('CLOSED', 'the producer is closed or has failed');
    }
    this.#state = 'running';
    try {
      await this.#write(records);
    } catch (error) {
      this.#state = 'dead';
      throw error;
    }
    if (this.#state === 'running') this.#state = 'ready';
  }

  async close(): Promise<void> {
    this.#state = 'dead';
  }
}
