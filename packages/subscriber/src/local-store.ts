import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { TOPICS, type AssignmentEvent, type ClientKey, type TeamId } from '@smc/domain';
import { readTraceparent, type TraceContext, type Traceparent } from '@smc/events';
import type { EncodedHeaders } from '@smc/log';
import { SubscriberFault } from './faults.ts';
import type { FollowedBatch, FollowedRecord, LogPosition } from './follower.ts';
import type { Handler } from './handler.ts';

export type AssignmentType = AssignmentEvent['type'];
export const ASSIGNMENT_TYPES: readonly AssignmentType[] = [
  'CaseAssigned',
  'ClientHandedOver',
  'CaseParked',
  'CaseReleased',
];

/** How far a client's events have been taken in, and the team they gave. */
export type ClientProgress = {
  readonly clientSequence: number;
  readonly team: TeamId | undefined;
};

/** What one batch came to. */
export type Intake = {
  readonly applied: number;
  /** Events that had been taken in before. */
  readonly duplicates: number;
  readonly gaps: readonly Gap[];
  readonly bad: readonly BadRecord[];
};

/** A client's events are numbered without gaps: a missing number is a defect upstream. */
export type Gap = LogPosition & {
  readonly clientKey: ClientKey;
  readonly expected: number;
  readonly found: number;
};

export type BadRecord = LogPosition & { readonly code: string; readonly reason: string };

/** The newest state of the clients of one or more batches, still to be acknowledged. */
export type PendingAcknowledgements = {
  readonly lastId: number;
  readonly clients: ReadonlyMap<ClientKey, PendingClient>;
};

export type PendingClient = ClientProgress & {
  readonly atMs: number;
  /** Of the event that is acknowledged. */
  readonly trace: TraceContext | undefined;
};

/** Raised when a table below changes its meaning; the handler's tables have their own version. */
const STORE_VERSION = 1;
/** Each handler version has room for this many store versions in `user_version`. */
const STORE_VERSIONS_MAX = 1_000;
/** Rows of `gap` and `bad_record` kept for inspection; beyond it they are only counted. */
const KEPT_MAX = 10_000;
/** Batches whose acknowledgements are read, and sent, at once. */
const OUTBOX_READ_MAX = 16;

const TABLES = `
  CREATE TABLE IF NOT EXISTS position (
    partition INTEGER PRIMARY KEY, next_offset INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS client (
    client_key TEXT PRIMARY KEY, sequence INTEGER NOT NULL, team TEXT) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, clients TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS gap (
    partition INTEGER NOT NULL, offset INTEGER NOT NULL, client_key TEXT NOT NULL,
    expected INTEGER NOT NULL, found INTEGER NOT NULL, PRIMARY KEY (partition, offset)) STRICT;
  CREATE TABLE IF NOT EXISTS bad_record (
    partition INTEGER NOT NULL, offset INTEGER NOT NULL, code TEXT NOT NULL,
    reason TEXT NOT NULL, PRIMARY KEY (partition, offset)) STRICT;
`;

/** One client in a line of the outbox; the trace only where the event had one. */
type OutboxEntry = readonly [
  clientKey: ClientKey,
  sequence: number,
  team: TeamId | null,
  trace?: readonly [hop: Traceparent, origin: Traceparent],
];
type Touched = {
  sequence: number;
  team: TeamId | undefined;
  /** Of the last event applied; undefined: none was. */
  headers: EncodedHeaders | undefined;
};

/**
 * The subscriber's own tables beside the handler's, in one database.
 *
 * One transaction per batch stores the handler's effect, each client's sequence and team, the
 * position of each partition, and one outbox line with the clients to acknowledge. So whatever
 * dies, the four agree: an event is either wholly taken in or not at all, and an acknowledgement
 * that was not sent is still there.
 *
 * Making one creates the tables where they are missing. Throws the fault STORE_VERSION.
 */
