/**
 * What really stands on the brokers' disks, open and aborted transactions included: their segment
 * files, walked batch by batch without any Kafka client. What a reader of committed records does
 * not get is the difference.
 */
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import type { TopicPartition, TxnLog } from '@smc/log';

export type StoredRecords = {
  /** Data records, whether their transaction was committed or aborted. */
  readonly written: number;
  readonly committed: number;
  readonly abortedTransactions: number;
};

type World = { readonly log: TxnLog; readonly dataFolder: string };

/** Counts a topic on the fullest replica of each partition, and through a reader. */
export async function countStored(world: World, topic: string): Promise<StoredRecords> {
  const counts = await world.log.partitionCounts([topic]);
  let [written, committed, abortedTransactions] = [0, 0, 0];
  for (let partition = 0; partition < (counts.get(topic) ?? 0); partition++) {
    const at = { topic, partition };
    const replicas = foldersOf(world.dataFolder, at).map(countFolder);
    const fullest = replicas.toSorted((a, b) => b.written - a.written)[0];
    written += fullest?.written ?? 0;
    abortedTransactions += fullest?.aborts ?? 0;
    committed += await countCommitted(world.log, at);
  }
  return { written, committed, abortedTransactions };
}

/** Looks for open transactions; cheap when it looks again, because it walks over new batches only. */
export class OpenTransactions {
  readonly #world: World;
  /** Per segment file, how far it was walked and the offset that comes there. */
  readonly #walked = new Map<string, { at: number; nextOffset: number }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The offset at which readers of committed records must stop; undefined when at the end. */
  async heldAt(of: TopicPartition): Promise<number | undefined> {
    const reader = await this.#world.log.openReader();
    try {
      const written = Math.max(...foldersOf(this.#world.dataFolder, of).map((f) => this.#endOf(f)));
      const { end } = await reader.range(of);
      return end < written ? end : undefined;
    } finally {
      await reader.close();
    }
  }

  #endOf(folder: string): number {
    const last = segmentsOf(folder).at(-1);
    if (last === undefined) return 0;
    const walked = this.#walked.get(last) ?? { at: 0, nextOffset: 0 };
    for (const batch of batchesOf(last, walked.at)) {
      walked.at = batch.endsAt;
      walked.nextOffset = batch.nextOffset;
    }
    this.#walked.set(last, walked);
    return walked.nextOffset;
  }
}

const FETCH_BYTES = 1024 * 1024;

async function countCommitted(log: TxnLog, at: TopicPartition): Promise<number> {
  const reader = await log.openReader();
  try {
    const { start, end } = await reader.range(at);
    let count = 0;
    for (let offset = start; offset < end;) {
      const request = { ...at, offset, maxBytes: FETCH_BYTES };
      for (const slice of await reader.fetch([request], { maxWaitMs: 500 })) {
        count += slice.records.filter((record) => record.offset < end).length;
        offset = slice.nextOffset;
      }
    }
    return count;
  } finally {
    await reader.close();
  }
}

function foldersOf(dataFolder: string, { topic, partition }: TopicPartition): readonly string[] {
  return readdirSync(dataFolder)
    .map((part) => path.join(dataFolder, part, 'log', `${topic}-${partition}`))
    .filter((folder) => existsSync(folder));
}

/** The segment files of a partition, the oldest first: their names are offsets of equal length. */
function segmentsOf(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.log'));
  return files.toSorted().map((name) => path.join(folder, name));
}

function countFolder(folder: string): { readonly written: number; readonly aborts: number } {
  let [written, aborts] = [0, 0];
  for (const segment of segmentsOf(folder)) {
    for (const { records, marker } of batchesOf(segment, 0)) {
      if (marker === undefined) written += records;
      else if (marker === 'abort') aborts++;
    }
  }
  return { written, aborts };
}

type Batch = {
  readonly endsAt: number;
  readonly nextOffset: number;
  readonly records: number;
  /** Undefined for a batch of data. */
  readonly marker: 'commit' | 'abort' | undefined;
};

/** The fixed part of a record batch, format 2, and where its fields stand. */
const HEADER_BYTES = 61;
const LENGTH_AT = 8;
const LENGTH_COUNTS_FROM = 12;
const ATTRIBUTES_AT = 21;
const LAST_DELTA_AT = 23;
const COUNT_AT = 57;
const CONTROL_BIT = 0x20;
/** A marker's batch fits in. */
const LOOK_BYTES = 128;

function* batchesOf(segment: string, from: number): Generator<Batch> {
  const file = openSync(segment, 'r');
  const bytes = Buffer.alloc(LOOK_BYTES);
  try {
    for (let at = from; readSync(file, bytes, 0, LOOK_BYTES, at) >= HEADER_BYTES;) {
      const length = bytes.readInt32BE(LENGTH_AT);
      // A segment can be longer than what has been written to it: the rest is zeros.
      if (length === 0) return;
      at += LENGTH_COUNTS_FROM + length;
      const isControl = (bytes.readInt16BE(ATTRIBUTES_AT) & CONTROL_BIT) !== 0;
      yield {
        endsAt: at,
        nextOffset: Number(bytes.readBigInt64BE(0)) + bytes.readInt32BE(LAST_DELTA_AT) + 1,
        records: bytes.readInt32BE(COUNT_AT),
        marker: isControl ? markerOf(bytes) : undefined,
      };
    }
  } finally {
    closeSync(file);
  }
}

/** A control batch's one record has a key of two numbers: a version and the type, 0 for abort. */
function markerOf(batch: Buffer): 'commit' | 'abort' {
  let at = HEADER_BYTES;
  const skipVarint = () => {
    while ((batch.readUInt8(at++) & 0x80) !== 0);
  };
  skipVarint(); // length of the record
  at++; // attributes
  skipVarint(); // timestamp
  skipVarint(); // offset
  skipVarint(); // length of the key
  return batch.readInt16BE(at + 2) === 0 ? 'abort' : 'commit';
}
