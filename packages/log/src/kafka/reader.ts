import { setTimeout as sleep } from 'node:timers/promises';
import { LogFault } from '../log-fault.ts';
import type {
  FetchRequest,
  FetchSlice,
  LogReader,
  OffsetRange,
  TopicPartition,
} from '../txn-log.ts';
import { readBatches } from './batch-reader.ts';
import type { Cluster } from './cluster.ts';
import { CODE, faultOf, isUnavailable } from './error-codes.ts';
import { FetchLinks } from './fetch-links.ts';
import { NOTHING, Poll, samePartition, untilSettled } from './fetch-poll.ts';
import type { LinkSet } from './link-set.ts';
import { backOffMs, persist, type Random } from './persist.ts';
import {
  listOffsetsRequest,
  readListOffsets,
  type Fetched,
  type FetchedPartition,
  type OffsetQuestion,
} from './wire-read.ts';

export type ReaderOptions = {
  readonly requestTimeoutMs: number;
  /** How long a partition may be without an answer before it is a fault. */
  readonly patienceMs: number;
  readonly random: Random;
};

type FetchOptions = { readonly maxWaitMs: number; readonly signal?: AbortSignal };

/** After the wait that a leader was asked for its answer takes this long at most, or counts later. */
const ANSWER_SLACK_MS = 1_000;
/** Answers that nobody has come back for: each holds its bytes. */
const LEFT_OVER_MAX = 8;

/** A partition that gave no answer. `isStale` until its leader has been looked up again. */
type Trouble = { readonly sinceMs: number; failures: number; isStale: boolean };

/**
 * Reads committed records: one Fetch per leader carries all partitions that it leads, and the
 * first leader that brings something ends the wait (see `Poll`).
 *
 * ```
 *            ┌── fetch ◄─────────────┐
 * asked ─────┤                       │ leader found
 *            └── no answer ──► look up, with back-off ──► no answer for `patienceMs`: UNAVAILABLE
 * ```
 *
 * A partition in trouble is looked after by itself; the others go on meanwhile. Trouble outlives
 * the fetch that met it, so that `maxWaitMs` is kept and patience still ends.
 */
export class KafkaReader implements LogReader {
  readonly #cluster: Cluster;
  readonly #options: ReaderOptions;
  readonly #queries: LinkSet<number>;
  readonly #fetches: FetchLinks;
  readonly #trouble = new Map<string, Trouble>();
  readonly #interrupts = new Set<() => void>();
  #leftOver: Poll[] = [];
  #rotation = 0;
  #closed = false;

  constructor(cluster: Cluster, options: ReaderOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#queries = cluster.links();
    this.#fetches = new FetchLinks(cluster, options.requestTimeoutMs);
  }

  async range(of: TopicPartition): Promise<OffsetRange> {
    const [start, end] = await Promise.all([
      this.#offset(of, 'earliest'),
      this.#offset(of, 'latest'),
    ]);
    return { start, end };
  }

  async offsetAt(of: TopicPartition, timestampMs: number): Promise<number> {
    const found = await this.#offset(of, timestampMs);
    return found >= 0 ? found : this.#offset(of, 'latest');
  }