export class LocalStore {
  readonly #database: DatabaseSync;
  readonly #apply: (event: AssignmentEvent) => void;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: DatabaseSync, handler: Handler) {
    this.#database = database;
    checkVersion(database, handler.version);
    database.exec(TABLES);
    database.exec(handler.tables);
    this.#statements = prepareStatements(database);
    this.#apply = handler.prepare(database);
  }

  positions(): readonly LogPosition[] {
    return this.#statements.positions.all().map((row) => ({
      topic: TOPICS.assignments,
      partition: Number(row['partition']),
      offset: Number(row['next_offset']),
    }));
  }

  client(clientKey: ClientKey): ClientProgress | undefined {
    const row = this.#statements.client.get(clientKey);
    if (row === undefined) return undefined;
    return { clientSequence: Number(row['sequence']), team: teamOf(row['team']) };
  }

  /** Takes a batch in, all or nothing; what the handler throws is thrown on. */
  takeIn(batch: FollowedBatch<AssignmentType>, nowMs: number): Intake {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const intake = this.#takeInRecords(batch.records, nowMs);
      for (const { partition, offset } of batch.next) {
        this.#statements.savePosition.run(partition, offset);
      }
      this.#database.exec('COMMIT');
      return intake;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The oldest acknowledgements not yet sent, newest per client; undefined: none. */
  pending(): PendingAcknowledgements | undefined {
    const rows = this.#statements.outbox.all();
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    const clients = new Map<ClientKey, PendingClient>();
    for (const row of rows) {
      const atMs = Number(row['at_ms']);
      // Written by `takeIn` below and by nothing else.
      const entries = JSON.parse(String(row['clients'])) as OutboxEntry[];
      for (const [clientKey, clientSequence, team, hops] of entries) {
        const trace = hops && { traceparent: hops[0], originTraceparent: hops[1] };
        clients.set(clientKey, { clientSequence, team: team ?? undefined, atMs, trace });
      }
    }
    return { lastId: Number(last['id']), clients };
  }

  /** How many batches wait to be acknowledged. */
  get outboxBatches(): number {
    return Number(this.#statements.outboxSize.get()?.['size']);
  }

  /** These were sent: up to and with this line of the outbox. */
  settle(lastId: number): void {
    this.#statements.settle.run(lastId);
  }

  #takeInRecords(records: readonly FollowedRecord<AssignmentType>[], nowMs: number): Intake {
    const touched = new Map<ClientKey, Touched>();
    const gaps: Gap[] = [];
    const bad: BadRecord[] = [];
    let applied = 0;
    for (const record of records) {
      const { event, topic, partition, offset } = record;
      if (!event.ok) {
        bad.push({ topic, partition, offset, ...event.refusal });
        continue;
      }
      const { clientKey, clientSequence: found } = event.value;
      const client = this.#touch(touched, clientKey);
      if (found <= client.sequence) continue;
      const expected = client.sequence + 1;
      if (found > expected) gaps.push({ topic, partition, offset, clientKey, expected, found });
      this.#apply(event.value);
      applied++;
      client.sequence = found;
      client.team = teamAfter(event.value, client.team);
      client.headers = record.headers;
    }
    this.#save(touched, nowMs);
    this.#keep(gaps, bad);
    return { applied, duplicates: records.length - applied - bad.length, gaps, bad };
  }

  #touch(touched: Map<ClientKey, Touched>, clientKey: ClientKey): Touched {
    const known = touched.get(clientKey);
    if (known !== undefined) return known;
    const stored = this.client(clientKey);
    const fresh = { sequence: stored?.clientSequence ?? 0, team: stored?.team, headers: undefined };
    touched.set(clientKey, fresh);
    return fresh;
  }

  #save(touched: ReadonlyMap<ClientKey, Touched>, nowMs: number): void {
    const entries: OutboxEntry[] = [];
    for (const [clientKey, { sequence, team, headers }] of touched) {
      if (headers === undefined) continue;
      this.#statements.saveClient.run(clientKey, sequence, team ?? null);
      const trace = readTraceparent(headers);
      const entry = [clientKey, sequence, team ?? null] as const;
      entries.push(trace ? [...entry, [trace.traceparent, trace.originTraceparent]] : entry);
    }
    if (entries.length > 0) this.#statements.addToOutbox.run(nowMs, JSON.stringify(entries));
  }

  #keep(gaps: readonly Gap[], bad: readonly BadRecord[]): void {
    for (const { partition, offset, clientKey, expected, found } of gaps) {
      this.#statements.keepGap.run(partition, offset, clientKey, expected, found);
    }
    for (const { partition, offset, code, reason } of bad) {
      this.#statements.keepBad.run(partition, offset, code, reason);
    }
  }
}

/** The client's team once this event has happened. Parking and closing a case change no team. */
export function teamAfter(event: AssignmentEvent, before: TeamId | undefined): TeamId | undefined {
  return event.type === 'CaseAssigned' || event.type === 'ClientHandedOver' ? event.team : before;
}

function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    positions: prepare('SELECT partition, next_offset FROM position'),
    savePosition: prepare(
      `INSERT INTO position VALUES (?, ?)
       ON CONFLICT (partition) DO UPDATE SET next_offset = excluded.next_offset`,
    ),
    client: prepare('SELECT sequence, team FROM client WHERE client_key = ?'),
    saveClient: prepare(
      `INSERT INTO client VALUES (?, ?, ?)
       ON CONFLICT (client_key) DO UPDATE SET sequence = excluded.sequence, team = excluded.team`,
    ),
    addToOutbox: prepare('INSERT INTO outbox (at_ms, clients) VALUES (?, ?)'),
    outbox: prepare(`SELECT id, at_ms, clients FROM outbox ORDER BY id LIMIT ${OUTBOX_READ_MAX}`),
    outboxSize: prepare('SELECT count(*) AS size FROM outbox'),
    settle: prepare('DELETE FROM outbox WHERE id <= ?'),
    keepGap: prepare(
      `INSERT OR REPLACE INTO gap SELECT ?, ?, ?, ?, ?
       WHERE (SELECT count(*) FROM gap) < ${KEPT_MAX}`,
    ),
    keepBad: prepare(
      `INSERT OR REPLACE INTO bad_record SELECT ?, ?, ?, ?
       WHERE (SELECT count(*) FROM bad_record) < ${KEPT_MAX}`,
    ),
  };
}

function checkVersion(database: DatabaseSync, handlerVersion: number): void {
  const expected = handlerVersion * STORE_VERSIONS_MAX + STORE_VERSION;
  const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (found === 0) database.exec(`PRAGMA user_version = ${expected}`);
  else if (found !== expected) {
    throw new SubscriberFault(
      'STORE_VERSION',
      `the local store has version ${found}, this program version ${expected}: ` +
        'move the file away to build it again from the log',
    );
  }
}

function teamOf(column: SQLOutputValue | undefined): TeamId | undefined {
  // Written by `saveClient`, from an event that was checked.
  return typeof column === 'string' ? (column as TeamId) : undefined;
}
