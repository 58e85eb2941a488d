/**
 * A router with everything around it in one process, on the memory log: what tests of the whole
 * need to send cases, break things and prove the outcome.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  CO_PARTITIONED,
  DEMARCATION_KEY,
  must,
  partitionOf,
  TOPICS,
  type ContentHash,
  type EventId,
  type IntakeEvent,
} from '@smc/domain';
import { decide, type Demarcation } from '@smc/decision';
import {
  demarcationOf,
  SMALL_ORGANISATION,
  type DemarcationNotes,
} from '@smc/decision/testing/small-organisation';
import {
  createMemoryRegistry,
  openCodec,
  registerSchemas,
  WIRE_TYPES,
  type WireEventOf,
  type WireType,
} from '@smc/events';
import {
  createMemoryBroker,
  NO_HEADERS,
  type EncodedHeaders,
  type LogRecord,
  type MemoryBroker,
  type TxnLog,
} from '@smc/log';
import { verify, type Verdict } from '@smc/operator';
import { startRouter, type BatchLimits, type Demarcations } from '@smc/router';
import {
  createMetrics,
  createReadiness,
  silentLogger,
  systemClock,
  type Logger,
} from '@smc/runtime';

export const PARTITIONS = 4;

export type RouterHandle = {
  readonly log: TxnLog;
  readonly ready: () => readonly string[];
  /** Its metrics, as Prometheus reads them. */
  readonly metrics: () => Promise<string>;
  stop(): Promise<void>;
};

export type Harness = Awaited<ReturnType<typeof createHarness>>;

/** What a test may change of the routers that it starts. */
export type RouterChanges = {
  readonly partitions?: number;
  readonly logger?: Logger;
  readonly limits?: BatchLimits;
  /** Puts something between the router and the log: a deliberately broken driver. */
  readonly wrap?: (log: TxnLog) => TxnLog;
};

/** The small organisation under another version, with the hash that a published one has. */
export function organisation(version = '2026-01'): Demarcation {
  const notes: DemarcationNotes = { ...SMALL_ORGANISATION, version };
  const contentHash = createHash('sha256').update(version).digest('hex');
  return { ...demarcationOf(notes), contentHash: contentHash as ContentHash };
}

export async function createHarness(demarcation = organisation()) {
  const topics = [...CO_PARTITIONED, TOPICS.acknowledgements].map((name) => ({
    name,
    partitions: PARTITIONS,
    compact: name === TOPICS.routerState,
  }));
  const broker: MemoryBroker = createMemoryBroker({ topics });
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  const codec = await openCodec({ registry, types: WIRE_TYPES });
  const log = broker.connect('test');
  const publisher = await log.openPublisher();
  const known = new Map([[String(demarcation.contentHash), demarcation]]);
  const demarcations: Demarcations = {
    get: (hash) => known.get(hash),
    waitFor: async (hash) => must(known.get(hash), `demarcation ${hash} is known`),
  };
  const bugs: unknown[] = [];

  return {
    broker,
    codec,
    log,
    bugs,

    async publishRaw(record: { topic?: string; key?: Buffer; value?: Buffer; partition?: number }) {
      const { topic = TOPICS.intake, partition = 0, key, value } = record;
      await publisher.publish([{ topic, partition, key, value, headers: NO_HEADERS }]);
    },

    async publish(events: readonly IntakeEvent[], headers: EncodedHeaders = NO_HEADERS) {
      await publisher.publish(
        events.map((event) => ({
          topic: TOPICS.intake,
          partition: partitionOf(event.clientKey, PARTITIONS),
          key: Buffer.from(event.clientKey),
          value: codec.encode(event),
          headers,
        })),
      );
    },

    /** Activates the demarcation in every partition, as publishing one does. */
    async activate(which: Demarcation = demarcation, isWhole = true) {
      if (isWhole) known.set(which.contentHash, which);
      const { version, contentHash, effectiveFrom } = which;
      const value = codec.encode({
        type: 'DemarcationActivated',
        eventId: randomUUID() as EventId,
        version,
        contentHash,
        effectiveFrom,
        activatedBy: 'test',
      });
      for (let partition = 0; partition < PARTITIONS; partition++) {
        await publisher.publish([
          {
            topic: TOPICS.commands,
            partition,
            key: Buffer.from(DEMARCATION_KEY),
            value,
            headers: NO_HEADERS,
          },
        ]);
      }
    },

    /** No router finds the version any more, until it is activated again or remembered. */
    forget: (which: Demarcation) => void known.delete(which.contentHash),
    remember: (which: Demarcation) => void known.set(which.contentHash, which),

    async startRouter(name: string, changes: RouterChanges = {}): Promise<RouterHandle> {
      const own = broker.connect(name);
      const readiness = createReadiness();
      const metrics = createMetrics({ ofProcess: false });
      const stopping = new AbortController();
      const router = await startRouter({
        log: changes.wrap?.(own) ?? own,
        registry,
        demarcations,
        partitions: changes.partitions ?? PARTITIONS,
        groupId: 'router',
        sessionTimeoutMs: 300,
        logger: changes.logger ?? silentLogger,
        metrics,
        readiness,
        clock: systemClock,
        random: Math.random,
        signal: stopping.signal,
        fail: (error) => bugs.push(error),
        ...(changes.limits && { limits: changes.limits }),
      });
      return {
        log: own,
        ready: readiness.reasons,
        metrics: () => metrics.text(),
        async stop() {
          stopping.abort();
          await router.stop();
        },
      };
    },

    /** `through`: a log that shows what stands there in another way, for proofs that must fail. */
    verify: (through: TxnLog = log): Promise<Verdict> =>
      verify({
        log: through,
        codec,
        decide,
        demarcation: async (hash) => known.get(hash),
        divisions: false,
      }),

    /** Everything of these types that stands on a topic, in the order of its partitions. */
    async read<T extends WireType>(
      topic: string,
      ...types: readonly T[]
    ): Promise<readonly WireEventOf<T>[]> {
      return (await recordsOf(log, topic)).flatMap(({ value }) => {
        const decoded = codec.decode(value, types);
        return decoded.ok === true ? [decoded.value] : [];
      });
    },

    /** Waits until every published record has been answered, and gives the verdict then. */
    async settled(): Promise<Verdict> {
      for (let attempt = 0; attempt < 500; attempt++) {
        const verdict = await this.verify();
        if (verdict.pending === 0) return verdict;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return this.verify();
    },
  };
}

/** Every committed record of a topic, partition by partition. */
export async function recordsOf(log: TxnLog, topic: string): Promise<readonly LogRecord[]> {
  const reader = await log.openReader();
  const found: LogRecord[] = [];
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const { end } = await reader.range({ topic, partition });
    for (let offset = 0; offset < end;) {
      const at = { topic, partition, offset, maxBytes: 1e6 };
      for (const { records, nextOffset } of await reader.fetch([at], { maxWaitMs: 0 })) {
        found.push(...records);
        offset = nextOffset;
      }
    }
  }
  await reader.close();
  return found;
}
