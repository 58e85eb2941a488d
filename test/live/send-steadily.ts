import { partitionOf, TOPICS, type IntakeEvent } from '@smc/domain';
import type { Codec } from '@smc/events';
import { NO_HEADERS, type OutgoingRecord, type TxnLog } from '@smc/log';
import { createBackoff, delay, isRetriable } from '@smc/runtime';

export type SendOptions = {
  readonly log: TxnLog;
  readonly codec: Codec;
  readonly partitions: number;
  readonly perSecond: number;
  /** Called with the number of events that stand on the log. */
  readonly onSent?: (sent: number) => void;
  readonly signal?: AbortSignal;
};

const CHUNKS_PER_SECOND = 20;
const BACKOFF = { firstMs: 50, maxMs: 1_000 };

/**
 * Writes the events to `smc.intake` at a steady pace and gives their number. While the log is away
 * it waits; a chunk whose answer was lost is written again, which readers take as a repeat.
 */
export async function sendSteadily(
  events: Iterable<IntakeEvent>,
  { log, codec, partitions, perSecond, onSent, signal }: SendOptions,
): Promise<number> {
  const publisher = await log.openPublisher();
  let due = performance.now();
  let sent = 0;
  try {
    for (const chunk of chunksOf(events, Math.ceil(perSecond / CHUNKS_PER_SECOND))) {
      const records = chunk.map((event) => recordOf(event, codec, partitions));
      await untilStored(() => publisher.publish(records), signal);
      sent += chunk.length;
      onSent?.(sent);
      // What an outage has held up is not caught up with: the pace stays as it is.
      due = Math.max(performance.now(), due + (chunk.length / perSecond) * 1000);
      await delay(Math.max(0, due - performance.now()), signal);
    }
    return sent;
  } finally {
    await publisher.close();
  }
}

/** The record under which an event stands on `smc.intake`. */
export function recordOf(event: IntakeEvent, codec: Codec, partitions: number): OutgoingRecord {
  return {
    topic: TOPICS.intake,
    partition: partitionOf(event.clientKey, partitions),
    key: Buffer.from(event.clientKey),
    value: codec.encode(event),
    headers: NO_HEADERS,
  };
}

async function untilStored(
  publish: () => Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const waits = createBackoff(BACKOFF, Math.random);
  for (;;) {
    signal?.throwIfAborted();
    try {
      await publish();
      return;
    } catch (error) {
      if (!isRetriable(error)) throw error;
      await delay(waits.nextMs(), signal);
    }
  }
}

function* chunksOf<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
