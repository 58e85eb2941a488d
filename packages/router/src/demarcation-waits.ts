import type { ContentHash, DemarcationVersion } from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import type { LogRecord } from '@smc/log';
import type { RouterReports } from './reports.ts';

/** Verified demarcations by content hash. */
export type Demarcations = {
  /** The demarcation when it is there in full; undefined while parts are missing. */
  get(hash: ContentHash): Demarcation | undefined;
  /** Resolves when it is there in full; rejects only when `signal` aborts. */
  waitFor(hash: ContentHash, signal: AbortSignal): Promise<Demarcation>;
};

/** A version as an activation or a request names it. */
export type NamedVersion = {
  readonly version: DemarcationVersion;
  readonly contentHash: ContentHash;
};

type World = {
  readonly demarcations: Demarcations;
  readonly reports: Pick<RouterReports, 'demarcationIncomplete' | 'demarcationComplete'>;
};

/**
 * The records of a task that wait for a demarcation which is not there in full yet: the first one
 * of each input. Whoever looks again after the next fetch finds it when it has come.
 */
export class DemarcationWaits {
  readonly #world: World;
  readonly #partition: number;
  /** The offset of the record that waits, by topic. */
  readonly #waiting = new Map<string, number>();

  constructor(world: World, partition: number) {
    this.#world = world;
    this.#partition = partition;
  }

  /** The version that the record names; undefined while the record has to wait for it. */
  get(record: LogRecord, named: NamedVersion, signal: AbortSignal): Demarcation | undefined {
    const { demarcations, reports } = this.#world;
    const demarcation = demarcations.get(named.contentHash);
    if (demarcation === undefined) this.#wait(record, named, signal);
    else if (this.#waiting.delete(record.topic) && this.#waiting.size === 0) {
      reports.demarcationComplete(this.#partition);
    }
    return demarcation;
  }

  /** Said and asked for once: the record is looked at after every batch. */
  #wait({ topic, offset }: LogRecord, named: NamedVersion, signal: AbortSignal): void {
    if (this.#waiting.get(topic) === offset) return;
    this.#waiting.set(topic, offset);
    const { demarcations, reports } = this.#world;
    // Asking for it makes the catalogue fetch it; what comes of that is seen at the next look.
    demarcations.waitFor(named.contentHash, signal).catch(() => undefined);
    reports.demarcationIncomplete(this.#partition, named);
  }
}
