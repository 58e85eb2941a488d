import { refuse, type Result } from '@smc/domain';
import type { Codec, Flaw, WireEventOf, WireType } from '@smc/events';
import {
  LogFault,
  type EncodedHeaders,
  type FetchSlice,
  type LogReader,
  type LogRecord,
  type TopicPartition,
  type TxnLog,
} from '@smc/log';
import { createBackoff, delay, DEPENDENCY_BACKOFF, isRetriable, type Random } from '@smc/runtime';
import { SubscriberFault } from './faults.ts';
import { Outage, type OutageReports } from './outage.ts';

/** The next offset to read of a partition. */
export type LogPosition = TopicPartition & { readonly offset: number };

/** A topic to follow, whole, and the types of event that may stand on it. */
export type FollowedTopic<T extends WireType> = {
  readonly topic: string;
  readonly types: readonly T[];
};

export type FollowedRecord<T extends WireType> = LogPosition & {
  readonly timestampMs: number;
  /** Shares memory with the fetch: valid until the next batch. */
  readonly headers: EncodedHeaders;
  readonly event: Result<WireEventOf<T>, Flaw>;
};

/** Records in the order of their partitions, and where each partition that moved continues. */
export type FollowedBatch<T extends WireType> = {
  readonly records: readonly FollowedRecord<T>[];
  readonly next: readonly LogPosition[];
};

export type FollowerReports = OutageReports & {
  /** Retention deleted records before they were read: they are lost to this reader. */
  readonly lost: (from: LogPosition, to: number) => void;
};

export type FollowerOptions<T extends WireType> = {
  readonly log: TxnLog;
  readonly codec: Codec;
  readonly topics: readonly FollowedTopic<T>[];
  readonly reports: FollowerReports;
  /** Spreads the attempts after an outage. */
  readonly random: Random;
  readonly bytesPerPartitionMax?: number;
};

/** About 500 assignments: small enough that a batch never holds the event loop for long. */
const BYTES_PER_PARTITION_MAX = 128 * 1024;
const WAIT_MS_MAX = 500;

type Track = {
  next: number;
  /** Unknown until the first fetch has answered. */
  lastStableOffset: number | undefined;
  lastTimestampMs: number | undefined;
};

/**
 * Reads topics from given positions, batch after batch, whatever breaks meanwhile.
 *
 * `next` resolves with decoded events only, so its caller never sees Kafka or the registry being
 * away: those are waited out here, and the positions stand still. What can't be waited out is
 * thrown: a position beyond the end of the log, a missing right, a bug. Topics that do not exist
 * yet are waited for too.
 *
 * A record that is no valid event is handed on as a flaw with its position; the caller decides.
 */
export class Follower<T extends WireType> {
  readonly #options: FollowerOptions<T>;
  readonly #types: ReadonlyMap<string, readonly T[]>;
  readonly #tracks = new Map<string, TopicPartition & Track>();
  readonly #outage: Outage;
  #begin: readonly LogPosition[];
  #reader: LogReader | undefined;

  /** Starts at the given positions, and at the start of every partition that has none. */
  constructor(options: FollowerOptions<T>, positions: readonly LogPosition[]) {
    this.#options = options;
    this.#outage = new Outage(options.reports);
    this.#types = new Map(options.topics.map(({ topic, types }) => [topic, types]));
    this.#begin = positions;
  }

  /** Continues from here; partitions not named start from their beginning. */
  seek(positions: readonly LogPosition[]): void {
    this.#begin = positions;
    this.#tracks.clear();
  }