  async fetch(
    requests: readonly FetchRequest[],
    { maxWaitMs, signal }: FetchOptions,
  ): Promise<readonly FetchSlice[]> {
    const until = performance.now() + maxWaitMs;
    if (requests.some((of) => this.#isNew(of))) await this.#cluster.refresh(topicsOf(requests));
    for (;;) {
      this.#refuseClosed();
      if (signal?.aborted === true) return [];
      const leftMs = Math.max(0, until - performance.now());
      const { polls, asked } = this.#polls(requests, leftMs);
      const waitMs = leftMs + (asked ? ANSWER_SLACK_MS : 0);
      await untilSettled(polls, { waitMs, signal, interrupts: this.#interrupts });
      this.#leaveOver(polls.filter(({ outcome }) => outcome === undefined));
      this.#refuseClosed();
      const slices = polls.flatMap((poll) => this.#read(poll, requests));
      if (slices.length > 0 || performance.now() >= until) return slices;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#queries.close();
    this.#fetches.close();
    for (const interrupt of this.#interrupts) interrupt();
  }

  /** Polls that together cover the requests: those left over, and new ones for the rest. */
  #polls(requests: readonly FetchRequest[], maxWaitMs: number) {
    const mine = this.#leftOver.filter((poll) => requests.some((one) => poll.covers(one)));
    const polls = [...mine];
    this.#leftOver = this.#leftOver.filter((poll) => !poll.touches(requests));
    const byLeader = new Map<number, FetchRequest[]>();
    for (const request of this.#rotated(requests)) {
      if (mine.some((poll) => poll.covers(request))) continue;
      const leader = this.#leaderToAsk(request);
      if (leader === undefined) polls.push(new Poll([request], this.#lookUp(request)));
      else byLeader.set(leader, [...(byLeader.get(leader) ?? []), request]);
    }
    for (const [leader, its] of byLeader) {
      polls.push(new Poll(its, this.#fetches.fetch(leader, its, maxWaitMs)));
    }
    return { polls, asked: byLeader.size > 0 };
  }

  /** A leader fills its answer in the order asked: everyone is first in turn. */
  #rotated(requests: readonly FetchRequest[]): readonly FetchRequest[] {
    const from = this.#rotation++ % Math.max(1, requests.length);
    return from === 0 ? requests : [...requests.slice(from), ...requests.slice(0, from)];
  }

  #leaveOver(polls: readonly Poll[]): void {
    this.#leftOver = [...this.#leftOver, ...polls].slice(-LEFT_OVER_MAX);
  }

  /** Asked for the first time: so that even a fetch that does not wait gets to the leader. */
  #isNew(of: TopicPartition): boolean {
    return this.#cluster.knownLeaderOf(of) === undefined && !this.#trouble.has(keyOf(of));
  }

  #leaderToAsk(of: TopicPartition): number | undefined {
    return this.#trouble.get(keyOf(of))?.isStale === true
      ? undefined
      : this.#cluster.knownLeaderOf(of);
  }

  async #lookUp(of: TopicPartition): Promise<Fetched> {
    const trouble = this.#trouble.get(keyOf(of));
    if (trouble !== undefined) {
      await sleep(backOffMs(trouble.failures, this.#options.random), undefined, { ref: false });
      await this.#cluster.refresh();
    }
    await this.#cluster.leaderOf(of);
    if (trouble !== undefined) trouble.isStale = false;
    return NOTHING;
  }

  #read({ outcome, asked }: Poll, requests: readonly FetchRequest[]): readonly FetchSlice[] {
    if (outcome === undefined) return [];
    const wanted = asked.flatMap((one) => {
      const same = requests.find((request) => samePartition(one, request));
      return same?.offset === one.offset ? [one] : [];
    });
    if (outcome instanceof LogFault) {
      for (const request of wanted) this.#failed(request, outcome);
      return [];
    }
    return outcome.partitions.flatMap((partition) => {
      const request = wanted.find((one) => samePartition(one, partition));
      return request === undefined ? [] : this.#slice(partition, request);
    });
  }

  #slice(fetched: FetchedPartition, { offset }: FetchRequest): readonly FetchSlice[] {
    const { topic, partition, lastStableOffset, bytes, aborted, errorCode } = fetched;
    if (errorCode !== CODE.none) {
      this.#failed(fetched, faultOf(errorCode, `Fetch of ${keyOf(fetched)} at ${offset}`));
      return [];
    }
    this.#trouble.delete(keyOf(fetched));
    if (bytes.length === 0) return [];
    const { records, nextOffset } = readBatches({ topic, partition, bytes, from: offset, aborted });
    if (nextOffset === offset) return [];
    return [{ topic, partition, records, nextOffset, lastStableOffset }];
  }

  /** Notes the trouble, or throws it when it is no trouble that passes or has lasted too long. */
  #failed(of: TopicPartition, fault: LogFault): void {
    const now = performance.now();
    const known = this.#trouble.get(keyOf(of)) ?? { sinceMs: now, failures: 0, isStale: true };
    this.#trouble.set(keyOf(of), known);
    known.failures++;
    known.isStale = true;
    if (isUnavailable(fault) && now - known.sinceMs < this.#options.patienceMs) return;
    this.#trouble.delete(keyOf(of));
    throw fault;
  }

  /** One offset, from the leader; a new leader may need a moment before it can tell. */
  async #offset(of: TopicPartition, question: OffsetQuestion): Promise<number> {
    this.#refuseClosed();
    let isStale = false;
    const { patienceMs: forMs, random } = this.#options;
    return persist(
      async () => {
        if (isStale) await this.#cluster.refresh();
        isStale = true;
        const link = await this.#queries.get(await this.#cluster.leaderOf(of));
        const answer = readListOffsets(await link.request(listOffsetsRequest(of, question)));
        if (answer.errorCode === CODE.none) return answer.offset;
        throw faultOf(answer.errorCode, `ListOffsets of ${keyOf(of)}`);
      },
      { forMs, random },
    );
  }

  #refuseClosed(): void {
    if (this.#closed) throw new LogFault('CLOSED', 'the reader is closed');
  }
}

function topicsOf(requests: readonly FetchRequest[]): readonly string[] {
  return [...new Set(requests.map(({ topic }) => topic))];
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
