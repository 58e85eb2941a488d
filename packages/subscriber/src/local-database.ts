import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Pages held in memory, in KiB: the working set of a few hundred thousand clients. */
const CACHE_KIB = 32_768;
/** A reader of the same file (a backup, `sqlite3`) may make us wait so long. */
const BUSY_MS = 5_000;

/**
 * Opens the file that holds a division's tables and its position, made where it is missing.
 *
 * `synchronous = NORMAL` with a write-ahead log: a killed process loses nothing, and a power cut
 * may take the last transactions, but effect and position always together. The log still has those
 * events, so they are read and applied again; FULL would pay an fsync per batch to avoid that.
 */
export function openLocalDatabase(file: string): DatabaseSync {
  mkdirSync(path.dirname(file), { recursive: true });
  return configured(new DatabaseSync(file));
}

/** For tests and the embedded mode: gone with the process, which then reads from the start. */
export function openMemoryDatabase(): DatabaseSync {
  return configured(new DatabaseSync(':memory:'));
}

function configured(database: DatabaseSync): DatabaseSync {
  database.exec(`
    PRAGMA busy_timeout = ${BUSY_MS};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -${CACHE_KIB};
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = OFF;
  `);
  return database;
}