  get positions(): readonly LogPosition[] {
    return [...this.#tracks.values()].map(({ topic, partition, next: offset }) => ({
      topic,
      partition,
      offset,
    }));
  }

  /** Why reading stands still; undefined: it does not. */
  get away(): string | undefined {
    return this.#outage.reason;
  }

  /** Offsets between this reader and the end of the log, as of the last fetch. */
  get lag(): number {
    let lag = 0;
    for (const track of this.#tracks.values()) lag += behind(track);
    return lag;
  }

  /** How long ago the last record read was written, where more are waiting; 0: none is. */
  ageMs(nowMs: number): number {
    let oldest = nowMs;
    for (const track of this.#tracks.values()) {
      if (behind(track) > 0) oldest = Math.min(oldest, track.lastTimestampMs ?? nowMs);
    }
    return nowMs - oldest;
  }

  /** The next batch, empty when nothing came for half a second; undefined once `signal` aborts. */
  async next(signal: AbortSignal): Promise<FollowedBatch<T> | undefined> {
    const waits = createBackoff(DEPENDENCY_BACKOFF, this.#options.random);
    while (!signal.aborted) {
      try {
        const slices = await this.#fetch(signal);
        if (slices.length === 0 && this.#outage.reason !== undefined) await this.#probe();
        const batch = await this.#decode(slices);
        for (const slice of slices) this.#advance(slice);
        this.#outage.end();
        return batch;
      } catch (error) {
        await this.#closeReader();
        if (isOutOfRange(error)) await this.#skipWhatIsGone(signal);
        else if (canBeWaitedOut(error)) this.#outage.begin(error);
        else throw error;
        await delay(waits.nextMs(), signal);
      }
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.#closeReader();
  }

  async #fetch(signal: AbortSignal): Promise<readonly FetchSlice[]> {
    if (this.#tracks.size === 0) await this.#findPartitions();
    this.#reader ??= await this.#options.log.openReader();
    const maxBytes = this.#options.bytesPerPartitionMax ?? BYTES_PER_PARTITION_MAX;
    const requests = this.positions.map((position) => ({ ...position, maxBytes }));
    return this.#reader.fetch(requests, { maxWaitMs: WAIT_MS_MAX, signal });
  }

  /** An empty answer says nothing of the brokers: a reader waits for a while before it gives up. */
  async #probe(): Promise<void> {
    for (const track of this.#tracks.values()) {
      await this.#reader?.range(track);
      return;
    }
  }

  async #findPartitions(): Promise<void> {
    const { log, topics } = this.#options;
    const begin = new Map(this.#begin.map((position) => [keyOf(position), position.offset]));
    const counts = await log.partitionCounts(topics.map(({ topic }) => topic));
    for (const [topic, count] of counts) {
      for (let partition = 0; partition < count; partition++) {
        const key = keyOf({ topic, partition });
        const unread = { lastStableOffset: undefined, lastTimestampMs: undefined };
        this.#tracks.set(key, { topic, partition, next: begin.get(key) ?? 0, ...unread });
      }
    }
  }

  async #decode(slices: readonly FetchSlice[]): Promise<FollowedBatch<T>> {
    const records: FollowedRecord<T>[] = [];
    for (const slice of slices) {
      const types = this.#types.get(slice.topic) ?? [];
      for (const record of slice.records) {
        const { topic, partition, offset, timestampMs, headers } = record;
        const event = this.#read(record, types) ?? (await this.#learn(record, types));
        records.push({ topic, partition, offset, timestampMs, headers, event });
      }
    }
    const next = slices.map(({ topic, partition, nextOffset: offset }) => ({
      topic,
      partition,
      offset,
    }));
    return { records, next };
  }

  /** Undefined: its schema must be learned first. */
  #read(record: LogRecord, types: readonly T[]): Result<WireEventOf<T>, Flaw> | undefined {
    const decoded = this.#options.codec.decode(record.value, types);
    if (decoded.ok === 'unlearned') return undefined;
    if (!decoded.ok) return decoded;
    return isKeyOf(record, decoded.value)
      ? decoded
      : refuse({ code: 'KEY_MISMATCH', reason: 'the key is not the client key of the event' });
  }

  async #learn(record: LogRecord, types: readonly T[]): Promise<Result<WireEventOf<T>, Flaw>> {
    const { codec } = this.#options;
    const decoded = codec.decode(record.value, types);
    if (decoded.ok === 'unlearned') await codec.learn(decoded.schemaId);
    return (
      this.#read(record, types) ??
      refuse({ code: 'UNKNOWN_SCHEMA', reason: 'the registry does not know its schema' })
    );
  }

  #advance(slice: FetchSlice): void {
    const track = this.#tracks.get(keyOf(slice));
    if (track === undefined) return;
    track.next = slice.nextOffset;
    track.lastStableOffset = slice.lastStableOffset;
    track.lastTimestampMs = slice.records.at(-1)?.timestampMs ?? track.lastTimestampMs;
  }

  /** Moves each position that retention has overtaken to the first record that still exists. */
  async #skipWhatIsGone(signal: AbortSignal): Promise<void> {
    try {
      const reader = (this.#reader ??= await this.#options.log.openReader());
      for (const track of this.#tracks.values()) {
        if (signal.aborted) return;
        const { start, end } = await reader.range(track);
        if (track.next > end) throw beyondEnd(track, end);
        if (track.next >= start) continue;
        // A reader that begins at 0 has missed nothing that it ever asked to keep.
        if (track.next > 0) this.#options.reports.lost({ ...track, offset: track.next }, start);
        track.next = start;
      }
    } catch (error) {
      if (!canBeWaitedOut(error)) throw error;
      this.#outage.begin(error);
    }
  }

  async #closeReader(): Promise<void> {
    const reader = this.#reader;
    this.#reader = undefined;
    // A reader that failed may fail at closing too; a new one is opened either way.
    await reader?.close().catch(() => undefined);
  }
}

const keyOf = ({ topic, partition }: TopicPartition) => `${topic}/${partition}`;

const behind = (track: Track) => Math.max(0, (track.lastStableOffset ?? track.next) - track.next);

/** Topics may be made after we start: the order in which parts start does not matter. */
export function canBeWaitedOut(error: unknown): boolean {
  return isRetriable(error) || (error instanceof LogFault && error.code === 'TOPIC_MISSING');
}

const isOutOfRange = (error: unknown) =>
  error instanceof LogFault && error.code === 'OFFSET_OUT_OF_RANGE';

function isKeyOf(record: LogRecord, event: WireEventOf<WireType>): boolean {
  return !('clientKey' in event) || record.key?.toString('latin1') === event.clientKey;
}

function beyondEnd(track: TopicPartition & Track, end: number): SubscriberFault {
  return new SubscriberFault(
    'POSITION_BEYOND_END',
    `${keyOf(track)} ends at ${end}, the stored position is ${track.next}: ` +
      'the stored positions belong to another log',
  );
}
