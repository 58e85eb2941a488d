import path from 'node:path';
import type { Codec, WireType } from '@smc/events';
import type { TxnLog } from '@smc/log';
import type { Clock, Logger, Metrics, Random, Readiness } from '@smc/runtime';
import {
  createReports,
  openLocalDatabase,
  openMemoryDatabase,
  startSubscriber,
  watchSubscriber,
  type SubscriberStatus,
} from '@smc/subscriber';
import { openClientDoor } from './client-door.ts';
import type { DivisionRules } from './division-rules.ts';

/** What the codec of a division must know. */
export const DIVISION_TYPES: readonly WireType[] = [
  'CaseAssigned',
  'ClientHandedOver',
  'CaseParked',
  'CaseReleased',
  'Acknowledgement',
];

export type DivisionOptions = {
  readonly rules: DivisionRules;
  readonly log: TxnLog;
  /** Opened with `DIVISION_TYPES`. */
  readonly codec: Codec;
  /** The folder of its database; undefined: in memory, gone with the process. */
  readonly dataDirectory: string | undefined;
  readonly door: { readonly host: string; readonly port: number };
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly readiness: Readiness;
  readonly clock: Clock;
  readonly random: Random;
};

export type RunningDivision = {
  /** Of `GET /clients/{clientKey}`. */
  readonly url: string;
  /** Rejects with what stopped the division for good. */
  readonly stopped: Promise<void>;
  status(): SubscriberStatus;
  close(): Promise<void>;
};

/**
 * One division: its subscriber, its tables and its door. It answers from what it has, also while
 * Kafka is away. Faults: those of `startSubscriber`.
 */
export async function startDivision(options: DivisionOptions): Promise<RunningDivision> {
  const { rules, dataDirectory, log, codec, metrics, clock, random } = options;
  const { division, handler } = rules;
  const database =
    dataDirectory === undefined
      ? openMemoryDatabase()
      : openLocalDatabase(path.join(dataDirectory, `${division}.sqlite`));
  const reports = createReports(options);
  const subscriber = startSubscriber({
    division,
    log,
    codec,
    database,
    handler,
    reports,
    clock,
    random,
  });
  const stopWatching = watchSubscriber(subscriber, metrics);
  const answer = rules.prepareAnswers(database);
  const door = await openClientDoor({ ...options.door, subscriber, answer });
  return {
    url: door.url,
    stopped: subscriber.stopped,
    status: () => subscriber.status(),
    async close() {
      stopWatching();
      await door.close();
      await subscriber.close();
      database.close();
    },
  };
}
