import { must, partitionOf, TOPICS, type Acknowledgement, type Division } from '@smc/domain';
import {
  childTraceparent,
  createEventHeaders,
  type Codec,
  type EventHeaders,
  type EventMoment,
  type TraceContext,
} from '@smc/events';
import type { OutgoingRecord, Publisher, TxnLog } from '@smc/log';
import {
  createBackoff,
  delay,
  DEPENDENCY_BACKOFF,
  endsWithin,
  type Clock,
  type Random,
} from '@smc/runtime';
import { canBeWaitedOut, Follower, type FollowedBatch, type FollowerReports } from './follower.ts';
import type { Handler } from './handler.ts';
import { Outage } from './outage.ts';
import {
  ASSIGNMENT_TYPES,
  type LocalStore,
  type AssignmentType,
  type BadRecord,
  type Gap,
  type Intake,
  type PendingAcknowledgements,
} from './local-store.ts';

/** Everything a subscriber tells the outside; each must not throw. */
export type SubscriberReports = FollowerReports & {
  /** `oldestTimestampMs`: when the oldest event of the batch was written to the log. */
  readonly tookIn: (intake: Intake, oldestTimestampMs: number | undefined) => void;
  readonly gap: (gap: Gap) => void;
  readonly badRecord: (record: BadRecord) => void;
  readonly acknowledged: (clients: number) => void;
};

export type SubscriberOptions = {
  readonly division: Division;
  readonly log: TxnLog;
  readonly codec: Codec;
  readonly handler: Handler;
  /** Of the same handler; the subscriber does not close its database. */
  readonly store: LocalStore;
  readonly reports: SubscriberReports;
  readonly clock: Clock;
  /** Spreads the attempts after an outage. */
  readonly random: Random;
};

export type Subscriber = {
  /** Resolves after `close`; rejects with what stopped the subscriber. */
  readonly stopped: Promise<void>;
  status(): SubscriberStatus;
  /**
   * Takes nothing in any more, and finishes what is under way if that ends within two seconds. What
   * is not yet acknowledged stays in the outbox.
   */
  close(): Promise<void>;
};

export type SubscriberStatus = {
  /** Offsets to the end of `smc.assignments`, as of the last fetch. */
  readonly lag: number;
  readonly ageMs: number;
  /** Batches whose acknowledgements have not been sent. */
  readonly outboxBatches: number;
  /** Why it stands still: Kafka or the registry is away. */
  readonly away: string | undefined;
};

/** More unsent acknowledgements than this, in batches, and no more events are taken in. */
const OUTBOX_BATCHES_MAX = 64;
/** With their headers half a megabyte, even if all are of one partition: topics take one. */
const RECORDS_PER_PUBLISH_MAX = 1_000;
/** Closing waits so long for a request that Kafka does not answer. Nothing depends on its end. */
const CLOSE_MS_MAX = 2_000;

/**
 * Follows `smc.assignments` for one division.
 *
 * ```
 * smc.assignments ─► decode ─► ONE local transaction per batch ─► outbox ─► smc.acknowledgements
 *                              effect, sequence, position, outbox     (sent, then removed)
 * ```
 * Two loops share the store. Taking in reads a batch, applies what is new to each client and
 * commits. Acknowledging sends the oldest outbox lines and removes them when Kafka has them. A
 * crash at any point is followed by reading on from the stored position and by sending the outbox
 * again: an effect happens once, an acknowledgement at least once, and its repeat is harmless.
 *
 * One process follows all partitions. A second one of the same division, with its own database, is
 * a second complete copy.
 *
 * It starts without Kafka, and goes on when Kafka is there.
 */
export function startSubscriber(options: SubscriberOptions): Subscriber {
  const { store, log, codec, reports, random } = options;
  const topics = [{ topic: TOPICS.assignments, types: ASSIGNMENT_TYPES }];
  const follower = new Follower({ log, codec, topics, reports, random }, store.positions());
  return new RunningSubscriber(options, follower);
}

class RunningSubscriber implements Subscriber {
  readonly stopped: Promise<void>;
  readonly #options: SubscriberOptions;
  readonly #store: LocalStore;
  readonly #follower: Follower<AssignmentType>;
  readonly #stopping = new AbortController();
  readonly #outage: Outage;
  readonly #headersFor: EventHeaders;
  #publisher: Publisher | undefined;
  /** Of smc.acknowledgements, asked for once. */
  #partitions: number | undefined;
  /** Resolved when the outbox has gained or lost a line. */
  #outboxMoved = Promise.withResolvers<void>();

  constructor(options: SubscriberOptions, follower: Follower<AssignmentType>) {
    this.#options = options;
    this.#outage = new Outage(options.reports);
    this.#headersFor = createEventHeaders({ codec: options.codec, types: ['Acknowledgement'] });
    this.#store = options.store;
    this.#follower = follower;
    this.#stopping.signal.addEventListener('abort', () => this.#outboxMoved.resolve());
    this.stopped = this.#run();
    // Whoever awaits `stopped` sees the rejection; nobody awaiting it must not end the process.
    this.stopped.catch(() => undefined);
  }

