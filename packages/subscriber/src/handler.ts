import type { DatabaseSync } from 'node:sqlite';
import type { AssignmentEvent } from '@smc/domain';

/**
 * What a division does with the events of its clients: the only part that another team writes.
 *
 * `apply` is called once per event, in the client's order, inside the local transaction that also
 * stores the position. It works on the tables of the same database and on nothing else: an effect
 * outside (a letter, a call) would happen again after a crash. It does not wait. What it throws
 * rolls the batch back and stops the subscriber, because an event may not be skipped.
 */
export type Handler = {
  /** Of the tables. A store made by another version is refused, not guessed at. */
  readonly version: number;
  /** SQL that makes the tables: `CREATE TABLE IF NOT EXISTS ... STRICT;`. */
  readonly tables: string;
  /** Prepares the statements and gives the function that applies one event. */
  readonly prepare: (database: DatabaseSync) => (event: AssignmentEvent) => void;
  /**
   * Fetches what `apply` will need from elsewhere. Called before each batch, outside the
   * transaction; a retriable fault pauses the subscriber until it succeeds. Must end when `signal`
   * aborts.
   */
  readonly need?: (events: readonly AssignmentEvent[], signal: AbortSignal) => Promise<void>;
};