  status(): SubscriberStatus {
    return {
      lag: this.#follower.lag,
      ageMs: this.#follower.ageMs(this.#options.clock.nowMs()),
      outboxBatches: this.#store.outboxBatches,
      away: this.#follower.away ?? this.#outage.reason,
    };
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await endsWithin(
      this.stopped.catch(() => undefined),
      CLOSE_MS_MAX,
    );
  }

  async #run(): Promise<void> {
    const abort = () => this.#stopping.abort();
    const loops = [this.#takingIn().finally(abort), this.#acknowledging().finally(abort)];
    const outcomes = await Promise.allSettled(loops);
    await Promise.allSettled([this.#follower.close(), this.#publisher?.close()]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async #takingIn(): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      while (this.#store.outboxBatches >= OUTBOX_BATCHES_MAX && !signal.aborted) {
        await this.#outboxMoved.promise;
      }
      const batch = await this.#follower.next(signal);
      if (batch === undefined) return;
      if (batch.next.length === 0) continue;
      if (!(await this.#patiently(() => this.#need(batch)))) return;
      this.#takeIn(batch);
    }
  }

  #takeIn(batch: FollowedBatch<AssignmentType>): void {
    const { reports, clock } = this.#options;
    const intake = this.#store.takeIn(batch, clock.nowMs());
    let oldest: number | undefined;
    for (const { timestampMs } of batch.records)
      oldest = Math.min(oldest ?? timestampMs, timestampMs);
    reports.tookIn(intake, oldest);
    for (const gap of intake.gaps) reports.gap(gap);
    for (const record of intake.bad) reports.badRecord(record);
    if (intake.applied > 0) this.#signalOutbox();
  }

  async #need(batch: FollowedBatch<AssignmentType>): Promise<void> {
    const { need } = this.#options.handler;
    const events = batch.records.flatMap(({ event }) => (event.ok ? [event.value] : []));
    await need?.(events, this.#stopping.signal);
  }

  async #acknowledging(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const moved = this.#outboxMoved.promise;
      const pending = this.#store.pending();
      if (pending === undefined) {
        await moved;
        continue;
      }
      if (!(await this.#patiently(() => this.#send(pending)))) return;
      this.#store.settle(pending.lastId);
      this.#options.reports.acknowledged(pending.clients.size);
      this.#signalOutbox();
    }
  }

  async #send(pending: PendingAcknowledgements): Promise<void> {
    const { log } = this.#options;
    this.#partitions ??= (await log.partitionCounts([TOPICS.acknowledgements])).get(
      TOPICS.acknowledgements,
    );
    const partitions = must(this.#partitions, 'the count was asked for');
    this.#publisher ??= await log.openPublisher();
    const records = this.#recordsOf(pending, partitions);
    try {
      for (let at = 0; at < records.length; at += RECORDS_PER_PUBLISH_MAX) {
        await this.#publisher.publish(records.slice(at, at + RECORDS_PER_PUBLISH_MAX));
      }
    } catch (error) {
      const broken = this.#publisher;
      this.#publisher = undefined;
      await broken.close().catch(() => undefined);
      throw error;
    }
  }

  #recordsOf(pending: PendingAcknowledgements, partitions: number): readonly OutgoingRecord[] {
    const { division, codec } = this.#options;
    const records: OutgoingRecord[] = [];
    for (const [clientKey, { clientSequence, team, atMs, trace }] of pending.clients) {
      const acknowledgement: Acknowledgement = {
        type: 'Acknowledgement',
        division,
        clientKey,
        clientSequence,
        team,
        acknowledgedAtMs: atMs,
      };
      records.push({
        topic: TOPICS.acknowledgements,
        partition: partitionOf(clientKey, partitions),
        key: Buffer.from(clientKey, 'latin1'),
        value: codec.encode(acknowledgement),
        headers: this.#headersFor(acknowledgement, this.#momentOf(atMs, trace)),
      });
    }
    return records;
  }

  /** An acknowledgement goes on with the trace of the event that it answers. */
  #momentOf(timeMs: number, trace: TraceContext | undefined): EventMoment {
    if (trace === undefined) return { timeMs };
    const traceparent = childTraceparent(trace.traceparent, spanId(this.#options.random));
    return { timeMs, traceparent, originTraceparent: trace.originTraceparent };
  }

  /** Repeats an action until it succeeds, unless it fails for good; false: we are stopping. */
  async #patiently(action: () => Promise<void>): Promise<boolean> {
    const { signal } = this.#stopping;
    const waits = createBackoff(DEPENDENCY_BACKOFF, this.#options.random);
    while (!signal.aborted) {
      try {
        await action();
        this.#outage.end();
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        if (!canBeWaitedOut(error)) throw error;
        this.#outage.begin(error);
        await delay(waits.nextMs(), signal);
      }
    }
    return false;
  }

  #signalOutbox(): void {
    this.#outboxMoved.resolve();
    if (!this.#stopping.signal.aborted) this.#outboxMoved = Promise.withResolvers<void>();
  }
}

/** Sixteen hexadecimal digits, not all zero. */
function spanId(random: Random): string {
  const half = () =>
    Math.floor(1 + random() * 0xfffffffe)
      .toString(16)
      .padStart(8, '0');
  return half() + half();
}
